"""Header text: unfolded, and its encoded words decoded (RFC 2047), the broken ones as far as they go."""

import binascii
import re

from crible.extract import charset

CAP = 1 << 16
"""Bytes of one header field that are decoded."""

_WORD = re.compile(r"=\?([^?\s]++)\?([bBqQ])\?([^?]*+)(?:\?=|$)")
_BLANKS = " \t\r\n"
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def text(raw: bytes) -> str:
    """A field's value as a reader sees it: one line, encoded words decoded, blanks stripped.

    Raw 8-bit bytes are read as UTF-8 (RFC 6532), else as windows-1252. Beyond 64 kB the value is cut.
    """
    return words(unfold(raw))


def unfold(raw: bytes) -> str:
    """A field's value on one line (RFC 5322 §2.2.3), encoded words left alone."""
    raw = raw[:CAP].replace(b"\r", b"").replace(b"\n", b"")
    if raw.isascii():  # nearly all: 20,000 fields of a mailbox in half the time
        return raw.decode("ascii").replace("\0", "").strip(_BLANKS)
    return charset.decode(raw, "utf-8")[0].strip(_BLANKS)


def words(line: str) -> str:
    """`line` with its encoded words decoded; blanks between two of them go.

    Neighbours in the same character set are joined as bytes first: many programs cut inside a character, which
    RFC 2047 §5 forbids.
    """
    if "=?" not in line:
        return line
    shown: list[str] = []
    at, pending, label = 0, b"", ""
    for word in _WORD.finditer(line):
        between = line[at : word.start()]
        bare = word[1].partition("*")[0].lower()
        if pending and (between.strip(_BLANKS) or bare != label):
            shown.append(charset.decode(pending, label)[0])
            pending = b""
        if between.strip(_BLANKS) or not at:
            shown.append(between)
        pending += _bytes(word[2], word[3])
        label, at = bare, word.end()
    shown.append(charset.decode(pending, label)[0] if at else "")
    return "".join([*shown, line[at:]]).replace("\n", " ").replace("\r", "")


def _bytes(kind: str, encoded: str) -> bytes:
    raw = encoded.encode("utf-8")
    if kind in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    digits = _NOT_BASE64.sub(b"", raw)
    digits = digits[: len(digits) - (len(digits) % 4 == 1)]
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
