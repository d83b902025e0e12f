"""OpenDocument texts, sheets, slides and drawings, packed or flat (ODF 1.3, ISO/IEC 26300)."""

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.moments import office_instant
from crible.extract.ooxml import Element, chunks, inflate, local, open_zip
from crible.extract.paper import paper
from crible.extract.picture_size import picture_size
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import Embedded, FileFacts, Mark, Picture
from crible.model.ledger import State
from crible.sandbox.window import Window

PREFIX = "application/vnd.oasis.opendocument."
KINDS = (
    "text", "text-template", "text-master", "text-web", "spreadsheet", "spreadsheet-template", "presentation",
    "presentation-template", "graphics", "graphics-template", "chart", "formula", "database",
)  # fmt: skip
MIMES = tuple(PREFIX + kind for kind in KINDS)
FLAT_CAP = 256 << 20
_PART_CAP = 256 << 20
_PICTURES_CAP = 64 << 20
_MOST = 200
_REPEATED = 50
"""Copies of one cell or row shown; sheets fill their rest with a million empty ones."""
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
_LENGTH = re.compile(r"([\d.]{1,12})(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_DURATION = re.compile(r"P(?:(\d{1,6})D)?T?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:\.\d+)?S)?")
_BLOCKS = frozenset({"p", "h"})
_DROPPED = frozenset(
    {"tracked-changes", "sequence-decls", "binary-data", "event-listeners", "forms", "annotation-end", "script", "desc"}
)
_KEPT = ("subject", "description", "language")


def read(window: Window) -> Reading:
    """Text of the body in its order, cells of a row parted by tabs; then headers and footers; form feeds between.

    Deleted text of tracked changes is no text. A cell repeated many times is shown once, rows likewise.
    """
    with reading("odf"):
        archive = open_zip(window)
        if _encrypted(archive):
            raise Unreadable("encrypted", State.ENCRYPTED)
        document = _Document(parse(inflate(archive, "content.xml", _PART_CAP)))
        names = set(archive.namelist())
        styles, meta = (
            parse(inflate(archive, name, _PART_CAP)) if name in names else None for name in ("styles.xml", "meta.xml")
        )
        return document.reading(window, styles, meta, embedded(archive), pictures(archive))


def read_flat(window: Window) -> Reading:
    """The same of a document in a single XML file."""
    with reading("odf"):
        root = parse(window.read(0, FLAT_CAP))
        return _Document(root).reading(window, root, root, (), ())


def parse(data: bytes) -> Element:
    """The root element; entities stay unresolved. Raises ValueError for one with a document type of its own."""
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True, **_SAFE))
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data[:65536]:
        raise ValueError("document type declaration")
    return root


def _encrypted(archive: zipfile.ZipFile) -> bool:
    """Its manifest says how the content was encrypted (part 2 §3.8)."""
    names = archive.namelist()
    if "encrypted-package" in names:
        return True
    return "META-INF/manifest.xml" in names and b"encryption-data" in inflate(archive, "META-INF/manifest.xml", 16 << 20)


def embedded(archive: zipfile.ZipFile) -> tuple[Embedded, ...]:
    """Objects with their own folder or file, and macros."""
    found: dict[str, Embedded] = {}
    for info in archive.infolist():
        first, _, rest = info.filename.partition("/")
        if first.startswith("Object ") and not rest:
            found[first] = Embedded("file", first, info.file_size)
        elif first.startswith("Object ") and rest == "content.xml":
            found[first] = Embedded("object", first, info.file_size)
        elif first in ("Basic", "Scripts") and rest.endswith((".xml", ".py", ".js", ".bsh")) and "script-l" not in rest:
            found[info.filename] = Embedded("macro", posixpath.basename(rest), info.file_size)
    return tuple(found.values())[:_MOST]


def pictures(archive: zipfile.ZipFile) -> tuple[Picture, ...]:
    """Members of `Pictures/` by hash and size; those beyond 64 MB in all are left out."""
    found: dict[bytes, Picture] = {}
    left = _PICTURES_CAP
    for info in archive.infolist():
        if not info.filename.startswith(("Pictures/", "media/")) or info.file_size > left or len(found) >= _MOST:
            continue
        try:
            data = b"".join(chunks(archive, info.filename, left))
        except (Unreadable, OSError, zipfile.BadZipFile, ValueError):
            continue
        left -= len(data)
        digest = hashlib.sha256(data).digest()
        found.setdefault(digest, Picture(digest, len(data), *picture_size(data)))
    return tuple(found.values())


class _Document:
    """Content and what is met on the way through it."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._hidden_styles = _hidden_styles(root)
        self.hidden: list[str] = []
        self.links: dict[str, None] = {}
        self.pages = 0

    def reading(
        self, window: Window, styles: Element | None, meta: Element | None, inside: tuple[Embedded, ...],
        images: tuple[Picture, ...],
    ) -> Reading:  # fmt: skip
        """The document's text and facts."""
        collector = Collector()
        body = next(self._root.iter("{*}body"), None)
        if body is None:
            raise ValueError("no body")
        for kind in body:
            for section in self._sections(kind):
                collector.add_section(section)
        if styles is not None:
            for master in styles.iter("{*}master-page"):
                collector.add_section("".join(self.prose(master)).strip("\n"))
        text = collector.text()
        links = tuple(Embedded("link", target) for target in self.links)
        facts = _facts(self, styles, meta, (*inside, *links)[:_MOST], images, self._root)
        return Reading(PREFIX, text, detect(text), file=facts, truncated=collector.left_out)

    def _sections(self, kind: Element) -> Iterator[str]:
        """Sheets and slides each for itself, a text as a whole."""
        parts = [each for each in kind if local(each) in ("table", "page")]
        if local(kind) == "text" or not parts:
            yield "".join(self.prose(kind)).strip("\n")
            return
        self.pages = len(parts)
        for number, part in enumerate(parts, 1):
            named = _attributes(part)
            title = named.get("name", "") if local(part) == "table" else ""
            if named.get("style-name") in self._hidden_styles:
                self.hidden.append(f"sheet: {title}" if local(part) == "table" else f"slide: {number}")
            yield "\n".join(filter(None, (title, "".join(self.prose(part)).strip("\n"))))

    def prose(self, root: Element) -> Iterator[str]:
        """Running text below an element: an explicit stack of iterators, so that no depth of nesting ends in an error."""
        stack = [(root, iter(root))]
        while stack:
            element, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                stack.pop()
                yield from self._closing(element)
                yield (element.tail or "") if stack and _holds_text(stack[-1][0]) else ""
                continue
            name = local(child)
            if name in _DROPPED:
                yield child.tail or "" if _holds_text(element) else ""
                continue
            yield from self._opening(name, child)
            stack.append((child, iter(child)))

    def _opening(self, name: str, element: Element) -> Iterator[str]:
        if _holds_text(element):
            yield element.text or ""
        if name == "s":
            count = _attributes(element).get("c", "1")
            yield " " * (min(int(count), 100) if count.isdecimal() else 1)
        elif name == "tab":
            yield "\t"
        elif name in ("line-break", "soft-page-break"):
            yield "\n" if name == "line-break" else ""
        elif name == "a" and len(self.links) < _MOST:
            target = _attributes(element).get("href", "")
            if target:
                self.links[clean(target)[:500]] = None

    def _closing(self, element: Element) -> Iterator[str]:
        name = local(element)
        if name in _BLOCKS:
            inside = local(element.getparent())
            yield " " if inside in ("table-cell", "annotation") and element.getnext() is not None else (
                "" if inside == "table-cell" else "\n"
            )
        elif name == "table-cell":
            value = _attributes(element)
            if not len(element) and value.get("value"):
                yield value["value"][:100]
            yield "\t" * (min(_repeated(value, "columns"), _REPEATED) if len(element) else 1)
        elif name == "table-row":
            yield "\n"
        elif name == "annotation":
            yield "\n"


def _repeated(said: dict[str, str], what: str) -> int:
    count = said.get(f"number-{what}-repeated", "1")
    return int(count[:9]) if count.isdecimal() else 1


_TEXTUAL = frozenset({"p", "h", "span", "a", "title", "ruby-base", "ruby-text", "note-citation", "creator", "meta"})


def _holds_text(element: Element) -> bool:
    """Elsewhere white space is layout of the XML (part 3 §6.1.1); fields of text (`date`, `page-number` …) hold it too."""
    name = local(element)
    return name in _TEXTUAL or (isinstance(element.tag, str) and ":text:" in element.tag and name not in _NO_TEXT)


_NO_TEXT = frozenset({"list", "list-item", "section", "note", "note-body", "table-of-content", "index-body", "index-title"})


def _hidden_styles(root: Element) -> frozenset[str]:
    """Names of the styles whose tables or slides are not shown (part 3 §20.396, §20.291)."""
    hidden = set()
    for style in root.iter("{*}style"):
        for properties in style:
            said = _attributes(properties)
            if said.get("display") == "false" or said.get("visibility") == "hidden":
                hidden.add(_attributes(style).get("name", ""))
    return frozenset(hidden - {""})


def _facts(
    document: _Document, styles: Element | None, meta: Element | None, inside: tuple[Embedded, ...],
    images: tuple[Picture, ...], content: Element,
) -> FileFacts:  # fmt: skip
    said = _meta(meta)
    moments = {
        name: instant
        for name, key in (("created", "creation-date"), ("modified", "date"), ("printed", "print-date"))
        if (instant := office_instant(said.get(key, ""))) is not None
    }
    generator = said.get("generator", "")
    pages = said.get("page-count", "")
    marks = tuple(islice(_marks(content), _MOST))
    roots = [root for root in (content, styles) if root is not None]
    defects = {"macros"} if any(each.kind == "macro" for each in inside) else set()
    return FileFacts(
        title=said.get("title", ""),
        author=said.get("initial-creator", "") or said.get("creator", ""),
        last_author=said.get("creator", ""),
        template=said.get("template", ""),
        application=generator,
        **moments,
        revision=int(said["editing-cycles"]) if said.get("editing-cycles", "").isdecimal() else None,
        minutes=_minutes(said.get("editing-duration", "")),
        locale=_locale(styles),
        fonts=_fonts(roots),
        paper=_paper(styles),
        embedded=inside,
        pictures=images,
        marks=marks,
        hidden=tuple(document.hidden[:100]),
        pages=document.pages or (int(pages) if pages.isdecimal() else None),
        instants=tuple(moments.values()),
        properties={key: said[key] for key in sorted(said) if key in _KEPT or key.startswith(("user-", "printed-by"))},
        defects=tuple(sorted(defects | ({"tracked-changes"} if any(m.kind != "comment" for m in marks) else set()))),
    )


def _meta(meta: Element | None) -> dict[str, str]:
    """Elements of the metadata (part 3 §4.3), the first of each name, and the template's name."""
    said: dict[str, str] = {}
    for root in meta.iter("{*}meta") if meta is not None else ():
        for element in root:
            name, attributes = local(element), _attributes(element)
            text = clean(element.text or "").strip()[:1000]
            if name == "template":
                text = attributes.get("title", "") or attributes.get("href", "")
            elif name == "document-statistic":
                name, text = "page-count", attributes.get("page-count", "")
            elif name == "user-defined":
                name = f"user-{attributes.get('name', '')}"[:100]
            if text:
                said.setdefault(name, clean(text)[:1000])
    return said


def _marks(content: Element) -> Iterator[Mark]:
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
            said = _attributes(properties)
            if said.get("language", "none") not in ("none", "zxx"):
                return "-".join(filter(None, (said["language"][:8], said.get("country", "").replace("none", "")[:8])))
    return ""


def _fonts(roots: list[Element]) -> tuple[str, ...]:
    names = {_attributes(face).get("font-family", "").strip("'\"")[:100] for root in roots for face in root.iter("{*}font-face")}
    return tuple(sorted(names - {""})[:100])


def _paper(styles: Element | None) -> str:
    for layout in styles.iter("{*}page-layout-properties") if styles is not None else ():
        said = _attributes(layout)
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


def _attributes(element: Element) -> dict[str, str]:
    return {key.rpartition("}")[2]: str(value) for key, value in element.items()}
