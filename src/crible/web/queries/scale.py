"""Days laid out in bars: years, months, weeks or days, and where a day lies between left and right."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

UNITS = ("day", "week", "month", "year")
MOST = 400
"""Bars of one chart."""
EARLIEST, LATEST = date(1000, 1, 1), date(9998, 12, 31)
"""What a search can ask for; days beyond lie on no scale."""
EASY = {"day": 92, "week": 160, "month": MOST}
"""Bars up to which a unit is chosen by itself."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month, week or day; both days within it."""

    unit: str
    first: date
    last: date

    @property
    def name(self) -> str:
        """`2017`, `2017-04`, or its first day."""
        return {"year": f"{self.first.year:04}", "month": self.first.isoformat()[:7]}.get(
            self.unit, self.first.isoformat()
        )

    @property
    def term(self) -> str:
        """The search for what is dated in it."""
        return f"date:{self.first}..{self.last}" if self.unit == "week" else f"date:{self.name}"


def period(unit: str, day: date) -> Period:
    """The one that holds the day."""
    if unit == "day":
        return Period(unit, day, day)
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return Period(unit, max(first, EARLIEST), min(first + 6 * DAY, LATEST))
    if unit == "month":
        first = day.replace(day=1)
        return Period(unit, first, (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY)
    return Period(unit, day.replace(month=1, day=1), day.replace(month=12, day=31))


def fitting(unit: str, first: date, last: date) -> str:
    """The unit asked for, or the next coarser in which the span has at most `MOST` bars; the easiest where none is."""
    if unit:
        coarser = UNITS[UNITS.index(unit) :]
        return next((one for one in coarser if bars(one, first, last) <= MOST), "year")
    return next((one for one, most in EASY.items() if bars(one, first, last) <= most), "year")


def bars(unit: str, first: date, last: date) -> int:
    """How many of that unit the span touches."""
    if unit == "year":
        return last.year - first.year + 1
    if unit == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    days = (last - period(unit, first).first).days
    return days // (7 if unit == "week" else 1) + 1


class Scale:
    """The bars of a span, from left to right, and places on them in per cent."""

    def __init__(self, unit: str, first: date, last: date) -> None:
        self.unit = unit
        self.periods = tuple(_periods(unit, first, last))
        self._starts = [one.first for one in self.periods]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.periods[0].first

    @property
    def last(self) -> date:
        """Its last."""
        return self.periods[-1].last

    def holds(self, day: date) -> bool:
        """Whether the day lies on it."""
        return self.first <= day <= self.last

    def left(self, day: date) -> float:
        """Where the day begins: 0 to 100; what lies outside, at the edge."""
        if not self.holds(day):
            return 0.0 if day < self.first else 100.0
        at = self.index(day)
        one = self.periods[at]
        return 100 * (at + (day - one.first).days / ((one.last - one.first).days + 1)) / len(self.periods)

    def right(self, day: date) -> float:
        """Where it ends."""
        return self.left(day + DAY) if day < self.last else (100.0 if day >= self.last else 0.0)

    def index(self, day: date) -> int:
        """Number of the bar that holds a day of the scale."""
        return bisect_right(self._starts, day) - 1


def _periods(unit: str, first: date, last: date) -> Iterator[Period]:
    one = period(unit, first)
    for _ in range(MOST):
        yield one
        if one.last >= last:
            return
        one = period(unit, one.last + DAY)
