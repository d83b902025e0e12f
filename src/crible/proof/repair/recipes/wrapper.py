"""List footers: a part added after the writer's, a wrapper around them, or lines at the end of the text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crible.extract.mail.fields import split_header
from crible.proof.repair.draft import Draft, Edit, Made
from crible.proof.repair.mail import MIME, multipart
from crible.proof.repair.recipe import BodyRecipe

_RULE = re.compile(rb"^[-_=*~]{4,200}[ \t]*\r?$", re.MULTILINE)
FOOTER = 4_000
"""Bytes at the end of a body in which a footer may begin."""


def _part_out(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    cut = multipart(draft.body, draft.field("content-type"))
    if cut is None or not 1 <= len(cut.parts) <= 3:
        return
    for start, end in cut.parts[:2]:
        header = split_header(draft.body, start, end)
        mime = tuple(field for field in header.fields if MIME.match(field.name))
        inner = replace(draft.kept(min(header.body_start, end), end), mime=mime)
        yield inner, Made("part-taken-out")


def _last_part_cut(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    cut = multipart(draft.body, draft.field("content-type"))
    if cut is None or len(cut.parts) < 2 or not cut.closed:
        return
    start, end = cut.delimiters[-2][0], cut.delimiters[-1][0]
    yield (
        draft.edited([Edit(start, end)]),
        Made("part-cut", stored=_shown(draft.body[start:end]), origin=draft.origin(start, end)),
    )


def _footer_cut(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    tail = max(0, len(draft.body) - FOOTER)
    for found in list(_RULE.finditer(draft.body, tail))[-4:][::-1]:
        start, end = found.start(), len(draft.body)
        stored = _shown(draft.body[start:end])
        yield draft.kept(0, start), Made("footer-cut", stored=stored, origin=draft.origin(start, end))


def _shown(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip()


PART_OUT = BodyRecipe("part-taken-out", _part_out, cost=1, changing=True)
LAST_PART_CUT = BodyRecipe("part-cut", _last_part_cut, cost=2, changing=True)
FOOTER_CUT = BodyRecipe("footer-cut", _footer_cut, cost=2, changing=True)
