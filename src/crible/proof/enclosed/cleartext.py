"""Texts signed in the clear, between two lines of dashes (RFC 9580 §7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"
MOST = 10

_BLOCK = re.compile(rb"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n", re.MULTILINE)
_SIGNATURE = re.compile(rb"^-----BEGIN PGP SIGNATURE-----[ \t]*\r?\n", re.MULTILINE)
_END = re.compile(rb"^-----END PGP SIGNATURE-----", re.MULTILINE)
_HEADERS = re.compile(rb"(?:[A-Za-z]{1,20}: [^\r\n]{0,200}\r?\n){0,8}[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Cleartext:
    """One block: the bytes that were signed, its armoured signature, and where the text stands in what was searched."""

    signed: bytes
    armour: bytes
    start: int
    end: int


def cleartexts(text: bytes) -> Iterator[Cleartext]:
    """The blocks of a text, at most `MOST`. A block begun inside another one is part of its text."""
    at = 0
    for begun in islice(_BLOCK.finditer(text), MOST):
        headers = _HEADERS.match(text, begun.end())
        if begun.start() < at or headers is None:
            continue
        mark = _SIGNATURE.search(text, headers.end())
        end = _END.search(text, mark.end()) if mark else None
        if mark is None or end is None:
            return
        at = end.end()
        yield Cleartext(
            _signed(text[headers.end() : mark.start()]), text[mark.start() : at], headers.end(), mark.start()
        )


def _signed(text: bytes) -> bytes:
    """Dashes taken off, blanks at line ends too, lines joined by CRLF; the last line's end is the armour's (§7.2)."""
    lines = text.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    return b"\r\n".join(line.removeprefix(b"- ").rstrip(b" \t\r") for line in lines)
