"""Months without mail, where the months around them hold many.

A month is remarked on only where its silence is out of the ordinary for this box: the medians of the three months
before and after are at least `MANY`, and of the box's other months at most one in ten is empty. So the holiday month
of a small box is silent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from crible.assess.boxes.remark import Remark

MANY = 20
"""Mails a month, from which on a month without any is remarked on."""
AROUND = 3
"""Months before and after."""
EMPTY = 0.1
"""Share of the box's other months that may be empty."""
STRAY = 0.005
"""Share of a box's mails, at each end, whose dates are left aside: a clock at 1970 would make forty empty years."""
LONGEST = 2_400
"""Months looked at."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Months in a row without mail, first and last as `2017-03`."""

    first: str
    last: str
    months: int
    before: int
    """Median of mails in the three months before, and after."""
    after: int
    others: int
    """Months of the box besides these, and how many of them are empty."""
    empty: int


def silences(counts: Mapping[str, int]) -> tuple[Silence, ...]:
    """The silences in mails counted by month (`2017-03`)."""
    months = list(_spanned(counts))
    row = [counts.get(month, 0) for month in months]
    return tuple(found for start, end in _runs(row) if (found := _silence(months, row, start, end)))


def absent_months(box: str, counts: Mapping[str, int]) -> tuple[Remark, ...]:
    """The same as remarks."""
    return tuple(
        Remark(
            "absence",
            box,
            "months-without" if one.months > 1 else "month-without",
            {
                **({"count": one.months, "last": one.last} if one.months > 1 else {}),
                "first": one.first,
                "before": one.before,
                "after": one.after,
                "others": one.others,
                "empty": one.empty,
            },
            day=f"{one.first}-01",
        )
        for one in silences(counts)
    )


def _silence(months: list[str], row: list[int], start: int, end: int) -> Silence | None:
    before, after = row[max(0, start - AROUND) : start], row[end : end + AROUND]
    if len(before) < AROUND or len(after) < AROUND:
        return None
    left, right = int(median(before)), int(median(after))
    others = len(row) - (end - start)
    empty = row.count(0) - (end - start)
    if min(left, right) < MANY or empty > EMPTY * others:
        return None
    return Silence(months[start], months[end - 1], end - start, left, right, others, empty)


def _runs(row: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of noughts, end exclusive."""
    start = -1
    for at, count in enumerate(row):
        if count == 0 and start < 0:
            start = at
        elif count and start >= 0:
            yield start, at
            start = -1


def _spanned(counts: Mapping[str, int]) -> Iterator[str]:
    """Every month from the first to the last, strays left aside."""
    known = sorted(month for month, count in counts.items() if count)
    allowed = STRAY * sum(counts.values())
    for end in (0, -1):
        passed = 0
        while len(known) > 1 and passed + counts[known[end]] <= allowed:
            passed += counts[known.pop(end)]
    if known:
        first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (known[0], known[-1]))
        for number in range(first, min(last, first + LONGEST) + 1):
            yield f"{number // 12:04}-{number % 12 + 1:02}"
