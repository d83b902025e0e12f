"""Word documents (WordprocessingML, ECMA-376 part 1 §17)."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.office_parts import MOST, changes
from crible.extract.ooxml import DOCX, Element, Package, local, prose
from crible.extract.paper import paper
from crible.model.facts import Reading
from crible.model.files import Mark
from crible.sandbox.window import Window

_BESIDE = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml", "chart+xml", "diagramData+xml")
_COUNTED = {"ins": "insertions", "del": "deletions"}
_HIDDEN = 100


def read(window: Window) -> Reading:
    """Body, then headers, footers, notes, comments, charts and diagrams, parted by form feeds.

    Inserted text under revision counts as text, deleted text does not; both are counted in the properties.
    """
    with reading("docx"):
        package = Package(window)
        collector = Collector()
        counted: Counter[str] = Counter()
        marks: list[Mark] = []
        body = package.xml(package.main)
        _take(body, collector, counted, marks)
        for part in package.named(*_BESIDE):
            root = package.optional(part)
            if root is not None:
                _take(root, collector, counted, marks)
        text = collector.text()
        counts = {key: str(count) for key, count in counted.items()}
        facts = file_facts(
            package,
            None,
            counts,
            ("tracked-changes",) if counts else (),
            body,
            marks=tuple(marks),
            hidden=tuple(islice(_hidden(body), _HIDDEN)),
            paper=_paper(body),
            fonts=_fonts(package),
        )
        return Reading(DOCX, text, detect(text), file=facts, truncated=collector.left_out)


def _take(root: Element, collector: Collector, counted: Counter[str], marks: list[Mark]) -> None:
    counted.update(_COUNTED[local(change)] for change in root.iter("{*}ins", "{*}del"))
    marks += islice(changes(root), MOST - len(marks))
    collector.add_section(prose(root))


def _hidden(body: Element) -> Iterator[str]:
    """Runs that Word does not show (§17.3.2.41), by their first words."""
    for element in body.iter("{*}vanish"):
        run = element.getparent().getparent()
        words = "".join(each.text or "" for each in run.iter("{*}t")).strip() if local(run) == "r" else ""
        if words and _value(element, "val") not in {"0", "false", "off"}:
            yield f"text: {words[:200]}"


def _paper(body: Element) -> str:
    """Of the first section (§17.6.13), in twentieths of a point."""
    for size in body.iter("{*}pgSz"):
        width, height = _value(size, "w"), _value(size, "h")
        if width.isdecimal() and height.isdecimal():
            return paper(int(width[:7]) / 1440 * 25.4, int(height[:7]) / 1440 * 25.4)
    return ""


def _fonts(package: Package) -> tuple[str, ...]:
    """Names of the font table (§17.8.2)."""
    for part in package.named("wordprocessingml.fontTable+xml"):
        root = package.optional(part)
        if root is not None:
            names = {_value(font, "name")[:100] for font in root.iter("{*}font")}
            return tuple(sorted(names - {""})[:100])
    return ()


def _value(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")
