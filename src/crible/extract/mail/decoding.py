"""A part's bytes: transfer encoding undone as far as it goes (RFC 2045 §6), in pieces of bounded size."""

import binascii
import re
from collections.abc import Iterator

from crible.extract.mail.quoting import unquote
from crible.model.facts import Part

IDENTITY = frozenset({"", "7bit", "8bit", "binary"})
BAD_BASE64 = "base64-broken"
UNKNOWN = "encoding-unknown"
EIGHT_IN_SEVEN = "eight-bit-in-seven"

_CHUNK = 1 << 20
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_NOT_BLANK = re.compile(rb"[^\s=]")


def payload(data: bytes, part: Part, how: str = "") -> tuple[bytes, str]:
    """The decoded body of a part and the defect met, empty if none. `how`: the mail's reading of From-quoting."""
    if part.encoding == "base64":
        pieces = list(base64_pieces(data, part.body_start, part.body_end))
        return b"".join(pieces), base64_defect(data, part.body_start, part.body_end)
    body = unquote(data[part.body_start : part.body_end], how)
    if part.encoding == "quoted-printable":
        return quoted_printable(body), ""
    if part.encoding not in IDENTITY:
        return body, UNKNOWN
    return body, EIGHT_IN_SEVEN if part.encoding in ("", "7bit") and not body.isascii() else ""


def quoted_printable(body: bytes) -> bytes:
    """Quoted-printable undone (RFC 2045 §6.7).

    Blanks between `=` and the line end are dropped, as its rule 3 asks and binascii does not: relaxed canonicalization
    lets anybody put them there, which would cut figures in two under a signature that holds.
    """
    if b"= " in body or b"=\t" in body:
        body = b"\n".join(map(_joined, body.split(b"\n")))
    return binascii.a2b_qp(body)


def _joined(line: bytes) -> bytes:
    bare = line.rstrip(b" \t\r")
    return bare if bare.endswith(b"=") else line


def base64_pieces(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """The decoded bytes of a base64 span, a megabyte of span at a time.

    Foreign characters are stepped over and decoding stops at the first padding (RFC 2045 §6.8), as the standard
    library does; a lone last digit, which holds no whole byte, is dropped.
    """
    carry = b""
    for at in range(start, end, _CHUNK):
        digits = carry + data[at : min(at + _CHUNK, end)].translate(None, _NOT_BASE64)
        stop = digits.find(b"=")
        if stop >= 0:
            carry = digits[:stop]
            break
        whole = len(digits) & ~3
        if whole:
            yield binascii.a2b_base64(digits[:whole])
        carry = digits[whole:]
    carry = carry[: len(carry) - (len(carry) % 4 == 1)]
    if carry:
        yield binascii.a2b_base64(carry + b"=" * (-len(carry) % 4))


def base64_defect(data: bytes, start: int, end: int) -> str:
    """`BAD_BASE64` where the span holds foreign characters, more after its padding, or a number of digits cut short."""
    body = data[start:end]
    digits = body.translate(None, _NOT_BASE64)
    stop = digits.find(b"=")
    count = len(digits) if stop < 0 else stop
    trailing = stop >= 0 and _NOT_BLANK.search(digits, stop) is not None
    foreign = len(body.translate(None, b" \t\r\n")) != len(digits)
    padded = -count % 4 == (0 if stop < 0 else min(len(digits) - stop, 3))
    return BAD_BASE64 if foreign or trailing or not padded else ""
