"""Clocks: European and American summer time, and the numbers that mail programs make of a moment."""

import calendar
from datetime import UTC, datetime, timedelta, timezone

BEGIN = datetime(2016, 9, 5, tzinfo=UTC)
DAYS = 230
"""Length of the story in days."""
_EPOCH_1601 = datetime(1601, 1, 1, tzinfo=UTC)


def europe(at: datetime, hours: int = 1) -> datetime:
    """A moment by the clocks of a European zone `hours` east of UTC in winter (Directive 2000/84/EC)."""
    starts = _sunday(at.year, 3, last=True) + timedelta(hours=1)
    ends = _sunday(at.year, 10, last=True) + timedelta(hours=1)
    return at.astimezone(timezone(timedelta(hours=hours + (starts <= at < ends))))


def pacific(at: datetime) -> datetime:
    """A moment by the clocks of California, by which Google writes its trace fields."""
    starts = _sunday(at.year, 3, number=2) + timedelta(hours=10)
    ends = _sunday(at.year, 11, number=1) + timedelta(hours=9)
    return at.astimezone(timezone(timedelta(hours=-8 + (starts <= at < ends))))


def filetime(at: datetime) -> int:
    """Hundreds of nanoseconds since 1601, as Windows counts."""
    return (at - _EPOCH_1601) // timedelta(microseconds=1) * 10


def micros(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _sunday(year: int, month: int, *, last: bool = False, number: int = 0) -> datetime:
    days = [week[calendar.SUNDAY] for week in calendar.monthcalendar(year, month) if week[calendar.SUNDAY]]
    return datetime(year, month, days[-1] if last else days[number - 1], tzinfo=UTC)
