"""The overview answers three questions: what is in here, is it all here, what should I look at first."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.model.errors import CaseError
from crible.model.grade import VOUCHED, Level
from crible.review.rights import Right
from crible.sift.ledger import account
from crible.sift.tally import Row, tally
from crible.web.queries.first import looks
from crible.web.queries.material import material
from crible.web.queries.searching import term
from crible.web.queries.when import when
from crible.web.served import Served, of_case

LOOKS = 6
FACETS = ("month", "box", "from_address")
LISTED = 8
ORDER = (
    Level.PROVEN,
    Level.PARTLY_PROVEN,
    Level.CORROBORATED,
    Level.UNATTESTED,
    Level.QUESTIONED,
    Level.CONTRADICTED,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One level's part of a bar: per cent from the left, and per cent wide."""

    level: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Share:
    """One class of documents and how far it can be vouched for."""

    row: Row
    stretches: tuple[Stretch, ...]

    @property
    def vouched(self) -> int:
        """Proven, partly proven or corroborated."""
        return sum(n for level, n in self.row.levels.items() if level in VOUCHED)


@require_safe
@of_case(Right.READ)
def overview(request: HttpRequest, served: Served) -> HttpResponse:
    """Sums are kept for as long as the facts stay as they are."""
    context = served.kept("overview", lambda: _facts(served))
    return render(request, "desk/overview.html", {**context, "sifting": served.sifting(), "page": "overview"})


def _facts(served: Served) -> dict[str, Any]:
    found = account()
    rows = tally()
    levels = [(str(level), sum(row.levels.get(level, 0) for row in rows)) for level in ORDER]
    return {
        "account": found,
        "material": material(),
        "shares": [_share(row) for row in rows],
        "levels": levels,
        "urgent": [levels[-1], levels[-2]],
        "looks": looks(LOOKS),
        **_spread(served),
    }


def _spread(served: Served) -> dict[str, Any]:
    """Months, boxes and senders, from the index; without it, the page says how to build it."""
    try:
        facets = served.searcher().facets("", FACETS)
    except CaseError as error:
        return {"unindexed": error.code}
    return {
        "when": when(facets["month"]),
        "boxes": [(value, count, term("box", value)) for value, count in facets["box"][:LISTED]],
        "senders": [(value, count, term("from_address", value)) for value, count in facets["from_address"][:LISTED]],
    }


def _share(row: Row) -> Share:
    stretches, start = [], 0.0
    for level in ORDER:
        if count := row.levels.get(level, 0):
            width = 100 * count / row.total
            stretches.append(Stretch(str(level), count, round(start, 3), round(width, 3)))
            start += width
    return Share(row, tuple(stretches))
