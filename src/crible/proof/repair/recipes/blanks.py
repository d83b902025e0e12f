"""Line ends, empty lines, dots and invisible bytes that a hop or a store put in or took out."""

import re
from collections.abc import Iterator
from itertools import islice

from crible.proof.repair.draft import Draft, Edit, Made
from crible.proof.repair.recipe import BodyRecipe

_TRAILING = re.compile(rb"(?<![ \t])[ \t]++(?=\r?$)", re.MULTILINE)
_DASHES = re.compile(rb"^--(?=\r?$)", re.MULTILINE)
_DOTS = re.compile(rb"^\.\.", re.MULTILINE)
_DOT = re.compile(rb"^\.", re.MULTILINE)
_TWICE = re.compile(rb"(?<!\r)\r+(?=\r\n)")
_LONE = re.compile(rb"\r(?!\n)")
MOST = 10_000
"""Places of one kind in a body; more were met in no mail."""
BOM = b"\xef\xbb\xbf"


def _edited(draft: Draft, name: str, pattern: re.Pattern[bytes], by: bytes) -> Iterator[tuple[Draft, Made]]:
    edits = [Edit(found.start(), found.end(), by) for found in islice(pattern.finditer(draft.body), MOST + 1)]
    if 0 < len(edits) <= MOST:
        yield draft.edited(edits, same=True), Made(name)


def _leading(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    """Empty lines between header and text, put in or lost."""
    made = Made("empty-lines")
    bare = len(draft.body) - len(draft.body.lstrip(b"\r\n"))
    if bare:
        yield draft.kept(bare, len(draft.body)), made
    newline = draft.mail.newline
    for lines in (newline, newline * 2):
        yield draft.edited([Edit(0, 0, lines)], same=True), made


def _trailing(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    return _edited(draft, "trailing-blanks", _TRAILING, b"")


def _signature(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    return _edited(draft, "trailing-blanks", _DASHES, b"-- ")


def _dots(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    """SMTP doubles a dot that begins a line (RFC 5321 §4.5.2); some hops do it once too often or too seldom."""
    yield from _edited(draft, "dots-doubled", _DOTS, b".")
    yield from _edited(draft, "dots-doubled", _DOT, b"..")


def _ends(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    yield from _edited(draft, "line-ends", _TWICE, b"")
    yield from _edited(draft, "line-ends", _LONE, b"\r\n")
    yield from _edited(draft, "line-ends", _LONE, b"")


def _invisible(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    made = Made("invisible-bytes")
    if draft.body.startswith(BOM):
        yield draft.kept(len(BOM), len(draft.body)), made
    elif not draft.body.isascii():
        yield draft.edited([Edit(0, 0, BOM)], same=True), made
    if b"\0" in draft.body:
        yield from _edited(draft, "invisible-bytes", re.compile(rb"\0"), b"")


LEADING = BodyRecipe("empty-lines", _leading, cost=3)
TRAILING = BodyRecipe("trailing-blanks", _trailing, cost=3)
SIGNATURE = BodyRecipe("trailing-blanks", _signature, cost=3)
DOTS = BodyRecipe("dots-doubled", _dots, cost=4)
ENDS = BodyRecipe("line-ends", _ends, cost=3)
INVISIBLE = BodyRecipe("invisible-bytes", _invisible, cost=4)
