"""A mail's children: every part that is not its own text, as slices where the bytes stand as they are, else decoded."""

import binascii
import re
from collections.abc import Iterator
from hashlib import sha256

from crible.extract.mail.decoding import BAD_BASE64, IDENTITY, UNKNOWN, base64_pieces, quoted_printable
from crible.extract.mail.quoting import unquote
from crible.extract.mail.walker import MESSAGES, leaves
from crible.intake.names import clean
from crible.model.entry import Begin, Closed, End, Entry, Refused, Slice
from crible.model.facts import Part
from crible.model.ledger import Reason, State

_CHUNK = 1 << 20
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def entries(data: bytes, parts: tuple[Part, ...], how: str = "") -> Iterator[Entry]:
    """What the mail carries, in document order, then its account.

    `how` is the mail's reading of From-quoting. An attached message stays a slice whatever it is: it is read with
    the same quoting as the mail it lies in. Any other part whose quoting is undone is no longer a slice. A name is
    `2.1~facture.pdf`: the part number is its identity.
    """
    ordinal = 0
    for ordinal, part in enumerate((part for part in leaves(parts) if not part.inline_text), 1):
        # A part's name is one component, whatever the sender's system took a slash for.
        name = f"{part.number}~{clean(part.name.encode()).replace('/', '%2F')}" if part.name else part.number
        yield from _entry(data, part, how, ordinal - 1, name)
    yield Closed(ordinal)


def _entry(data: bytes, part: Part, how: str, ordinal: int, name: str) -> Iterator[Entry]:
    mail = part.mime in MESSAGES
    body = b"" if part.encoding == "base64" else data[part.body_start : part.body_end]
    identical = part.encoding in IDENTITY or not _decodable(part.encoding)
    if identical and (mail or unquote(body, how) == body):
        digest = sha256(body).digest()
        yield Slice(ordinal, name, part.body_start, len(body), digest, part.name.encode(), mail=mail)
        return
    produced = 0
    for piece in _pieces(data, body, part, how):
        if piece and not produced:
            yield _begin(part, ordinal, name, mail=mail)
        produced += len(piece)
        for at in range(0, len(piece), _CHUNK):
            yield piece[at : at + _CHUNK]
    if not produced and part.body_end > part.body_start and data[part.body_start : part.body_end].strip():
        yield Refused(ordinal, name, State.UNREADABLE, Reason(_blame(part)), part.name.encode())
        return
    if not produced:
        yield _begin(part, ordinal, name, mail=mail)
    yield End(produced)


def _begin(part: Part, ordinal: int, name: str, *, mail: bool) -> Begin:
    span = part.body_end - part.body_start
    return Begin(ordinal, name, part.name.encode(), offset=part.body_start, length=span, mail=mail)


def _decodable(encoding: str) -> bool:
    return encoding in ("base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue")


def _blame(part: Part) -> str:
    return BAD_BASE64 if part.encoding == "base64" else UNKNOWN


def _pieces(data: bytes, body: bytes, part: Part, how: str) -> Iterator[bytes]:
    if part.encoding == "base64":
        yield from base64_pieces(data, part.body_start, part.body_end)
    elif part.encoding == "quoted-printable":
        yield quoted_printable(unquote(body, how))
    elif part.encoding in IDENTITY:
        yield unquote(body, how)
    else:
        yield from _uudecoded(body)


def _uudecoded(body: bytes) -> Iterator[bytes]:
    """The lines between `begin` and `end` (POSIX uuencode); a line that does not decode is stepped over."""
    begin = _UU_BEGIN.search(body)
    for line in body[begin.end() :].splitlines() if begin else ():
        if line.strip() == b"end":
            return
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            # Broken encoders pad lines with blanks (CPython bpo-12770): the length byte says how much counts.
            length = ((line[0] - 32) & 63) * 4 // 3 + 1 if line else 0
            try:
                yield binascii.a2b_uu(line[: length + 3])
            except binascii.Error:
                continue
