"""Presentations (PresentationML, ECMA-376 part 1 §19)."""

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.ooxml import PPTX, Package, natural, prose, relation_id
from crible.model.facts import Reading
from crible.sandbox.window import Window

_SLIDE_CAP = 20_000
_BESIDE = ("notesSlide+xml", "comments+xml", "chart+xml", "diagramData+xml")


def read(window: Window) -> Reading:
    """Slides in the order of the presentation, then notes, comments, charts and diagrams, parted by form feeds."""
    with reading("pptx"):
        package = Package(window)
        collector = Collector()
        slides = _slides(package)
        hidden = 0
        for part in slides[:_SLIDE_CAP]:
            root = package.optional(part)
            if root is not None:
                hidden += root.get("show") in {"0", "false"}
                collector.add_section(prose(root))
        for part in package.named(*_BESIDE):
            root = package.optional(part)
            if root is not None:
                collector.add_section(prose(root))
        text = collector.text()
        facts = file_facts(package, len(slides), {"hidden-slides": str(hidden)} if hidden else {}, ())
        return Reading(PPTX, text, detect(text), file=facts, truncated=collector.left_out)


def _slides(package: Package) -> list[str]:
    """Slide parts as `sldIdLst` orders them, then those it does not list."""
    relations = package.relations(package.main)
    ids = [relation_id(element) for element in package.xml(package.main).iter("{*}sldId")]
    listed = list(dict.fromkeys(relations[key][1] for key in ids if key in relations))
    others = sorted(set(package.named("presentationml.slide+xml")) - set(listed), key=natural)
    return listed + others
