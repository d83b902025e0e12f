"""What an OpenDocument file says of itself: metadata, tracked changes and comments, language, fonts, paper."""

import re
from collections.abc import Iterator
from itertools import islice

from crible.extract.capped import clean
from crible.extract.moments import office_instant
from crible.extract.ooxml import Element, local
from crible.extract.paper import paper
from crible.model.files import Embedded, FileFacts, Mark, Picture

_MOST = 200
_LENGTH = re.compile(r"([\d.]{1,12})(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_DURATION = re.compile(r"P(?:(\d{1,6})D)?T?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:\.\d+)?S)?")
_KEPT = ("subject", "description", "language")


def file_facts(
    content: Element,
    styles: Element | None,
    meta: Element | None,
    inside: tuple[Embedded, ...],
    images: tuple[Picture, ...],
    pages: int,
    hidden: tuple[str, ...],
) -> FileFacts:
    """The facts of one document; `content`, `styles` and `meta` are roots of its parts, `pages` 0 where it has none."""
    said = _meta(meta)
    moments = {
        name: instant
        for name, key in (("created", "creation-date"), ("modified", "date"), ("printed", "print-date"))
        if (instant := office_instant(said.get(key, ""))) is not None
    }
    generator = said.get("generator", "")
    counted = said.get("page-count", "")
    changes = tuple(islice(marks(content), _MOST))
    roots = [root for root in (content, styles) if root is not None]
    defects = {"macros"} if any(each.kind == "macro" for each in inside) else set()
    return FileFacts(
        title=said.get("title", ""),
        author=said.get("initial-creator", "") or said.get("creator", ""),
        last_author=said.get("creator", ""),
        template=said.get("template", ""),
        application=generator,
        created=moments.get("created"),
        modified=moments.get("modified"),
        printed=moments.get("printed"),
        revision=int(said["editing-cycles"]) if said.get("editing-cycles", "").isdecimal() else None,
        minutes=_minutes(said.get("editing-duration", "")),
        locale=_locale(styles),
        fonts=_fonts(roots),
        paper=_paper(styles),
        embedded=inside,
        pictures=images,
        marks=changes,
        hidden=hidden,
        pages=pages or (int(counted) if counted.isdecimal() else None),
        instants=tuple(moments.values()),
        properties={key: said[key] for key in sorted(said) if key in _KEPT or key.startswith(("user-", "printed-by"))},
        defects=tuple(sorted(defects | ({"tracked-changes"} if any(m.kind != "comment" for m in changes) else set()))),
    )


def _meta(meta: Element | None) -> dict[str, str]:
    """Elements of the metadata (part 3 §4.3), the first of each name, and the template's name."""
    said: dict[str, str] = {}
    for root in meta.iter("{*}meta") if meta is not None else ():
        for element in root:
            name, given = local(element), attributes(element)
            text = clean(element.text or "").strip()[:1000]
            if name == "template":
                text = given.get("title", "") or given.get("href", "")
            elif name == "document-statistic":
                name, text = "page-count", given.get("page-count", "")
            elif name == "user-defined":
                name = f"user-{given.get('name', '')}"[:100]
            if text:
                said.setdefault(name, clean(text)[:1000])
    return said


def marks(content: Element) -> Iterator[Mark]:
    """Tracked changes (part 3 §5.5), then comments."""
    kinds = {"insertion": "insertion", "deletion": "deletion", "format-change": "format"}
    for region in content.iter("{*}changed-region"):
        for change in region:
            if local(change) in kinds:
                words = "".join(t for p in change.iter("{*}p", "{*}h") for t in p.itertext())
                yield _mark(kinds[local(change)], change, words)
    for note in content.iter("{*}annotation"):
        yield _mark("comment", note, "".join(t for p in note.iter("{*}p") for t in p.itertext()))


def _mark(kind: str, element: Element, text: str) -> Mark:
    said = {local(each): (each.text or "").strip() for each in element.iter("{*}creator", "{*}date")}
    return Mark(kind, clean(said.get("creator", ""))[:200], office_instant(said.get("date", "")), clean(text)[:200])


def _locale(styles: Element | None) -> str:
    """Language of the default style, `fr-FR`."""
    for style in styles.iter("{*}default-style") if styles is not None else ():
        for properties in style.iter("{*}text-properties"):
            said = attributes(properties)
            if said.get("language", "none") not in ("none", "zxx"):
                return "-".join(filter(None, (said["language"][:8], said.get("country", "").replace("none", "")[:8])))
    return ""


def _fonts(roots: list[Element]) -> tuple[str, ...]:
    names = {
        attributes(face).get("font-family", "").strip("'\"")[:100]
        for root in roots
        for face in root.iter("{*}font-face")
    }
    return tuple(sorted(names - {""})[:100])


def _paper(styles: Element | None) -> str:
    for layout in styles.iter("{*}page-layout-properties") if styles is not None else ():
        said = attributes(layout)
        width, height = (_LENGTH.fullmatch(said.get(key, "")) for key in ("page-width", "page-height"))
        if width and height:
            try:
                return paper(*(float(each[1]) * _MILLIMETRES[each[2]] for each in (width, height)))
            except ValueError:
                return ""
    return ""


def _minutes(raw: str) -> int | None:
    match = _DURATION.fullmatch(raw)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, _ = (int(each or 0) for each in match.groups())
    return days * 1440 + hours * 60 + minutes


def attributes(element: Element) -> dict[str, str]:
    """Attributes by their local names."""
    return {key.rpartition("}")[2]: str(value) for key, value in element.items()}
