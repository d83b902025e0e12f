"""A document in a broken zip, put together again from the headers before its members, cut-off XML closed.

For files at which the ordinary reader gives up: directory gone, half of the file missing, a part cut in its middle.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from crible.model.facts import Reading
from crible.sandbox.window import Window

MEMBERS = 5000
ALL_CAP = 256 << 20
PART_CAP = 64 << 20
_LOCAL = b"PK\x03\x04"
_RATIO = 300
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[\w.-]{1,80};")
"""What a document type of its own would define: never resolved, so it is left out."""
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True, slots=True)
class Rebuilt(Window):
    """A window on bytes in memory."""

    data: bytes = b""

    def read(self, at: int = 0, size: int | None = None) -> bytes:
        """As of a window on a file."""
        return self.data[at : self.length if size is None else at + max(0, size)]

    def within(self, offset: int, length: int) -> "Rebuilt":
        """As of a window on a file."""
        data = self.data[offset : offset + length]
        return Rebuilt(-1, 0, len(data), data)

    def stream(self, buffer: int = 1 << 18) -> io.BufferedReader:
        """As of a window on a file."""
        return io.BufferedReader(io.BytesIO(self.data), buffer)


def salvaging(read: Callable[[Window], Reading]) -> Callable[[Window], Reading]:
    """The reader, on the zip that could be put together again; what it raises then is raised."""

    def again(window: Window) -> Reading:
        data = rebuilt(window)
        return read(Rebuilt(-1, 0, len(data), data))

    return again


def rebuilt(window: Window) -> bytes:
    """A stored zip of what could be inflated of each member; of two with one name the longer."""
    members: dict[str, bytes] = {}
    room = ALL_CAP
    for name, data in _members(window.read(0, ALL_CAP)):
        if len(data) > room:
            break
        if len(data) > len(members.get(name, b"")):
            room -= len(data)
            members[name] = _closed(name, data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) by each local header (APPNOTE §4.3.7); the search goes on behind what was inflated."""
    at = data.find(_LOCAL)
    spent = 0
    for _ in range(MEMBERS):
        if at < 0 or at + 30 > len(data) or spent > 4 * ALL_CAP:
            return
        flags, method = struct.unpack_from("<HH", data, at + 6)
        packed, length, extra = struct.unpack_from("<I4xHH", data, at + 18)
        name = data[at + 30 : at + 30 + length].decode("utf-8", "replace")
        start = at + 30 + length + extra
        found, end, produced = _inflated(data, start, method, packed)
        spent += produced
        if found and not flags & 1 and 0 < length < 1000 and not name.endswith("/"):
            yield name, found
        at = data.find(_LOCAL, max(end, at + 4))


def _inflated(data: bytes, start: int, method: int, packed: int) -> tuple[bytes, int, int]:
    """What a member holds, where it ends (its start, if that is not known), and the bytes that were produced."""
    if method == 0:
        end = start + packed if packed else data.find(b"PK", start)
        end = end if start <= end <= len(data) else len(data)
        return data[start:end], end, end - start
    if method != 8:
        return b"", start, 0
    engine = zlib.decompressobj(-15)
    pieces: list[bytes] = []
    produced, at = 0, start
    try:
        while at < len(data) and not engine.eof:
            piece = engine.decompress(data[at : at + 65536], PART_CAP)
            at += 65536
            produced += len(piece)
            pieces.append(piece)
            if produced > PART_CAP or (produced > 16 << 20 and produced > _RATIO * (at - start)):
                return b"", start, produced
    except zlib.error:
        pass  # the bytes before the damage are good
    end = min(at, len(data)) - len(engine.unused_data)
    return b"".join(pieces), end if engine.eof else start, produced


def _closed(name: str, data: bytes) -> bytes:
    """XML that breaks off, or declares a document type, as far as it can be made sense of."""
    if not name.lower().endswith((".xml", ".rels")):
        return data
    if b"<!DOCTYPE" in data[:4096]:
        data = _ENTITY.sub(b"", data)
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, **_SAFE))
    except (etree.XMLSyntaxError, ValueError):
        return data
    return data if root is None else etree.tostring(root, encoding="utf-8", xml_declaration=True)
