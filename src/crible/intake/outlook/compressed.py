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
    window = bytearray(_PREFIX.ljust(_SIZE, b"\0"))
    at, write, out = 0, len(_PREFIX), bytearray()
    end = len(body)
    while at < end and len(out) < LONGEST:
        control = body[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if not control >> bit & 1:
                piece = body[at : at + 1]
                at += 1
            else:
                if at + 1 >= end:
                    return bytes(out)
                offset, length = body[at] << 4 | body[at + 1] >> 4, (body[at + 1] & 15) + 2
                at += 2
                if offset == write:  # the end mark (§2.2.2.5)
                    return bytes(out)
                piece = _copied(window, offset, length, write)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _SIZE
            out += piece
    return bytes(out)


def _copied(window: bytearray, offset: int, length: int, write: int) -> bytes:
    """A reference; one that reaches what it writes itself repeats it."""
    distance = (write - offset) % _SIZE or _SIZE
    return bytes(window[(offset + n % distance) % _SIZE] for n in range(length))
