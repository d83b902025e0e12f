"""The structures of a zip file: end of central directory, central directory, local headers (APPNOTE 6.3.10, §4.3).

Ours instead of zipfile's, which reads the whole directory into memory (4 GB of it in a hostile file) before it says
anything, and which gives up on a damaged one.
"""

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import Struct, unpack_from

from crible.model.errors import Unreadable
from crible.model.instant import Clock, Instant
from crible.sandbox.window import Window

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_LOCAL = Struct("<4s5H3I2H")
_CENTRAL = Struct("<4s6H3I5H2I")
_END = Struct("<4s4H2IH")
_END64 = Struct("<4sQ2H2I4Q")
_LOCATOR = Struct("<4sIQI")
_FULL32 = 0xFFFFFFFF
COMMENT = 0xFFFF


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the directory, as it stands."""

    raw_name: bytes
    system: int
    """Upper byte of "version made by": 0 FAT, 3 Unix, 10 NTFS."""
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int
    """Of the local header, from the start of the window."""
    stamp: tuple[int, int]
    """DOS date and time."""
    extra: bytes

    @property
    def unicode_name(self) -> bytes:
        """UTF-8 name of Info-ZIP's extra field 0x7075 (APPNOTE 4.6.9), empty unless it is about this very name."""
        block = _extra(self.extra).get(0x7075, b"") if self.extra else b""
        fits = len(block) > 5 and block[0] == 1 and int.from_bytes(block[1:5], "little") == zlib.crc32(self.raw_name)
        return block[5:] if fits else b""

    @property
    def instants(self) -> tuple[Instant, ...]:
        """UTC from the extended timestamp (0x5455) and the wall clock of the DOS fields: both, as they may differ."""
        return (*_unix_instant(_extra(self.extra).get(0x5455, b"")), *_dos_instant(*self.stamp))

    @property
    def mode(self) -> int:
        """Unix file type bits, 0 where the maker was no Unix."""
        return stat.S_IFMT(self.attributes >> 16) if self.system == 3 else 0


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the central directory lies."""

    start: int
    end: int
    shift: int
    """Bytes before the archive's own start (self-extracting files): to be added to every offset in it."""
    count: int
    """Entries it claims, modulo 65,536 where that is all there is."""


def find_directory(window: Window) -> Directory:
    """The directory that the last end record points to. Raises Unreadable `corrupt` where there is none that fits."""
    base = max(0, window.length - _END.size - COMMENT)
    tail = window.read(base)
    at = tail.rfind(END)
    while at >= 0:
        if at + _END.size <= len(tail):
            found = _directory(window, tail[at : at + _END.size], base + at)
            if found:
                return found
        at = tail.rfind(END, 0, at)
    raise corrupt("no central directory")


def _directory(window: Window, record: bytes, at: int) -> Directory | None:
    *_, count, size, offset, _comment = _END.unpack(record)
    end = at
    wide = _wide_end(window, at)
    if wide:
        end, count, size, offset = wide
    shift = end - size - offset
    if shift < 0 or (size and window.read(offset + shift, 4) != CENTRAL):
        return None
    return Directory(end - size, end, shift, count)


def _wide_end(window: Window, at: int) -> tuple[int, int, int, int] | None:
    """Offset of the Zip64 end record, and its count, size and offset, if a locator stands before the end record."""
    locator = window.read(at - _LOCATOR.size, _LOCATOR.size) if at >= _LOCATOR.size else b""
    if not locator.startswith(b"PK\6\7") or len(locator) < _LOCATOR.size:
        return None
    stated = _LOCATOR.unpack(locator)[2]
    for start in (stated, at - _LOCATOR.size - _END64.size):
        record = window.read(start, _END64.size) if 0 <= start < at else b""
        if record.startswith(b"PK\6\6") and len(record) == _END64.size:
            *_, count, size, offset = _END64.unpack(record)
            return start, count, size, offset
    return None


def members(window: Window, directory: Directory) -> Iterator[Member]:
    """The directory's lines in order. Raises Unreadable `corrupt` where one makes no sense."""
    stream = window.within(directory.start, directory.end - directory.start).stream()
    while header := stream.read(_CENTRAL.size):
        if len(header) < _CENTRAL.size or not header.startswith(CENTRAL):
            if header.startswith((b"PK\5\5", b"PK\6\6")):  # digital signature; Zip64 end record
                return
            raise corrupt("central directory")
        fields = _CENTRAL.unpack(header)
        name, extra, comment = fields[10:13]
        rest = stream.read(name + extra + comment)
        if len(rest) < name + extra + comment:
            raise corrupt("central directory")
        yield _member(fields, rest[:name], rest[name : name + extra], directory.shift)


def _member(fields: tuple[int, ...], name: bytes, extra: bytes, shift: int) -> Member:
    _, made, _, flags, method, time, date, crc, packed, size = fields[:10]
    attributes, offset = fields[15:17]
    size, packed, offset = _widened(extra, size, packed, offset)
    return Member(name, made >> 8, flags, method, crc, packed, size, attributes, offset + shift, (date, time), extra)


def local_header(window: Window, at: int) -> tuple[Member, int]:
    """A local header and the offset of the data behind it. Raises Unreadable `corrupt` or `truncated`."""
    header = window.read(at, _LOCAL.size)
    if not header.startswith(LOCAL):
        raise corrupt("local header")
    if len(header) < _LOCAL.size:
        raise Unreadable("truncated")
    _, _, flags, method, time, date, crc, packed, size, name_size, extra_size = _LOCAL.unpack(header)
    rest = window.read(at + _LOCAL.size, name_size + extra_size)
    name, extra = rest[:name_size], rest[name_size:]
    size, packed = _widened(extra, size, packed)
    found = Member(name, 0, flags, method, crc, packed, size, 0, at, (date, time), extra)
    return found, at + _LOCAL.size + name_size + extra_size


def corrupt(detail: str) -> Unreadable:
    """The reason for a zip file that contradicts itself."""
    return Unreadable("corrupt", reader="zip", detail=detail)


def extra_block(extra: bytes, kind: int) -> bytes:
    """One block of an extra field (APPNOTE §4.5); empty where there is none."""
    return _extra(extra).get(kind, b"")


def _extra(data: bytes) -> dict[int, bytes]:
    blocks: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(data):
        tag, size = unpack_from("<2H", data, at)
        blocks.setdefault(tag, data[at + 4 : at + 4 + size])
        at += 4 + size
    return blocks


def _widened(extra: bytes, *values: int) -> list[int]:
    """Values with those that stand in the Zip64 extra field instead (APPNOTE 4.5.3), in its order."""
    if _FULL32 not in values:
        return list(values)
    block = _extra(extra).get(1, b"")
    wide = iter(unpack_from(f"<{len(block) // 8}Q", block))
    return [next(wide, value) if value == _FULL32 else value for value in values]


def _unix_instant(block: bytes) -> Iterator[Instant]:
    if len(block) >= 5 and block[0] & 1:
        seconds = int.from_bytes(block[1:5], "little", signed=True)
        yield Instant(seconds, 0, Clock.ZIP, str(seconds))


def _dos_instant(date: int, time: int) -> Iterator[Instant]:
    year, month, day = 1980 + (date >> 9), date >> 5 & 15, date & 31
    try:
        wall = datetime(year, month, day, time >> 11, time >> 5 & 63, 2 * (time & 31), tzinfo=UTC)
    except ValueError:  # many tools leave zeros
        return
    yield Instant(wall.timestamp(), None, Clock.ZIP, wall.replace(tzinfo=None).isoformat(" "))
