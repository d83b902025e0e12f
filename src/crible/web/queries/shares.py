"""How far each class of documents can be vouched for. There is no share for the whole: signed mail is no sample."""

from dataclasses import dataclass

from crible.model.grade import VOUCHED, Level
from crible.sift.tally import Row, tally, tally_of_papers
from crible.web.queries.listing import NO_SORT

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

    name: str
    asked: str
    """The class as an address gives it."""
    total: int
    vouched: int
    """Proven, partly proven or corroborated."""
    stretches: tuple[Stretch, ...]


def by_correspondence() -> list[Share]:
    """Lists and machines, received, sent; files attached or loose."""
    return [_share(row, row.kind) for row in tally()]


def by_sort() -> list[Share]:
    """Invoices, contracts, tables, letters …, the largest first."""
    return [_share(row, row.kind or NO_SORT) for row in tally_of_papers()]


def levels(shares: list[Share]) -> dict[str, int]:
    """Documents of each grade, the strongest first: to be listed, never to be made a share of."""
    sums = dict.fromkeys(map(str, ORDER), 0)
    for stretch in (stretch for share in shares for stretch in share.stretches):
        sums[stretch.level] += stretch.count
    return sums


def _share(row: Row, asked: str) -> Share:
    stretches, start = [], 0.0
    for level in ORDER:
        if count := row.levels.get(level, 0):
            width = 100 * count / row.total
            stretches.append(Stretch(str(level), count, round(start, 3), round(width, 3)))
            start += width
    vouched = sum(n for level, n in row.levels.items() if level in VOUCHED)
    return Share(row.kind, asked, row.total, vouched, tuple(stretches))
