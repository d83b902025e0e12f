"""Months and years, from the index's counts of documents by month."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_BARS = 60
"""Months are shown one by one up to five years; longer spans by year."""
STRAY = 0.005
"""Share of documents, at each end, that may stand outside of the chart: a few clocks at 1970 would flatten the rest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month (`2017-04`) or year (`2017`)."""

    period: str
    count: int
    height: float
    """0 to 100, of the tallest."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in a row without a document."""

    first: str
    last: str
    months: int


@dataclass(frozen=True, slots=True)
class When:
    """The spread of a case's dates."""

    bars: tuple[Bar, ...]
    by_year: bool
    total: int
    before: int
    """Documents dated before the first bar, and after the last."""
    after: int
    gaps: tuple[Gap, ...] = ()
    """Stretches of months, between the first and the last, without any document."""

    @property
    def first(self) -> str:
        """The first period shown."""
        return self.bars[0].period

    @property
    def last(self) -> str:
        """The last period shown."""
        return self.bars[-1].period

    @property
    def tallest(self) -> Bar:
        """The period with most documents."""
        return max(self.bars, key=lambda bar: bar.count)


def when(months: Sequence[tuple[str, int]]) -> When | None:
    """The chart for (month, documents) pairs in order of time; None without any date."""
    total = sum(count for _, count in months)
    if not total:
        return None
    start, before = _strays(months, total)
    back, after = _strays(list(reversed(months)), total)
    kept = dict(months[start : len(months) - back])
    periods = _months(min(kept), max(kept))
    by_year = len(periods) > MOST_BARS
    counts = _by_year(kept) if by_year else {month: kept.get(month, 0) for month in periods}
    top = max(counts.values())
    bars = tuple(Bar(period, count, round(100 * count / top, 1)) for period, count in counts.items())
    return When(bars, by_year, total, before, after, _gaps(kept))


def _gaps(kept: dict[str, int]) -> tuple[Gap, ...]:
    """The longest first. `kept` names every month from the first to the last or those with documents only."""
    gaps: list[Gap] = []
    run: list[str] = []
    for month in _months(min(kept), max(kept)):
        if kept.get(month):
            gaps += [Gap(run[0], run[-1], len(run))] if run else []
            run = []
        else:
            run.append(month)
    return tuple(sorted(gaps, key=lambda gap: (-gap.months, gap.first)))


def _strays(months: Sequence[tuple[str, int]], total: int) -> tuple[int, int]:
    """How many months at the beginning hold no more than stray documents, and how many these are."""
    passed = 0
    for index, (_, count) in enumerate(months):
        if passed + count > total * STRAY:
            return index, passed
        passed += count
    return 0, 0


def _months(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def _by_year(months: dict[str, int]) -> dict[str, int]:
    counts = {f"{year:04}": 0 for year in range(int(min(months)[:4]), int(max(months)[:4]) + 1)}
    for month, count in months.items():
        counts[month[:4]] += count
    return counts
