"""Moments as PDF and Office files write them."""

import re
from datetime import UTC, datetime

from crible.model.instant import Clock, Instant

_PDF = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_W3C = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?)?)?(?:(Z)|([+-])(\d\d):(\d\d))?"
)


def pdf_instant(raw: str) -> Instant | None:
    """A PDF date, `D:20170327140500+02'00'` (ISO 32000-2 §7.9.4); None where it is no date."""
    return _instant(_PDF.match(raw.strip()), raw, Clock.PDF)


def office_instant(raw: str) -> Instant | None:
    """A W3C date-time, `2017-03-27T14:05:00Z` (ECMA-376 part 2 §8.3.3); None where it is no date."""
    return _instant(_W3C.match(raw.strip()), raw, Clock.OFFICE)


def _instant(match: re.Match[str] | None, raw: str, clock: Clock) -> Instant | None:
    if match is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = match.groups()
    try:
        wall = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC
        )
    except ValueError:
        return None
    offset = 0 if zulu else None
    if sign:
        offset = (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    # Instant.iso() must hold: no year that an offset pushes out of datetime's range, no offset of a day or more.
    if not 1 < wall.year < 9999 or abs(offset or 0) >= 24 * 60:
        return None
    return Instant(wall.timestamp() - 60 * (offset or 0), offset, clock, raw[:64])
