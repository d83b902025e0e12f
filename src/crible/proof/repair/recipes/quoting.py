"""From-quoting of mbox files, undone."""

import re
from collections.abc import Iterator
from itertools import islice

from crible.proof.repair.draft import Draft, Edit, Made
from crible.proof.repair.recipe import BodyRecipe

MOST = 10_000
"""Quoted lines of one mail."""
_RD = re.compile(rb"^>+From ", re.MULTILINE)
_O = re.compile(rb"^>From ", re.MULTILINE)


def _unquoted(pattern: re.Pattern[bytes], name: str, draft: Draft) -> Iterator[tuple[Draft, Made]]:
    if b">From " not in draft.body:
        return
    edits = [Edit(found.start(), found.start() + 1) for found in islice(pattern.finditer(draft.body), MOST + 1)]
    if 0 < len(edits) <= MOST:
        yield draft.edited(edits, same=True), Made(name)


def _mboxrd(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    if b"\n>>" in draft.body:  # else the other recipe says the same
        yield from _unquoted(_RD, "unquote-mboxrd", draft)


def _mboxo(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    return _unquoted(_O, "unquote-mboxo", draft)


MBOXRD = BodyRecipe("unquote-mboxrd", _mboxrd, cost=1)
MBOXO = BodyRecipe("unquote-mboxo", _mboxo, cost=1)
