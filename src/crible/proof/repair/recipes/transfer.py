"""Bodies that were encoded anew: 8bit to quoted-printable or base64 and back (RFC 2045 §6, RFC 6152)."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from crible.extract.mail.decoding import quoted_printable
from crible.extract.mail.fields import Field
from crible.proof.repair.draft import Draft, Edit, Made
from crible.proof.repair.recipe import BodyRecipe

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_TOKEN = re.compile(rb"[\w-]+")
_PLAIN = bytes(byte for byte in range(256) if (32 <= byte < 127 and byte != 61) or byte == 9)
ATOMS = [b"%c" % byte if (32 <= byte < 127 and byte != 61) or byte == 9 else b"=%02X" % byte for byte in range(256)]


@dataclass(frozen=True, slots=True)
class Style:
    """How a program cuts lines in quoted-printable."""

    width: int
    strict: bool = True
    """Room for a soft break is kept even at the end of a line."""
    phone: bool = False
    """Codes run over the width, and no piece ends with a blank (iOS)."""


STYLES = (Style(76), Style(75), Style(77, phone=True), Style(76, strict=False), Style(74), Style(73), Style(72))
"""By how often they gave back the very bytes of 2,425 parts of list mail: the first 80 % (all of Gmail, 97 % of
Exchange), the second half of Thunderbird's."""
LARGEST = 4 << 20
"""Bytes of a body that are encoded anew."""
SHORT = 160
"""Bytes of a line that is kept once it was cut: with 2,048 of them less than two megabytes."""


def encoding(draft: Draft) -> bytes:
    """The transfer encoding that the draft's body is in, lower case."""
    found = _TOKEN.search(draft.field("content-transfer-encoding"))
    return found[0].lower() if found else b""


def _decoded(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    how = encoding(draft)
    if len(draft.body) > LARGEST or draft.took("encoding-undone", "encoding-redone"):
        return
    if how == b"base64":
        digits = _NOT_BASE64.sub(b"", draft.body)
        body = binascii.a2b_base64(digits[: len(digits) & ~3] + _rest(digits))
    elif how == b"quoted-printable":
        body = quoted_printable(draft.body)
    else:
        return
    yield _labelled(draft, body, b"8bit" if not body.isascii() else b"7bit"), Made("encoding-undone")


def _rest(digits: bytes) -> bytes:
    left = digits[len(digits) & ~3 :]
    return left + b"=" * (4 - len(left)) if len(left) > 1 else b""


def _encoded(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    if len(draft.body) > LARGEST or encoding(draft) not in (b"", b"7bit", b"8bit", b"binary"):
        return
    if draft.field("content-type").strip().lower().startswith((b"multipart/", b"message/")):
        return
    made = Made("encoding-redone")
    for style in STYLES:
        yield _labelled(draft, quoted(draft.body, style), b"quoted-printable"), made
    for width in (76, 72, 64):
        for crlf in (True, False):
            yield _labelled(draft, base64(draft.body, width, crlf=crlf), b"base64"), made


def quoted(body: bytes, style: Style) -> bytes:
    """Quoted-printable as programs of that style write it (RFC 2045 §6.7)."""
    return b"\n".join(_quoted_line(line, style) for line in body.replace(b"\r\n", b"\n").split(b"\n"))


def _quoted_line(line: bytes, style: Style) -> bytes:
    if len(line) < style.width and not line.translate(None, _PLAIN) and not line.endswith((b" ", b"\t")):
        return line  # nothing to be written otherwise and nothing to be cut, in any style: most lines
    return _short(line, style) if len(line) <= SHORT else _cut(line, style)


@lru_cache(maxsize=2048)
def _short(line: bytes, style: Style) -> bytes:
    """A line as `_cut` has it; kept, as the drafts of one mail share most of their lines."""
    return _cut(line, style)


def _cut(line: bytes, style: Style) -> bytes:
    atoms = [ATOMS[byte] for byte in line]
    if atoms and atoms[-1] in (b" ", b"\t"):
        atoms[-1] = b"=20" if atoms[-1] == b" " else b"=09"
    pieces, start, size = [], 0, 0
    for at, atom in enumerate(atoms):
        spare = 1 if style.strict or at < len(atoms) - 1 else 0
        full = size + (1 if style.phone else len(atom)) + spare > style.width
        if full and size and not (style.phone and atoms[at - 1] == b" "):
            pieces.append(b"".join(atoms[start:at]) + b"=")
            start, size = at, 0
        size += len(atom)
    pieces.append(b"".join(atoms[start:]))
    return b"\n".join(pieces)


def base64(body: bytes, width: int = 76, *, crlf: bool = True) -> bytes:
    """Base64 in lines of `width` digits, of the text with CRLF line ends or with LF."""
    size = max(3, width // 4 * 3)
    body = body.replace(b"\r\n", b"\n")
    body = body.replace(b"\n", b"\r\n") if crlf else body
    return b"".join(binascii.b2a_base64(body[at : at + size]) for at in range(0, len(body), size))


def _labelled(draft: Draft, body: bytes, label: bytes) -> Draft:
    mime = tuple(
        Field(field.name, b"Content-Transfer-Encoding: " + label + draft.mail.newline, field.start)
        if field.name == "content-transfer-encoding"
        else field
        for field in draft.mime
    )
    if not draft.field("content-transfer-encoding"):
        raw = b"Content-Transfer-Encoding: " + label + draft.mail.newline
        mime = (*mime, Field("content-transfer-encoding", raw, 0))
    return replace(draft.edited([Edit(0, len(draft.body), body)], same=True), mime=mime)


UNDONE = BodyRecipe("encoding-undone", _decoded, cost=2)
REDONE = BodyRecipe("encoding-redone", _encoded, cost=4)
