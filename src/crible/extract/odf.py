"""OpenDocument texts, sheets, slides and drawings, packed or flat (ODF 1.3, ISO/IEC 26300)."""

import hashlib
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.odf_facts import attributes, file_facts, marks
from crible.extract.ooxml import Element, chunks, inflate, local, open_zip
from crible.extract.picture_size import picture_size
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import Embedded, Picture
from crible.model.ledger import State
from crible.sandbox.window import Window

PREFIX = "application/vnd.oasis.opendocument."
KINDS = (
    "text", "text-template", "text-master", "text-web", "spreadsheet", "spreadsheet-template", "presentation",
    "presentation-template", "graphics", "graphics-template", "chart", "formula", "database",
)  # fmt: skip
FLAT = PREFIX + "text-flat-xml"
"""Of any kind: a flat sheet is read by the same reader."""
MIMES = tuple(PREFIX + kind for kind in KINDS)
FLAT_CAP = 256 << 20
_PART_CAP = 256 << 20
_PICTURES_CAP = 64 << 20
_MOST = 200
_REPEATED = 50
"""Copies of one cell or row shown; sheets fill their rest with a million empty ones."""
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
_BLOCKS = frozenset({"p", "h"})
_DROPPED = frozenset({
    "tracked-changes", "sequence-decls", "binary-data", "event-listeners", "forms", "annotation", "annotation-end",
    "script", "desc",
})  # fmt: skip


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
        return document.reading(styles, meta, embedded(archive), pictures(archive))


def read_flat(window: Window) -> Reading:
    """The same of a document in a single XML file."""
    with reading("odf"):
        root = parse(window.read(0, FLAT_CAP))
        return _Document(root).reading(root, root, (), ())


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
    return "META-INF/manifest.xml" in names and b"encryption-data" in inflate(
        archive, "META-INF/manifest.xml", 16 << 20
    )


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
        left -= info.file_size
        try:
            data = b"".join(chunks(archive, info.filename, info.file_size))
        except (Unreadable, OSError, zipfile.BadZipFile, ValueError):
            continue
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
        self, styles: Element | None, meta: Element | None, inside: tuple[Embedded, ...],
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
        notes = (f"{mark.author}: {mark.text}" for mark in marks(self._root) if mark.kind == "comment")
        collector.add_section("\n".join(notes))
        if styles is not None:
            for master in styles.iter("{*}master-page"):
                collector.add_section("".join(self.prose(master)).strip("\n"))
        text = collector.text()
        links = tuple(Embedded("link", target) for target in self.links)
        facts = file_facts(
            self._root, styles, meta, (*inside, *links)[:_MOST], images, self.pages, tuple(self.hidden[:100])
        )
        return Reading(PREFIX, text, detect(text), file=facts, truncated=collector.left_out)

    def _sections(self, kind: Element) -> Iterator[str]:
        """Sheets and slides each for itself, a text as a whole."""
        parts = [each for each in kind if local(each) in ("table", "page")]
        if local(kind) == "text" or not parts:
            yield "".join(self.prose(kind)).strip("\n")
            return
        self.pages = len(parts)
        for number, part in enumerate(parts, 1):
            named = attributes(part)
            title = named.get("name", "") if local(part) == "table" else ""
            if named.get("style-name") in self._hidden_styles:
                self.hidden.append(f"sheet: {title}" if local(part) == "table" else f"slide: {number}")
            yield "\n".join(filter(None, (title, "".join(self.prose(part)).strip("\n"))))

    def prose(self, root: Element) -> Iterator[str]:
        """Running text below an element; an explicit stack of iterators, so that no depth of nesting is too deep."""
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
            count = attributes(element).get("c", "1")
            yield " " * (min(int(count), 100) if count.isdecimal() else 1)
        elif name == "tab":
            yield "\t"
        elif name in ("line-break", "soft-page-break"):
            yield "\n" if name == "line-break" else ""
        elif name == "a" and len(self.links) < _MOST:
            target = attributes(element).get("href", "")
            if target:
                self.links[clean(target)[:500]] = None

    def _closing(self, element: Element) -> Iterator[str]:
        name = local(element)
        if name in _BLOCKS:
            inside = local(element.getparent())
            yield (
                " "
                if inside == "table-cell" and element.getnext() is not None
                else ("" if inside == "table-cell" else "\n")
            )
        elif name == "table-cell":
            value = attributes(element)
            if not len(element) and value.get("value"):
                yield value["value"][:100]
            yield "\t" * (min(_repeated(value, "columns"), _REPEATED) if len(element) else 1)
        elif name == "table-row":
            yield "\n"


def _repeated(said: dict[str, str], what: str) -> int:
    count = said.get(f"number-{what}-repeated", "1")
    return int(count[:9]) if count.isdecimal() else 1


_TEXTUAL = frozenset({"p", "h", "span", "a", "title", "ruby-base", "ruby-text", "note-citation", "creator", "meta"})


def _holds_text(element: Element) -> bool:
    """Elsewhere white space is layout of the XML (part 3 §6.1.1); fields (`date`, `page-number` …) hold text too."""
    name = local(element)
    return name in _TEXTUAL or (isinstance(element.tag, str) and ":text:" in element.tag and name not in _NO_TEXT)


_NO_TEXT = frozenset(
    {"list", "list-item", "section", "note", "note-body", "table-of-content", "index-body", "index-title"}
)


def _hidden_styles(root: Element) -> frozenset[str]:
    """Names of the styles whose tables or slides are not shown (part 3 §20.396, §20.291)."""
    hidden = set()
    for style in root.iter("{*}style"):
        for properties in style:
            said = attributes(properties)
            if said.get("display") == "false" or said.get("visibility") == "hidden":
                hidden.add(attributes(style).get("name", ""))
    return frozenset(hidden - {""})
