"""Where a Word document of before 2007 keeps its things: the file information block and the piece table.

Word 97 to 2003: [MS-DOC] §2.5 and §2.8.35. Word 6 and 95: the same idea at other offsets and with tables in the main
stream, by Microsoft's "Word 97 Binary File Format" and its predecessor for Word 6.
"""

import struct
from dataclasses import dataclass

from crible.extract.compound import Compound
from crible.extract.locales import code_page
from crible.extract.property_set import codec
from crible.extract.text import decode
from crible.model.errors import Unreadable
from crible.model.ledger import State

PIECES = 500_000
TEXT_CAP = 16_000_000
_WORD97 = 0xC1
_COMPLEX, _ENCRYPTED, _TABLE1, _WIDE = 0x0004, 0x0100, 0x0200, 0x1000
_MACINTOSH = 256
_CHARSETS = {
    128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251,
    222: 874, 238: 1250,
}  # fmt: skip
"""Windows' numbers of character sets of fonts, other than Western, and their code pages."""
FONTS, SAVED_BY, REVISERS, COMMENTERS, DOP = 15, 71, 51, 36, 31
"""Numbers of (offset, length) pairs in FibRgFcLcb97 (§2.5.6)."""
SECTIONS = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "text boxes", "header text boxes")
"""In the order in which their text follows one another (§2.3)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters that lie together in the file."""

    characters: int
    offset: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Fib:
    """The file information block."""

    data: bytes
    """The WordDocument stream."""
    table: bytes
    """The table stream; the same as `data` before Word 97."""
    modern: bool
    """Word 97 or later."""
    lid: int
    """Language of the program that made it."""
    codec: str
    """Of 8-bit text."""
    counts: tuple[int, ...]
    """Characters of each of SECTIONS."""
    pieces: tuple[Piece, ...]

    def span(self, number: int) -> bytes:
        """Bytes that a pair of FibRgFcLcb97 points to, empty if none; Word 97 and later only."""
        at = 0x9A + 8 * number
        if not self.modern or at + 8 > len(self.data):
            return b""
        start, size = struct.unpack_from("<II", self.data, at)
        return self.table[start : start + size] if size <= len(self.table) else b""


def read(compound: Compound) -> Fib:
    """The block and the pieces. Raises Unreadable `encrypted`, ValueError or KeyError where there is none to follow."""
    return of(compound.read("worddocument"), compound)


def of(data: bytes, compound: Compound | None) -> Fib:
    """The same of a main stream at hand; Word 2 and earlier have nothing but that (`compound` is None)."""
    if len(data) < 0x68:
        raise ValueError("file information block")
    version, lid, flags = struct.unpack_from("<H2xH2xH", data, 2)
    if flags & _ENCRYPTED:
        raise Unreadable("encrypted", State.ENCRYPTED)
    modern = version >= _WORD97 and compound is not None
    table = data
    if modern and compound is not None:
        names = ("1table", "0table") if flags & _TABLE1 else ("0table", "1table")
        table = next((found for name in names if (found := compound.optional(name, 512 << 20))), b"")
    name = "cp1252" if modern else _eight_bit(data, lid)
    counts = struct.unpack_from("<8i", data, 0x4C if modern else 0x34)
    wide = bool(flags & _WIDE) and not modern and compound is not None
    pieces = _table_pieces(data, table, modern, wide) or _one_piece(data, wide, modern)
    return Fib(data, table, modern, lid, name, tuple(max(0, count) for count in counts), pieces)


def _eight_bit(data: bytes, lid: int) -> str:
    """The codec of text before Word 97: Macintosh by the block's own word, else by language, else by the fonts used."""
    if struct.unpack_from("<H", data, 0x14)[0] == _MACINTOSH:
        return "mac-roman"
    page = code_page(lid)
    if page != 1252:
        return codec(page)
    return codec(next((_CHARSETS[each] for each in _font_charsets(data) if each in _CHARSETS), page))


def _font_charsets(data: bytes) -> list[int]:
    """Character sets of the font table of Word 6: records of a length byte, a family byte, a weight, the set."""
    start, size = struct.unpack_from("<II", data, 0xD0) if len(data) >= 0xD8 else (0, 0)
    raw, at, found = data[start : start + min(size, 1 << 16)], 2, []
    while at + 5 < len(raw):
        found.append(raw[at + 4])
        at += 1 + raw[at]
    return found


def _table_pieces(data: bytes, table: bytes, modern: bool, wide: bool) -> tuple[Piece, ...]:
    """Pieces of the Clx (§2.9.38): formatting runs to step over, then the piece table."""
    at = 0x1A2 if modern else 0x160
    if at + 8 > len(data):
        return ()
    start, size = struct.unpack_from("<II", data, at)
    clx = table[start : start + size]
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return ()
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    at += 5
    count = min((size - 4) // 12, PIECES)
    if count < 1:
        return ()
    places = struct.unpack_from(f"<{count + 1}I", clx, at)
    found = []
    for number in range(count):
        fc = struct.unpack_from("<I", clx, at + 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(fc & 0x40000000)
        offset = (fc & 0x3FFFFFFF) // 2 if modern and narrow else fc & 0x3FFFFFFF
        found.append(Piece(max(0, places[number + 1] - places[number]), offset, not narrow if modern else wide))
    return tuple(found)


def _one_piece(data: bytes, wide: bool, modern: bool) -> tuple[Piece, ...]:
    """A document that was never saved fast lies in one piece, between two offsets of the block."""
    start, end = struct.unpack_from("<II", data, 0x18)
    if not 0x20 <= start < end <= len(data):
        raise ValueError("piece table")
    if modern:  # no piece table: text is there as Word for Windows would have written it, one byte or two
        wide = data[start : start + 200 : 2].count(0) * 10 < data[start + 1 : start + 200 : 2].count(0)
    return (Piece((end - start) // (2 if wide else 1), start, wide),)


def text(fib: Fib, start: int, count: int) -> str:
    """Characters `start` to `start + count` of the document, as stored, special ones included.

    At most 16 million: pieces may lie on top of one another, so that a small file could claim any number.
    """
    count = min(count, TEXT_CAP)
    found: list[str] = []
    at = 0
    for piece in fib.pieces:
        if at >= start + count:
            break
        first, last = max(start - at, 0), min(start + count - at, piece.characters)
        at += piece.characters
        if first >= last:
            continue
        width = 2 if piece.wide else 1
        raw = fib.data[piece.offset + first * width : piece.offset + last * width]
        if piece.wide:
            found.append(raw[: len(raw) & ~1].decode("utf-16-le", "replace"))
        else:
            found.append(decode(raw, fib.codec))
    return "".join(found)


def strings(raw: bytes, most: int = 5000) -> list[str]:
    """Strings of an extended string table (STTB, §2.2.4), their extra data dropped."""
    if len(raw) < 6 or raw[:2] != b"\xff\xff":
        return []
    count, extra = struct.unpack_from("<HH", raw, 2)
    at, found = 6, []
    for _ in range(min(count, most)):
        if at + 2 > len(raw):
            break
        size = 2 * struct.unpack_from("<H", raw, at)[0]
        found.append(raw[at + 2 : at + 2 + size].decode("utf-16-le", "replace"))
        at += 2 + size + extra
    return found
