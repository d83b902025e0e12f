"""Dates as mail programs write them for people: `Le mar. 14 mars 2017 à 09:12`, `On 3/14/17 9:12 AM`.

RFC 5322 dates stand in header fields and are read by `crible.extract.mail.dates`; these stand above quoted passages.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from crible.model.instant import Clock, Instant

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb février fevrier févr fevr fév fev", "march mar mars",
            "april apr avril avr", "may mai", "june jun juin", "july jul juillet juil", "august aug août aout",
            "september sep sept septembre", "october oct octobre", "november nov novembre",
            "december dec décembre decembre déc",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"([a-zéûô]{3,9})"
_FORMS = (
    (re.compile(rf"\b(\d{{1,2}})(?:er|st|nd|rd|th)?[ \-]{_MONTH}[.,]?[ \-](\d{{4}})\b"), "dmy"),
    (re.compile(rf"\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b"), "mdy"),
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)"), "ymd"),
    (re.compile(r"\b(\d{1,2})(?:[/\-]|\. ?)(\d{1,2})(?:[/\-]|\. ?)(\d{4}|\d\d)(?![\d/])"), "numeric"),
)
_TIME = re.compile(r"(?<!\d)(\d{1,2}) ?[:h] ?(\d\d)(?:[:m](\d\d))?(?: ?([ap])\.?m\b)?")
_ZONE = re.compile(r"[ (]*(?:(?:gmt|utc) ?)?([+-]|\u2212)(\d{1,2}):?(\d\d)?|[ (]*(utc|gmt|z)\b")
_BLANKS = re.compile(r"\s+")
_NEAR = 40
"""Characters between a date and its time."""


class Written(NamedTuple):
    """A moment found in a line, and where it stands there."""

    instant: Instant
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int
    start: int
    end: int


def written(line: str, *, french: bool = False) -> Written | None:
    """The first date with a time of day in `line` (at most some hundred characters).

    None where there is none, or where its figures may be read two ways: `3/4/2017` is in March with AM or PM beside
    it, in April in a `french` line, else nobody's guess. `start` and `end` are positions in `line` with every run of
    blanks counted as one.
    """
    lowered = folded(line).casefold()
    lowered = lowered if len(lowered) == len(folded(line)) else folded(line).lower()
    day = _day(lowered, french=french)
    if day is None:
        return None
    time = _TIME.search(lowered, day.end, day.end + _NEAR) or _TIME.search(lowered, max(0, day.start - _NEAR))
    hour = _hour(time) if time else None
    if time is None or hour is None:
        return None
    zone = _ZONE.match(lowered, time.end())
    offset = _offset(zone) if zone else None
    try:
        then = datetime(day.year, day.month, day.day, hour, int(time[2]), min(59, int(time[3] or 0)), tzinfo=UTC)
    except ValueError:
        return None
    start, end = min(day.start, time.start()), max(day.end, zone.end() if zone and offset is not None else time.end())
    raw = folded(line)[start:end]
    return Written(Instant(then.timestamp() - 60 * (offset or 0), offset, Clock.HEADER, raw), start, end)


def folded(line: str) -> str:
    """The line with every run of blanks, no-break spaces among them, as one space."""
    return _BLANKS.sub(" ", line)


def _day(line: str, *, french: bool) -> _Day | None:
    for form, order in _FORMS:
        for found in form.finditer(line):
            if order == "numeric":
                parts = _numeric(found, line, french=french)
            else:
                stated = dict(zip(order, found.groups(), strict=True))
                month = stated["m"]
                number = int(month) if month.isdecimal() else _MONTHS.get(month, 0)
                parts = (int(stated["y"]), number, int(stated["d"])) if number else None
            if parts:
                return _Day(*parts, found.start(), found.end())
    return None


def _numeric(found: re.Match[str], line: str, *, french: bool) -> tuple[int, int, int] | None:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    year += 2000 if len(found[3]) == 2 else 0
    if french or "." in found[0] or first > 12 or first == second:
        return year, second, first
    if second > 12 or re.search(r"\d ?[ap]\.?m\b", line):
        return year, first, second
    return None


def _hour(time: re.Match[str]) -> int | None:
    hour = int(time[1])
    if time[4]:
        return hour % 12 + (12 if time[4] == "p" else 0) if 1 <= hour <= 12 else None
    return hour if hour < 24 else None


def _offset(zone: re.Match[str]) -> int | None:
    if not zone[1]:
        return 0
    minutes = int(zone[2]) * 60 + int(zone[3] or 0)
    return None if minutes > 14 * 60 else minutes if zone[1] == "+" else -minutes
