"""How a PDF file is laid out: revisions, signatures and file identifiers, by a bounded scan that opens no document.

Revisions are counted along the chain of cross-reference sections (ISO 32000-2 §7.5.6), not by end-of-file marks alone:
a PDF attached without compression brings marks of its own. The first section of a linearised file (Annex F) is ended
by `startxref 0`, the second by the offset of the first, so the two count as one.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from crible.model.examined import PDF
from crible.model.files import FileFacts
from crible.model.pdf import PdfFacts
from crible.sandbox.window import Window

CHUNK = 1 << 20
MOST_MARKS = 1_000
"""startxref marks and signatures that are looked at; a file that was saved more often says at least so much."""
MOST_SECTIONS = 200
TABLE = 4 << 20
"""How far a section's trailer is looked for; 200,000 entries of 20 bytes."""
DICTIONARY = 8 << 10
HEADER = 1 << 10
BLANK = 64

_MARK, _RANGE = b"startxref", b"/ByteRange"
_ENDED = re.compile(rb"startxref\s{1,8}(\d{1,12})\s{1,8}%%EOF(?:\r\n?|\n)?")
_STREAM_SECTION = re.compile(rb"\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj")
_PREVIOUS = re.compile(rb"/Prev\s{0,4}(\d{1,12})")
_STRING = rb"(<[0-9A-Fa-f\s]{0,300}>|\((?:[^\\()]|\\.){0,200}\))"
_IDS = re.compile(rb"/ID\s{0,4}\[\s{0,4}" + _STRING + rb"\s{0,4}" + _STRING, re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Revision(NamedTuple):
    """One state of the file: its newest cross-reference section, and where the state ends, both from the start."""

    section: int
    end: int


@dataclass(frozen=True, slots=True)
class Structure:
    """A file's states, oldest first; at least one, the last of which ends with the file."""

    revisions: tuple[Revision, ...]
    signatures: int = 0
    """Byte ranges, as every signature has one."""
    marked: int = 0
    """Where the newest end-of-file mark ends; what follows belongs to no state."""
    ids: tuple[str, ...] = ()
    """Hex (§14.4): the permanent one, and the one that each save renews."""


def structure(window: Window) -> Structure:
    """The layout of the PDF in `window`. Never raises: of a broken file it says what its last mark leads to."""
    marks, signatures = _scan(window)
    shift = max(0, window.read(0, HEADER).find(b"%PDF-"))
    newest = marks[-1] if marks else Revision(-1, window.length)
    sections, ids = _chain(window, newest.section, shift)
    ends = {mark.section: mark.end for mark in reversed(marks)}  # of two marks of one section the first counts
    found = sorted({Revision(one, ends[one]) for one in sections if ends.get(one, 0) > one}, key=lambda each: each.end)
    if not found:
        return Structure((Revision(newest.section, window.length),), signatures, newest.end, ids)
    found[-1] = Revision(found[-1].section, window.length)
    return Structure(tuple(found), signatures, newest.end, ids)


def with_structure(facts: FileFacts, window: Window) -> FileFacts:
    """A PDF's facts with those of its layout; a file with a history, or a signature, wants an examination."""
    laid = structure(window)
    pdf = replace(facts.pdf or PdfFacts(), revisions=len(laid.revisions), signatures=laid.signatures, ids=laid.ids)
    wants = (PDF,) if pdf.revisions > 1 or pdf.signatures else ()
    return replace(facts, pdf=pdf, wants=(*wants, *facts.wants))


def _scan(window: Window) -> tuple[list[Revision], int]:
    """Every `startxref N %%EOF` in order, and how many byte ranges there are."""
    marks: list[Revision] = []
    ranges = at = 0
    while at < window.length:
        piece = window.read(at, CHUNK + len(_RANGE) - 1)
        ranges += piece.count(_RANGE)
        found = piece.find(_MARK)
        while 0 <= found < CHUNK and len(marks) < MOST_MARKS:
            if ended := _ENDED.match(window.read(at + found, 64)):
                marks.append(Revision(int(ended[1]), at + found + ended.end()))
            found = piece.find(_MARK, found + 1)
        at += CHUNK
    return marks, min(ranges, MOST_MARKS)


def _chain(window: Window, newest: int, shift: int) -> tuple[list[int], tuple[str, ...]]:
    """Cross-reference sections from the newest back by /Prev, and the identifiers of the newest that has any."""
    sections: list[int] = []
    ids: tuple[str, ...] = ()
    at = newest
    while 0 <= at < window.length and len(sections) < MOST_SECTIONS:
        blank = window.read(at + shift, BLANK)
        at += len(blank) - len(blank.lstrip())  # /Prev may point to the spaces before a section
        trailer = _trailer(window, at + shift)
        if at in sections or trailer is None:
            break
        sections.append(at)
        ids = ids or _identifiers(trailer)
        previous = _PREVIOUS.search(trailer)
        at = int(previous[1]) if previous else -1
    return sections, ids


def _trailer(window: Window, at: int) -> bytes | None:
    """The trailer dictionary of the section at an offset; None where no section stands there."""
    head = window.read(at, DICTIONARY)
    if _STREAM_SECTION.match(head):
        return head.partition(b"stream")[0]
    if not head.startswith(b"xref"):
        return None
    found = head.find(b"trailer")
    if found < 0:
        far = window.read(at, TABLE).find(b"trailer")
        return window.read(at + far, DICTIONARY).partition(_MARK)[0] if far >= 0 else None
    return window.read(at + found, DICTIONARY).partition(_MARK)[0]


def _identifiers(trailer: bytes) -> tuple[str, ...]:
    found = _IDS.search(trailer)
    return tuple(_octets(text)[:64].hex() for text in found.groups()) if found else ()


def _octets(text: bytes) -> bytes:
    """A string object's bytes (§7.3.4)."""
    if text.startswith(b"<"):
        digits = b"".join(text[1:-1].split()).decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) & 0xFF]) if code[0] in b"01234567" else _ESCAPED.get(code, code)
