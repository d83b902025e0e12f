"""Records and strings of the binary workbook format, versions 2 to 8.

Version 8: [MS-XLS] §2.1.4; before it: OpenOffice.org's documentation of the Excel file format, by D. Rentz.
"""

import struct
from collections.abc import Collection, Iterator
from typing import NamedTuple

from crible.extract.text import decode

CONTINUE = 0x3C
RECORDS = 20_000_000
"""Records of one stream looked at."""


class Record(NamedTuple):
    """One record, with the bodies of its CONTINUE records apart: a string may be split between them."""

    kind: int
    at: int
    """Offset of its header in the stream."""
    body: bytes
    more: tuple[bytes, ...] = ()


_UNWANTED = Record(-1, 0, b"")


def records(data: bytes, wanted: Collection[int]) -> Iterator[Record]:
    """All records of the kinds that are wanted; ends where one is cut off.

    Half of a workbook's records say how it looks: those are stepped over without a copy of their bodies.
    """
    at, end = 0, len(data)
    unpack, new = struct.Struct("<HH").unpack_from, tuple.__new__
    pending: Record | None = None
    more: list[bytes] = []
    for _ in range(RECORDS):
        if at + 4 > end:
            break
        kind, size = unpack(data, at)
        after = at + 4 + size
        if after > end:
            break
        if kind == CONTINUE:
            if pending is not _UNWANTED:
                more.append(data[at + 4 : after])
        else:
            if pending is not None:
                if pending is not _UNWANTED:
                    yield pending._replace(more=tuple(more)) if more else pending
                more = []
            # `Record(…)` fills in its default by a function in Python: a twentieth of reading a workbook.
            pending = new(Record, (kind, at, data[at + 4 : after], ())) if kind in wanted else _UNWANTED
        at = after
    if pending is not None and pending is not _UNWANTED:
        yield pending._replace(more=tuple(more)) if more else pending


class Strings:
    """Reads counted strings that run over from a record into those that continue it ([MS-XLS] §2.5.293)."""

    def __init__(self, pieces: tuple[bytes, ...], at: int = 0) -> None:
        self._pieces, self._number, self._at = pieces, 0, at

    @property
    def more(self) -> bool:
        """Whether any byte is left."""
        return self._number < len(self._pieces) - 1 or self._at < len(self._pieces[-1])

    def skip(self, size: int) -> None:
        """Step over bytes, over the end of a piece too."""
        while size > 0 and self.more:
            room = len(self._pieces[self._number]) - self._at
            if size < room or self._number == len(self._pieces) - 1:
                self._at += size
                return
            size -= room
            self._number, self._at = self._number + 1, 0

    def take(self, size: int) -> bytes:
        """Bytes of a header, which is rarely split but may be. Raises ValueError where they are not there."""
        if self._at >= len(self._pieces[self._number]) and self._number < len(self._pieces) - 1:
            self._number, self._at = self._number + 1, 0
        raw = self._pieces[self._number][self._at : self._at + size]
        self._at += len(raw)
        if len(raw) < size:
            if self._number == len(self._pieces) - 1:
                raise ValueError("string cut off")
            return raw + self.take(size - len(raw))
        return raw

    def string(self) -> str:
        """A string with its count of characters, flags, and the formatting behind it stepped over."""
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extended = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        text = self._characters(count, flags & 1)
        self.skip(4 * runs + extended)
        return text

    def _characters(self, count: int, wide: int) -> str:
        found = []
        while count > 0:
            piece = self._pieces[self._number]
            width = 2 if wide else 1
            room = min(count, (len(piece) - self._at) // width)
            raw = piece[self._at : self._at + room * width]
            found.append(raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1"))
            self._at += len(raw)
            count -= room
            if count:
                if self._number == len(self._pieces) - 1:
                    break
                self._number += 1
                if not self._pieces[self._number]:
                    break
                wide, self._at = self._pieces[self._number][0] & 1, 1  # the width is said anew
        return "".join(found)


def unicode_string(body: bytes, at: int, width: int = 2) -> str:
    """A string of BIFF8 within one record: count (1 or 2 bytes), flags, characters; short where they are cut off."""
    count = int.from_bytes(body[at : at + width], "little")
    at += width
    flags = body[at] if at < len(body) else 0
    at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
    if flags & 1:
        raw = body[at : at + 2 * count]
        return raw[: len(raw) & ~1].decode("utf-16-le", "replace")
    return body[at : at + count].decode("latin-1")


def byte_string(body: bytes, at: int, width: int, codec: str) -> str:
    """A string before BIFF8: count, then bytes in the workbook's code page."""
    count = int.from_bytes(body[at : at + width], "little")
    return decode(body[at + width : at + width + count], codec)


def rk(raw: int) -> float:
    """A number in its short form (§2.5.122): 30 bits of an integer or of a double, perhaps hundredths."""
    value = (
        float((raw ^ 0x80000000) - 0x80000000 >> 2)
        if raw & 2
        else struct.unpack("<d", struct.pack("<Q", (raw & ~3) << 32))[0]
    )
    return value / 100 if raw & 1 else value


ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
"""Error values of cells (§2.5.10)."""
