"""Drawings of Visio 2013 and later (.vsdx, [MS-VSDX])."""

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.ooxml import VSDX, Element, Package, local
from crible.model.facts import Reading
from crible.sandbox.window import Window

_PAGES = 10_000


def read(window: Window) -> Reading:
    """Texts of the shapes, page by page, parted by form feeds; then comments."""
    with reading("vsdx"):
        package = Package(window)
        collector = Collector()
        pages = package.named("visio.page+xml")
        for part in pages[:_PAGES]:
            root = package.optional(part)
            if root is not None:
                collector.add_section("\n".join(filter(None, map(_words, root.iter("{*}Text")))))
        for part in package.named("visio.comments+xml"):
            root = package.optional(part)
            if root is not None:
                collector.add_section("\n".join(filter(None, map(_words, root.iter("{*}CommentEntry")))))
        if pages and len(package.unread) >= len(pages) and not collector.text():
            raise ValueError("no page can be read")
        text = collector.text()
        facts = file_facts(package, len(pages), {}, ())
        return Reading(VSDX, text, detect(text), file=facts, truncated=collector.left_out)


def _words(element: Element) -> str:
    """Text of a shape, its fields (`fld`) with the value shown."""
    pieces = [element.text or ""]
    for each in element:
        if local(each) == "fld":
            pieces.append(each.text or "")
        pieces.append(each.tail or "")
    return "".join(pieces).strip()
