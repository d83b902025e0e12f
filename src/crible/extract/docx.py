"""Word documents (WordprocessingML, ECMA-376 part 1 §17)."""

from collections import Counter

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.ooxml import DOCX, Element, Package, local, prose
from crible.model.facts import Reading
from crible.sandbox.window import Window

_BESIDE = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml", "chart+xml", "diagramData+xml")
_COUNTED = {"ins": "insertions", "del": "deletions"}


def read(window: Window) -> Reading:
    """Body, then headers, footers, notes, comments, charts and diagrams, parted by form feeds.

    Inserted text under revision counts as text, deleted text does not; both are counted in the properties.
    """
    with reading("docx"):
        package = Package(window)
        collector = Collector()
        changes: Counter[str] = Counter()
        body = package.xml(package.main)
        _take(body, collector, changes)
        for part in package.named(*_BESIDE):
            root = package.optional(part)
            if root is not None:
                _take(root, collector, changes)
        text = collector.text()
        counts = {key: str(count) for key, count in changes.items()}
        facts = file_facts(package, None, counts, ("tracked-changes",) if counts else (), body)
        return Reading(DOCX, text, detect(text), file=facts, truncated=collector.left_out)


def _take(root: Element, collector: Collector, changes: Counter[str]) -> None:
    changes.update(_COUNTED[local(change)] for change in root.iter("{*}ins", "{*}del"))
    collector.add_section(prose(root))
