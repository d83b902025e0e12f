"""What was searched: by whom, when, what was found then, and how much of it somebody has opened since."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from crible.model.errors import InputError
from crible.review.models import SavedSearch, SearchRun, Seen, User
from crible.review.searches import found_by
from crible.web.queries.asked import Asked
from crible.web.queries.searching import visible
from crible.web.queries.trees import any_of
from crible.web.served import Served

MOST_SEEN = 5_000
"""Documents opened last that are held against what was found."""


PATIENCE = 4.0
"""Seconds after which the rest of a list is left uncounted: each search is still one click away."""


@dataclass(frozen=True, slots=True)
class Run:
    """One search that somebody ran."""

    row: SearchRun
    asked: Asked
    now: int | None
    """Messages and files it finds today; None where it can no longer be read."""
    opened: int
    """Of these, messages and files of which somebody of the case opened a copy."""
    late: bool = False
    """Not counted, for want of time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One saved search."""

    row: SavedSearch
    asked: Asked
    now: int | None
    new: int
    """More than when the person asking ran it last."""
    looked: datetime | None
    mine: bool
    changeable: bool
    late: bool = False
    """Not counted, for want of time."""


def runs(served: Served, rows: Iterable[SearchRun]) -> list[Run]:
    """Each run with what it finds today; one question to the index each, for as long as `PATIENCE` lasts."""
    opened, until = seen(served), time.monotonic() + PATIENCE
    shown = []
    for row in rows:
        asked, late = read(row.asked), time.monotonic() > until
        found = None if late else _families(served, asked)
        shown.append(Run(row, asked, None if found is None else len(found), len(found & opened) if found else 0, late))
    return shown


def kept(served: Served, by: User, rows: Iterable[SavedSearch], changeable: Iterable[int]) -> list[Kept]:
    """Saved searches with what they find today, for as long as `PATIENCE` lasts."""
    until = time.monotonic() + PATIENCE
    rows, may = list(rows), set(changeable)
    asked = {row.pk: read(row.asked) for row in rows}
    before = found_by(by, served.case.uuid, {one.kept for one in asked.values()})
    shown = []
    for row in rows:
        late = time.monotonic() > until
        found = None if late else _families(served, asked[row.pk])
        now = None if found is None else len(found)
        then, looked = before.get(asked[row.pk].kept, (None, None))
        new = max(0, now - then) if now is not None and then is not None else 0
        shown.append(Kept(row, asked[row.pk], now, new, looked, row.by_id == by.pk, row.pk in may, late))
    return shown


def read(asked: str) -> Asked:
    """A search as it was written down."""
    return Asked.of(QueryDict(asked))


def seen(served: Served) -> frozenset[int]:
    """Families, by number in the index, of which somebody of the case opened a document."""
    rows = Seen.objects.filter(case=served.case.uuid).order_by("-last").values_list("document", flat=True)
    ids = sorted(set(rows[:MOST_SEEN]))
    if not ids:
        return frozenset()
    return served.searcher().once(("seen", tuple(ids)), lambda: frozenset(served.searcher().families(any_of(ids))[1]))


def _families(served: Served, asked: Asked) -> frozenset[int] | None:
    try:
        tree = visible(served, asked)
        return served.searcher().once(("numbers", tree), lambda: frozenset(served.searcher().families(tree)[1]))
    except InputError:
        return None
