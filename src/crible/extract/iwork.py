"""Pages, Numbers and Keynote: the XML of 2009 and before, the archives of Protocol Buffers since 2013.

Apple publishes neither; the later one as found out by Sean Patrick O'Brien (iWorkFileFormat): chunks compressed by
Snappy, messages by type number, the text of a storage in field 3 of message 2001, strings of tables in message 6005.
"""

import gzip
import zipfile
from collections.abc import Iterator

from lxml import etree

from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.odf import parse
from crible.extract.ooxml import inflate, natural, open_zip
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.ledger import State
from crible.sandbox.window import Window

PREFIX = "application/vnd.apple."
MIMES = tuple(PREFIX + name for name in ("pages", "numbers", "keynote", "iwork"))
_PART_CAP = 64 << 20
_STORAGES, _TABLES = frozenset({2001, 2005}), 6005
_MESSAGES = 500_000
_OLD = ("index.xml", "index.xml.gz", "index.apxl", "index.apxl.gz")


def kind(window: Window) -> str:
    """The media type of a zip that may be one of these; empty if it is none, or its directory is broken."""
    try:
        with open_zip(window) as archive:
            return kind_of(set(archive.namelist()))
    except (OSError, ValueError, zipfile.BadZipFile, Unreadable, NotImplementedError):
        return ""


def kind_of(names: set[str]) -> str:
    """The media type of a zip with those members, as far as they tell; empty if it is none of these."""
    if "Index/Document.iwa" in names or "Index.zip" in names:
        if any(name.startswith("Index/Slide") for name in names):
            return PREFIX + "keynote"
        return PREFIX + ("numbers" if "Index/CalculationEngine.iwa" in names and _sheets(names) else "pages")
    if {"index.apxl", "index.apxl.gz"} & names:
        return PREFIX + "keynote"
    if {"index.xml", "index.xml.gz"} & names and any("buildVersionHistory.plist" in name for name in names):
        return PREFIX + "iwork"
    return ""


def _sheets(names: set[str]) -> bool:
    return not any(name.startswith(("Index/ThemeStylesheet", "Index/AnnotationAuthorStorage")) for name in names)


def read(window: Window) -> Reading:
    """All texts of the document, in the order stored; no facts but the count of what could not be read."""
    with reading("iwork"):
        archive = open_zip(window)
        names = archive.namelist()
        old = next((name for name in _OLD if name in names), "")
        if ".iwpv2" in names or ".iwph" in names or (old and archive.getinfo(old).compress_type not in (0, 8)):
            raise Unreadable("encrypted", State.ENCRYPTED)  # before 2013 a password shows as a method of its own
        collector = Collector()
        if old:
            for text in _old_texts(_unpacked(archive, old)):
                collector.add(text + "\n")
        else:
            for name in sorted((each for each in names if each.endswith(".iwa")), key=natural):
                for text in _texts(inflate(archive, name, _PART_CAP)) if not collector.left_out else ():
                    collector.add(text + "\n")
        text = collector.text()
        if not old and not any(name.endswith(".iwa") for name in names):
            raise ValueError("no index")
        return Reading(PREFIX, text, detect(text), file=FileFacts(), truncated=collector.left_out)


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    data = inflate(archive, name, _PART_CAP)
    if not data.startswith(b"\x1f\x8b"):
        return data
    with gzip.GzipFile(fileobj=archive.open(name)) as stream:
        return stream.read(_PART_CAP)


def _old_texts(data: bytes) -> Iterator[str]:
    """Paragraphs (`sf:p`) and the strings of cells (`sfa:s` of `sf:ct`, `sfa:string`)."""
    root: etree._Element = parse(data)
    for element in root.iter("{*}p", "{*}ct"):
        said = {key.rpartition("}")[2]: str(value) for key, value in element.items()}
        if text := "".join(element.itertext()).strip() or said.get("s", ""):
            yield clean(text)


def _texts(data: bytes) -> Iterator[str]:
    stream = b"".join(_chunks(data))
    at = 0
    for _ in range(_MESSAGES):
        if at >= len(stream):
            return
        size, at = _varint(stream, at)
        infos = [dict(_fields(info)) for number, info in _fields(stream[at : at + size]) if number == 2]
        at += size
        for info in infos:
            kind, length = info.get(1, 0), info.get(3, 0)
            if not isinstance(kind, int) or not isinstance(length, int):
                return
            body = stream[at : at + length]
            at += length
            if kind in _STORAGES:
                yield from (_string(value) for number, value in _fields(body) if number == 3)
            elif kind == _TABLES:
                for number, entry in _fields(body):
                    if number == 3:
                        yield from (_string(value) for key, value in _fields(entry) if key == 3)


def _string(value: int | bytes) -> str:
    if isinstance(value, int):
        return ""
    return clean(value.decode("utf-8", "replace")).replace("\u2029", "\n").strip("\ufffc")


def _fields(data: int | bytes) -> Iterator[tuple[int, int | bytes]]:
    """(number, value) of each field of a message; stops quietly where it is none."""
    at = 0
    while isinstance(data, bytes) and at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        value: int | bytes
        if kind == 0:
            value, at = _varint(data, at)
        elif kind == 2:
            size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
            value, at = data[at : at + size], at + size
        else:
            return
        yield key >> 3, value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
    return value, at


def _chunks(data: bytes) -> Iterator[bytes]:
    """Each chunk: a zero byte, a length in three, then Snappy without its framing."""
    at, produced = 0, 0
    while at + 4 <= len(data):
        size = int.from_bytes(data[at + 1 : at + 4], "little")
        chunk = unsnap(data[at + 4 : at + 4 + size])
        produced += len(chunk)
        if produced > _PART_CAP:
            raise Unreadable("budget", which="part", limit=_PART_CAP)
        yield chunk
        at += 4 + size


def unsnap(data: bytes) -> bytes:
    """Undo Snappy's block format. Raises ValueError where a copy reaches before the beginning."""
    size, at = _varint(data, 0)
    out = bytearray()
    while at < len(data) and len(out) <= min(size, _PART_CAP):
        mark = data[at]
        at += 1
        if mark & 3 == 0:
            length = mark >> 2
            if length >= 60:
                width = length - 59
                length = int.from_bytes(data[at : at + width], "little")
                at += width
            out += data[at : at + length + 1]
            at += length + 1
            continue
        if mark & 3 == 1:
            length, offset, width = (mark >> 2 & 7) + 4, mark >> 5 << 8, 1
        else:
            length, offset, width = (mark >> 2) + 1, 0, 2 if mark & 3 == 2 else 4
        offset += int.from_bytes(data[at : at + width], "little")
        at += width
        if not 0 < offset <= len(out):
            raise ValueError("copy from nowhere")
        start = len(out) - offset
        while length > 0:
            piece = out[start : start + min(length, offset)]
            out += piece
            length -= len(piece)
    return bytes(out[:size])
