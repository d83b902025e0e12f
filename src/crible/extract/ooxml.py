"""What docx, xlsx and pptx share: the package (ECMA-376 part 2), its parts as XML, and running text.

Read with zipfile and lxml, never unpacked: each part is inflated under a cap, and a part with a document type
declaration is refused, so that no entity and no network address is ever resolved.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from crible.model.errors import Unreadable
from crible.model.ledger import State
from crible.sandbox.window import Window

PART_CAP = 64 << 20
"""Bytes of one part held whole: 63 MB of short paragraphs take 0.9 GB and 4 s."""
STREAM_CAP = 1 << 29
"""Bytes of one part read as a stream (sheets)."""
RATIO = 300
"""Produced over stored bytes beyond which a part over 16 MB is a bomb; met in real files: 73 (XML), 170 (pictures)."""
DIRECTORY_CAP = 4 << 20
_AT_ONCE = 8 << 20
_SMALL = 1 << 20
_HELD = 4 << 20
"""Bytes of a member that is inflated at once, and of all those kept."""
_CHUNK = 1 << 20
_RATIO_FROM = 16 << 20

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
VSDX = "application/vnd.ms-visio.drawing.main+xml"
_MAIN = (
    (
        re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macro[^\"']*main"),
        DOCX,
    ),
    (
        re.compile(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template|addin)\.macro[^\"']*main"),
        XLSX,
    ),
    (
        re.compile(
            rb"presentationml\.(?:presentation|template|slideshow)\.main"
            rb"|ms-powerpoint\.(?:presentation|template|slideshow|addin)\.macro[^\"']*main"
        ),
        PPTX,
    ),
    (
        re.compile(rb"ms-excel\.sheet\.binary\.macroEnabled\.main"),
        "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ),
    (re.compile(rb"visio\.(?:drawing|stencil|template)"), VSDX),
    (re.compile(rb"ms-package\.xps|oxps"), "application/oxps"),
)
_FOLDERS = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX), (b"visio/", VSDX))
_TYPES = "[Content_Types].xml"
_MIMETYPE = re.compile(r"application/[\w.+-]{1,100}")

Element = Any  # lxml has no types of its own


def zip_type(window: Window) -> str:
    """The media type of a zip: by the main part's content type (OOXML), by the `mimetype` member (ODF, EPUB)."""
    try:
        with open_zip(window) as archive:
            names = set(archive.namelist())
            if _TYPES in names:
                types = inflate(archive, _TYPES, 1 << 20)
                return next((mime for pattern, mime in _MAIN if pattern.search(types)), "application/zip")
            if "mimetype" in names:
                declared = inflate(archive, "mimetype", 256).decode("ascii", "replace").strip()
                return declared if _MIMETYPE.fullmatch(declared) else "application/zip"
            return "application/java-archive" if "META-INF/MANIFEST.MF" in names else "application/zip"
    except Exception:  # noqa: BLE001 its directory is gone: the names in the members' own headers must do
        head = window.read(0, 1 << 16)
        return next(
            (mime for folder, mime in _FOLDERS if folder in head and _TYPES.encode() in head), "application/zip"
        )


def open_zip(window: Window) -> zipfile.ZipFile:
    """The archive, after a look at its directory's size: zipfile would build objects for any number of entries."""
    tail = window.read(max(0, window.length - 65557))
    at = tail.rfind(b"PK\x05\x06")
    size = struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 16 else 0
    if DIRECTORY_CAP < size <= window.length:
        raise Unreadable("budget", which="part", limit=DIRECTORY_CAP)
    return Archive(window)


class Archive(zipfile.ZipFile):
    """A zip over a window, whose small members are inflated at once and kept: half of them are asked for twice.

    zipfile's own way, a file object for each member, took a third of the time of reading a document.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window.stream())
        self._window = window
        self._held: dict[str, bytes] = {}
        self._room = _HELD

    def at_once(self, info: zipfile.ZipInfo) -> bytes | None:
        """A small member's bytes; None where it is large, compressed otherwise, encrypted, or not as declared."""
        held = self._held.get(info.filename)
        if held is None and max(info.file_size, info.compress_size) <= _SMALL and info.compress_type in (0, 8):
            held = self._inflated(info)
            if held is not None and len(held) <= self._room:
                self._room -= len(held)
                self._held[info.filename] = held
        return held

    def _inflated(self, info: zipfile.ZipInfo) -> bytes | None:
        head = self._window.read(info.header_offset, 30)
        if len(head) < 30 or not head.startswith(b"PK\3\4") or info.flag_bits & 1:
            return None
        at = info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        raw = self._window.read(at, info.compress_size)
        try:
            data = zlib.decompressobj(-15).decompress(raw, info.file_size + 1) if info.compress_type else raw
        except zlib.error:
            return None
        return data if len(data) == info.file_size and zlib.crc32(data) == info.CRC else None


def chunks(archive: zipfile.ZipFile, name: str, cap: int) -> Iterator[bytes]:
    """A member's bytes, inflated a megabyte at a time; Unreadable over `cap` bytes or as a bomb."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Unreadable("encrypted", State.ENCRYPTED)
    produced = 0
    with archive.open(info) as member:
        while piece := member.read(_CHUNK):
            produced += len(piece)
            if produced > cap or (produced > _RATIO_FROM and produced > RATIO * max(info.compress_size, 1)):
                raise Unreadable("budget", which="part", limit=cap)
            yield piece


def inflate(archive: zipfile.ZipFile, name: str, cap: int = PART_CAP) -> bytes:
    """A member's bytes at once, under the same caps."""
    if isinstance(archive, Archive):
        info = archive.getinfo(name)
        data = archive.at_once(info) if info.file_size <= cap else None
        if data is not None:
            return data
    return b"".join(chunks(archive, name, cap))


class Package:
    """An open OOXML package: parts by content type and by relationship."""

    def __init__(self, window: Window) -> None:
        self.archive = open_zip(window)
        self._names = {name.lower(): name for name in self.archive.namelist()}
        self._kinds = self._content_types()
        self._named: dict[str, list[str]] = {}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.unread: list[str] = []
        """Names of secondary parts that could not be read; the document is read without them."""

    def _content_types(self) -> dict[str, str]:
        """Content type of each member, by its own entry or by its extension's (§7.2.3)."""
        own, by_extension = {}, {}
        for element in parse(inflate(self.archive, self.member(_TYPES))):
            if local(element) == "Override":
                own[unquote(element.get("PartName", "")).lstrip("/").lower()] = element.get("ContentType", "")
            elif local(element) == "Default":
                by_extension[element.get("Extension", "").lower()] = element.get("ContentType", "")
        return {
            name: own.get(lower) or by_extension.get(lower.rpartition(".")[2], "")
            for lower, name in self._names.items()
        }

    def named(self, *endings: str) -> list[str]:
        """Members whose content type ends so (`.header+xml`), kind by kind, each in the natural order of its names."""
        for ending in endings:
            if ending not in self._named:
                found = (each for each, kind in self._kinds.items() if kind.endswith(ending))
                self._named[ending] = sorted(found, key=natural)
        return [name for ending in endings for name in self._named[ending]]

    @property
    def main(self) -> str:
        """The part that the package names as its document. Raises KeyError if there is none."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target.lower() in self._names:
                return target
        return next(iter(self.named(".main+xml")), "main document part")

    def below(self, folder: str) -> list[str]:
        """Members in a folder of that name, at any depth (`embeddings/`)."""
        return sorted(name for name in self._names.values() if f"/{folder}" in name and not name.endswith("/"))

    @property
    def embedded(self) -> list[str]:
        """Members that are files of their own: embedded ones, and those that Word is to splice in (`afchunk.mht`)."""
        return [name for name in self._names.values() if is_embedded(name)]

    @property
    def macros(self) -> list[str]:
        """VBA projects and macro sheets of Excel 4; they are never opened."""
        return sorted(
            name for lower, name in self._names.items() if lower.endswith("/vbaproject.bin") or "/macrosheets/" in lower
        )

    def xml(self, part: str) -> Element:
        """The root element of a part."""
        return parse(inflate(self.archive, self.member(part)))

    def optional(self, part: str) -> Element | None:
        """The same, or None, with a note in `unread`, where the part is broken."""
        try:
            return self.xml(part)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 one broken footer must not cost the whole text
            self.unread.append(part)
            return None

    def small(self, part: str, cap: int = 1 << 20) -> bytes:
        """A member's bytes; none where it is missing, over `cap` or broken."""
        try:
            if self.archive.getinfo(part).file_size > cap:
                return b""
            return inflate(self.archive, part, cap)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 what lies beside the text never costs the text
            return b""

    def each(self, part: str, *names: str, cap: int = STREAM_CAP) -> Iterator[Element]:
        """Elements of those local names; a part over 8 MB is never held whole, each element is freed after use."""
        tags = [f"{{*}}{name}" for name in names]
        if self.archive.getinfo(self.member(part)).file_size <= _AT_ONCE:
            yield from parse(inflate(self.archive, self.member(part), _AT_ONCE)).iter(*tags)
            return
        parser = etree.XMLPullParser(events=("end",), tag=tags, remove_comments=True, remove_pis=True, **_SAFE)
        head = b""
        for piece in chunks(self.archive, self.member(part), cap):
            if len(head) < 4096:
                head += piece[:4096]
                _refuse_doctype(head)
            parser.feed(piece)
            for _, element in parser.read_events():
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        parser.close()

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id to (last word of its type, target part) for a part; external targets are left out."""
        if part not in self._relations:
            self._relations[part] = dict(self._related(part))
        return self._relations[part]

    def _related(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        folder, base = posixpath.split(part)
        name = f"{folder}/_rels/{base}.rels".lstrip("/")
        if name.lower() not in self._names:
            return
        for element in self.xml(name):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(element.get("Target", ""))))
                yield element.get("Id", ""), (element.get("Type", "").rpartition("/")[2], target.lstrip("/"))

    def member(self, part: str) -> str:
        """The name as stored of a part named in any case. Raises KeyError if there is none."""
        return self._names[part.lower()]


_FOLDERS_OF_PACKAGES = (
    *("_rels/", "docprops/", "word/", "xl/", "ppt/", "visio/", "customxml/", "customui/", "_xmlsignatures/", "theme/"),
    *("docmetadata/", "media/", "package/"),
)
_DOCUMENTS = (
    *(".pdf", ".doc", ".docx", ".docm", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ppt", ".pptx", ".odt", ".ods", ".odp"),
    *(".rtf", ".txt", ".csv", ".eml", ".msg", ".mbox", ".pst", ".zip", ".7z", ".rar", ".tar", ".gz"),
)


def is_embedded(name: str) -> bool:
    """Whether a member of a package is a file of its own.

    So is a document that lies anywhere in it, and whatever lies outside its folders: no program shows these, and who
    packs a file into another one by hand must not keep it from being read.
    """
    lower = name.lower()
    if lower.endswith(("/", ".rels")):
        return False
    if "/embeddings/" in lower or "/afchunk" in lower or lower.endswith(_DOCUMENTS):
        return True
    return not lower.endswith(".xml") and not lower.startswith(_FOLDERS_OF_PACKAGES)


_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def parse(data: bytes) -> Element:
    """The root element of an XML part; refuses a document type declaration (ECMA-376 part 2 §8.2.3)."""
    _refuse_doctype(data[:4096])
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True, **_SAFE))
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("document type declaration")
    return root


def _refuse_doctype(head: bytes) -> None:
    if b"<!DOCTYPE" in head.replace(b"\0", b""):  # UTF-16 too
        raise ValueError("document type declaration")


def local(element: Element | None) -> str:
    """The local name of an element; empty for none, comments and the like."""
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def relation_id(element: Element) -> str:
    """The `r:id` of an element, whichever namespace (transitional or strict) the prefix stands for."""
    return next((str(value) for key, value in element.items() if key.endswith("}id")), "")


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts slide10 after slide9."""
    return tuple((int(digits or -1), word) for word, digits in re.findall(r"(\D*)(\d{0,9})", name))


_BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tr": "\n", "si": "\n", "comment": "\n", "noBreakHyphen": "-"}
_WALK = tuple(f"{{*}}{tag}" for tag in ("t", "v", "tab", *_BREAKS))


def prose(root: Element) -> str:
    """The running text below an element in document order: one line a paragraph, cells of a table row by tabs.

    Takes the text elements of Word (inserted text too, deleted text not), DrawingML, charts and comments alike. Of a
    pair of alternatives only the first is read: the fallback repeats it for older programs (part 3 §7.5).
    """
    for fallback in list(root.iter("{*}Fallback")):
        fallback.clear(keep_tail=True)
    pieces: list[str] = []
    for element in root.iter(*_WALK):
        name = local(element)
        if name in {"t", "v"}:
            pieces.append(element.text or "")
            if name == "v":
                pieces.append(" ")
        elif name == "tab":
            if local(element.getparent()) == "r":  # elsewhere a tab stop, which is no text
                pieces.append("\t")
        elif name == "p" and (cell := _opened_cell(element)) is not None:
            pieces.append("\t" if _follows_cell(cell) else "")
        else:
            pieces.append(_BREAKS[name])
    return "".join(pieces).strip("\n")


def _opened_cell(paragraph: Element) -> Element | None:
    """The table cell that this paragraph is the first of, if it is."""
    if local(paragraph.getprevious()) not in _CELL_START:
        return None
    parent = paragraph.getparent()
    if local(parent) == "txBody":
        parent = parent.getparent()
    return parent if local(parent) == "tc" else None


def _follows_cell(cell: Element) -> bool:
    """Whether another cell stands before it in its row; either may be wrapped in a content control (§17.5.2.32)."""
    before = cell.getprevious()
    if before is None and local(cell.getparent()) == "sdtContent":
        before = cell.getparent().getparent().getprevious()
    return local(before) in {"tc", "sdt"}


_CELL_START = {"", "tcPr", "bodyPr", "lstStyle"}
