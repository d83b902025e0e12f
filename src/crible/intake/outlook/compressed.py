"""Compressed RTF ([MS-OXRTFCP]): a dictionary of 4,096 bytes, pre-filled with the commonest RTF."""

import struct

from crible.model.errors import Unreadable

COMPRESSED, STORED = 0x75465A4C, 0x414C454D
LONGEST = 64 << 20
"""Bytes of RTF produced; each byte read gives at most 17/2."""
_SIZE = 4096
_PREFIX = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompress(data: bytes) -> bytes:
    """The RTF of PidTagRtfCompressed (§2.1.3).

    The CRC is not asked: Outlook shows what it does not fit, and a cut stream is worth what it still says.
    Raises Unreadable `corrupt` where the header is none.
    """
    if len(data) < 16:
        raise Unreadable("corrupt", reader="rtf", detail="header")
    size, raw, kind, _ = struct.unpack_from("<4I", data)
    body = data[16 : min(size + 4, len(data))] if size > 12 else data[16:]
    if kind == STORED:
        return body[: min(raw, LONGEST)]
    if kind != COMPRESSED:
        raise Unreadable("corrupt", reader="rtf", detail="kind")
    return _expanded(body)


def _expanded(body: bytes) -> bytes:
    """Copies reach back 4,096 bytes at most, so the output itself, after the prefix, serves as the dictionary."""
    out = bytearray(_PREFIX)
    at, end, most = 0, len(body), LONGEST + len(_PREFIX)
    while at < end and len(out) < most:
        control = body[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                pair = body[at : at + 2]
                at += 2
                offset, write = int.from_bytes(pair, "big") >> 4, len(out) % _SIZE
                if len(pair) < 2 or offset == write:  # the end mark (§2.2.2.5)
                    return bytes(out[len(_PREFIX) :])
                _copy(out, (write - offset) % _SIZE, (pair[1] & 15) + 2)
            else:
                out += body[at : at + 1]
                at += 1
    return bytes(out[len(_PREFIX) :])


def _copy(out: bytearray, distance: int, length: int) -> None:
    """A reference; one that reaches what it writes itself repeats it, one before the prefix reads zeros."""
    start = len(out) - distance
    if start < 0:
        zeros = min(-start, length)
        out += bytes(zeros)
        length, start = length - zeros, 0
    piece = out[start : start + length]
    out += (piece * (length // max(len(piece), 1) + 1))[:length]
