"""Dates of header fields (RFC 5322 §3.3 and §4.3), as written and in UTC."""

import re
from datetime import date
from functools import lru_cache

from crible.extract.mail.words import unfold
from crible.model.instant import Clock, Instant

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
_CLOCK = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?"
_DATE = r"(?:[A-Za-z]{2,9}[,.]?\s*+)?(\d{1,2})[\s-]++([A-Za-z]{3,9})[.,]?[\s-]++(\d{2,4})[\s,]++"
_RFC5322 = re.compile(_DATE + _CLOCK)
_ASCTIME = re.compile(r"(?:[A-Za-z]{3,9},?\s++)?([A-Za-z]{3,9})\s++(\d{1,2})\s++" + _CLOCK + r"\s++(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]" + _CLOCK)
_ZONE = re.compile(r"\s*+(?:(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})|([A-Za-z]{1,5})\b)?")
_DAY = 24 * 60
_EPOCH = date(1970, 1, 1).toordinal()
_WRITTEN = 200


def instant(raw: bytes, clock: Clock = Clock.HEADER) -> Instant | None:
    """The moment a date field states; None where it states none that exists.

    `-0000`, the one-letter military zones and unknown zone names give no offset, as RFC 5322 §4.3 asks; years of two
    digits are read as it says too. Accepted besides: the order of asctime(), and ISO 8601.
    """
    line = unfold(raw[:1000])
    if found := _RFC5322.match(line):
        day, month, year, hour, minute, second = found.groups()
    elif found := _ASCTIME.match(line):
        month, day, hour, minute, second, year = found.groups()
    elif found := _ISO.match(line):
        year, month, day, hour, minute, second = found.groups()
    else:
        return None
    days, clocked = _days(year, month, day), _clocked(hour, minute, second or "0")
    if days is None or clocked is None:
        return None
    offset = _offset(line, found.end())
    return Instant(days * 86_400 + clocked - 60 * (offset or 0), offset, clock, line[:_WRITTEN])


def received(raw: bytes) -> Instant | None:
    """The moment a Received field states, after its last semicolon (RFC 5321 §4.4)."""
    return instant(raw.rpartition(b";")[2], Clock.RECEIVED)


def _offset(line: str, at: int) -> int | None:
    zone = _ZONE.match(line, at)
    if zone and zone[1]:
        minutes = int(zone[2]) * 60 + int(zone[3])
        if minutes >= _DAY or (zone[1] == "-" and not minutes):
            return None
        return minutes if zone[1] == "+" else -minutes
    return _ZONES.get(zone[4].lower()) if zone and zone[4] else None


@lru_cache(maxsize=1024)
def _days(year: str, month: str, day: str) -> int | None:
    """Days from 1970 on; None for no day there is. A mail states the same one with each server that had it."""
    number = int(year)
    if len(year) < 4:
        number += 1900 if number >= 50 else 2000
    if not 1900 <= number < 9999:
        return None
    try:
        found = date(number, int(month) if month.isdecimal() else _MONTHS[month[:3].lower()], int(day))
    except (KeyError, ValueError):
        return None
    return found.toordinal() - _EPOCH


def _clocked(hour: str, minute: str, second: str) -> int | None:
    """Seconds since midnight; None for no time of day."""
    hours, minutes, seconds = int(hour), int(minute), int(second)
    return hours * 3_600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds <= 60 else None
