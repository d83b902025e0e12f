"""What was searched: by whom, when, what was found then, and how much of it somebody has opened since."""

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


@dataclass(frozen=True, slots=True)
class Run:
    """One search that somebody ran."""

    row: SearchRun
    asked: Asked
    now: int | None
    """Messages and files it finds today; None where it can no longer be read."""
    opened: int
    """Of these, messages and files of which somebody of the case opened a copy."""


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


def runs(served: Served, rows: Iterable[SearchRun]) -> list[Run]:
    """Each run with what it finds today; one question to the index each."""
    opened = seen(served)
    shown = []
    for row in rows:
        asked = read(row.asked)
        found = _families(served, asked)
        shown.append(Run(row, asked, None if found is None else len(found), len(found & opened) if found else 0))
    return shown


def kept(served: Served, by: User, rows: Iterable[SavedSearch], changeable: Iterable[int]) -> list[Kept]:
    """Saved searches with what they find today."""
    rows, may = list(rows), set(changeable)
    asked = {row.pk: read(row.asked) for row in rows}
    before = found_by(by, served.case.uuid, {one.kept for one in asked.values()})
    shown = []
    for row in rows:
        found = _families(served, asked[row.pk])
        now = None if found is None else len(found)
        then, looked = before.get(asked[row.pk].kept, (None, None))
        new = max(0, now - then) if now is not None and then is not None else 0
        shown.append(Kept(row, asked[row.pk], now, new, looked, row.by_id == by.pk, row.pk in may))
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
