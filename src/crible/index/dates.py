"""Dates in queries: `2017`, `2017-03`, `2017-03-01`, and spans of them."""

import re
from datetime import datetime, tzinfo

from crible.index.tree import Dates
from crible.model.errors import InputError

_DATE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_LAST_YEAR = 9998
"""So that the day after the last one still exists in every zone."""


def period(text: str, field: str, zone: tzinfo, position: int) -> Dates:
    """What a date field asks for.

    `date:` takes a date, or two with `..` between, either may be missing; the last day is within. `after:` begins
    with the date, `before:` ends before it, `until:` ends with it. Raises InputError with `position`.
    """
    if field == "date" and ".." in text:
        first, _, last = text.partition("..")
        low = _bounds(first, zone, position)[0] if first else None
        high = _bounds(last, zone, position)[1] if last else None
    else:
        start, end = _bounds(text, zone, position)
        low, high = {"date": (start, end), "after": (start, None), "before": (None, start), "until": (None, end)}[field]
    if low is None and high is None:
        raise InputError("query-date", position=position, date=text)
    if low is not None and high is not None and low >= high:
        raise InputError("query-date-order", position=position)
    return Dates(low, high)


def _bounds(text: str, zone: tzinfo, position: int) -> tuple[int, int]:
    """First second of the year, month or day, and the first second after it."""
    match = _DATE.fullmatch(text.strip())
    if not match or int(match[1]) > _LAST_YEAR:
        raise InputError("query-date", position=position, date=text[:40])
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        start = datetime(year, month, day, tzinfo=zone)
    except ValueError as error:
        raise InputError("query-date", position=position, date=text) from error
    if match[3]:
        # Through the ordinal, not by 24 hours: a day is 23 or 25 hours long twice a year.
        end = datetime.fromordinal(start.toordinal() + 1).replace(tzinfo=zone)
    elif match[2]:
        end = start.replace(year=year + month // 12, month=month % 12 + 1)
    else:
        end = start.replace(year=year + 1)
    return int(start.timestamp()), int(end.timestamp())
