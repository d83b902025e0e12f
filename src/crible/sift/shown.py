"""What a mail shows: to this program's reader, and to others that read the same bytes in another way."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from crible.assess.compare import changes
from crible.extract import charset, html
from crible.extract.mail.decoding import payload
from crible.extract.mail.fields import split_header
from crible.extract.mail.fit import MISCODED, MISTYPED, OUTSIDE, misfits
from crible.extract.mail.read import children, read
from crible.extract.mail.walker import UNCLOSED, leaves, walk
from crible.model.entry import Begin, Refused, Slice
from crible.model.facts import Part, Reading
from crible.model.signature import SignatureFacts

CALM = frozenset({"eight-bit-in-seven", UNCLOSED})
"""Defects that a hop leaves behind without any program showing anything else: a label not adapted, a last line lost."""
NOTICE = re.compile(rb"this is a multi-?part message in mime format\.{0,3}", re.IGNORECASE)
_LONE = re.compile(rb"\r(?!\r*+\n)")


def alike(stored: bytes, how: str, signed: bytes) -> bool:
    """Whether the stored mail, its From-quoting read as `how` says, shows to anybody what the signed one shows.

    Beside what this program shows, nothing may have come in that other programs take otherwise: a NUL, at which some
    end a text, a bare CR, which some take for a line end, text outside the parts, an unknown charset.
    """
    ours, theirs = read(stored, how=how), read(signed)
    return (
        _read(stored, ours, how) == _read(signed, theirs, "")
        and _built(ours) == _built(theirs)
        and not _odd(stored, ours) - _odd(signed, theirs) - CALM
        and _outside(stored, ours) in ([], _outside(signed, theirs))
    )


def same_words(stored: bytes, how: str, signed: bytes) -> bool:
    """Whether every text part of the signed mail stands in the stored one, each word and figure of it.

    Then only markup, spacing or addresses of pages differ, or something was put above or below.
    """
    ours = _texts(stored, how)
    return all(any(_stands_in(own, text) for own in ours) for text in _texts(signed, ""))


def _stands_in(ours: str, signed: str) -> bool:
    differing, added = changes(ours, signed)
    return added or not differing


def misread(signed: bytes, facts: SignatureFacts) -> bool:
    """Whether fields that were not signed show the signed body of the mail `signed` as something it is not."""
    head = split_header(signed)
    found = set(misfits(signed, head, walk(signed, head)))  # all else that a reading finds is no matter here
    return ("content-type" not in facts.signed and bool(found & {MISTYPED, OUTSIDE})) or (
        "content-transfer-encoding" not in facts.signed and MISCODED in found
    )


def _read(data: bytes, reading: Reading, how: str) -> tuple[object, ...]:
    """Its fields, its text in both versions, its attachments."""
    said = reading.mail
    if said is None:
        return ()
    people = (said.senders, said.sender, said.reply_to, said.to, said.cc, said.bcc)
    date = said.date and (said.date.seconds, said.date.offset)
    attached = tuple(_attached(data, reading, how))
    return (people, said.subject, date, said.message_id, reading.text, said.alternatives, attached)


def _attached(data: bytes, reading: Reading, how: str) -> Iterator[tuple[str, bytes]]:
    """Name and digest of each attachment, in order."""
    name, digest = "", sha256()
    for entry in children(data, reading, how):
        if isinstance(entry, Slice):
            yield entry.name, entry.sha256
        elif isinstance(entry, Begin):
            name, digest = entry.name, sha256()
        elif isinstance(entry, bytes):
            digest.update(entry)
        elif isinstance(entry, Refused):
            yield entry.name, b""
        else:
            yield name, digest.digest()


def _built(reading: Reading) -> list[tuple[str, ...]]:
    """Kind, name and disposition of each part."""
    parts = reading.mail.parts if reading.mail else ()
    return [(part.number, part.mime, part.name, part.disposition.replace("inline", "")) for part in parts]


def _texts(data: bytes, how: str) -> list[str]:
    found = [part for part in leaves(walk(data)) if part.mime.startswith("text/")]
    decoded = [(part, _decoded(data, part, how)) for part in found]
    return [html.read(text).text if part.mime == "text/html" else text for part, text in decoded]


def _decoded(data: bytes, part: Part, how: str) -> str:
    return charset.decode(payload(data, part, how)[0], part.charset)[0]


def _odd(data: bytes, reading: Reading) -> frozenset[str]:
    found = {*(reading.mail.defects if reading.mail else ())} - {OUTSIDE}
    return frozenset(found | ({"nul"} if b"\0" in data else set()) | ({"cr"} if _LONE.search(data) else set()))


def _outside(data: bytes, reading: Reading) -> Sequence[bytes]:
    """Words before the first part and after the last one, but for the notice that programs put there."""
    parts = reading.mail.parts if reading.mail else ()
    inner = [part for part in parts if part.number.isdigit() and part.header_start > parts[0].body_start]
    if not inner or not parts[0].mime.startswith("multipart/"):
        return []
    before = data[parts[0].body_start : inner[0].header_start].rstrip(b"\r\n")
    after = data[inner[-1].body_end : parts[0].body_end].lstrip(b"\r\n")
    lines = [before.rpartition(b"\n")[0], after.partition(b"\n")[2]]  # without the delimiters themselves
    words = b" ".join(b" ".join(line.split()) for line in lines).strip()
    return [] if not words or NOTICE.fullmatch(words) else [words]
