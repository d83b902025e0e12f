"""Presentations (PresentationML, ECMA-376 part 1 §19)."""

from collections.abc import Iterator
from itertools import islice

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.office_parts import MOST, comment_authors, slide_comments
from crible.extract.ooxml import PPTX, Element, Package, natural, prose, relation_id
from crible.extract.paper import paper
from crible.model.facts import Reading
from crible.model.files import Mark
from crible.sandbox.window import Window

_SLIDE_CAP = 20_000
_FONTS = 100
_BESIDE = ("notesSlide+xml", "comments+xml", "chart+xml", "diagramData+xml")


def read(window: Window) -> Reading:
    """Slides in the order of the presentation, then notes, comments, charts and diagrams, parted by form feeds."""
    with reading("pptx"):
        package = Package(window)
        collector = Collector()
        slides = _slides(package)
        hidden: list[str] = []
        fonts: set[str] = set()
        for number, part in enumerate(slides[:_SLIDE_CAP], 1):
            root = package.optional(part)
            if root is not None:
                if root.get("show") in {"0", "false"}:
                    hidden.append(f"slide: {number}")
                if len(fonts) < _FONTS:
                    fonts |= {each.get("typeface", "")[:100] for each in root.iter("{*}latin")}
                collector.add_section(prose(root))
        for part in package.named("slideMaster+xml"):
            root = package.optional(part)
            if root is not None:
                collector.add_section("\n".join(_own_words(root)))
        authors = comment_authors(package)
        marks: list[Mark] = []
        for part in package.named(*_BESIDE):
            root = package.optional(part)
            if root is not None:
                words = [each.text or "" for each in root.iter("{*}text")]  # of comments; elsewhere text is in `t`
                collector.add_section("\n".join([prose(root), *words]).strip("\n"))
                marks += islice(slide_comments(root, authors), MOST - len(marks))
        text = collector.text()
        facts = file_facts(
            package,
            len(slides),
            {"hidden-slides": str(len(hidden))} if hidden else {},
            (),
            locale=_locale(package),
            marks=tuple(marks),
            hidden=tuple(hidden[:100]),
            paper=_paper(package),
            fonts=tuple(sorted(name for name in fonts if name and not name.startswith("+"))[:_FONTS]),
        )
        return Reading(PPTX, text, detect(text), file=facts, truncated=collector.left_out)


def _locale(package: Package) -> str:
    """Language of the default text style (§19.2.1.8), which is that of the program that began the presentation."""
    styles = package.xml(package.main).iter("{*}defRPr")
    return next((str(lang)[:20] for style in styles if (lang := style.get("lang"))), "")


def _own_words(master: Element) -> Iterator[str]:
    """Texts that a master shows on every slide: of its shapes that are no placeholders (§19.3.1.36)."""
    for shape in master.iter("{*}sp"):
        if next(shape.iter("{*}ph"), None) is None and (text := prose(shape).strip()):
            yield text


def _paper(package: Package) -> str:
    """Size of a slide (§19.2.1.39), in 36,000ths of a millimetre."""
    for size in package.xml(package.main).iter("{*}sldSz"):
        width, height = size.get("cx", ""), size.get("cy", "")
        if width.isdecimal() and height.isdecimal():
            return paper(int(width[:9]) / 36000, int(height[:9]) / 36000)
    return ""


def _slides(package: Package) -> list[str]:
    """Slide parts as `sldIdLst` orders them, then those it does not list."""
    relations = package.relations(package.main)
    ids = [relation_id(element) for element in package.xml(package.main).iter("{*}sldId")]
    listed = list(dict.fromkeys(relations[key][1] for key in ids if key in relations))
    others = sorted(set(package.named("presentationml.slide+xml")) - set(listed), key=natural)
    return listed + others
