"""Hexadecimal strings of a PDF (ISO 32000-2 §7.3.4.3), read at once.

A signature's value is one of tens of thousands of digits. pyHanko reads it byte by byte, 4 ms for each time it meets
the signature, which was a sixth of an examination.
"""

import binascii
from typing import BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PDF_WHITESPACE

PIECE = 1 << 8
_by_byte = generic.read_hex_string_from_stream


def read(stream: BinaryIO) -> generic.ByteStringObject | generic.TextStringObject:
    """What pyHanko's own function answers, and raises; what is not plainly a string is left to it."""
    start = stream.tell()
    data, end, size = bytearray(), -1, PIECE
    while end < 0 and (piece := stream.read(size)):
        end = piece.find(b">")
        end += len(data) if end >= 0 else 0
        data += piece
        size *= 2
    digits = bytes(data[1:end]).translate(None, PDF_WHITESPACE)
    if end < 1 or digits.translate(None, generic.HEX_DIGITS):
        stream.seek(start)
        return _by_byte(stream)
    stream.seek(start + end + 1)
    return generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))


def install() -> None:
    """Have pyHanko use it."""
    generic.read_hex_string_from_stream = read
