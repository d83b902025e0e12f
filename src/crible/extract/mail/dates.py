"""Dates of header fields (RFC 5322 §3.3 and §4.3), as written and in UTC."""

import re
from datetime import date

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
_WRITTEN = 200


def instant(raw: bytes, clock: Clock = Clock.HEADER) -> Instant | None:
    """The moment a date field states; None where it states none that exists.

    `-0000`, the one-letter military zones and unknown zone names give no offset, as RFC 5322 §4.3 asks; years of two
    digits are read as it says too. Accepted besides: the order of asctime(), and ISO 8601.
    """
    line = unfold(raw[:1000])
    for form, order in ((_RFC5322, "dmyHMS"), (_ASCTIME, "mdHMSy"), (_ISO, "ymdHMS")):
        found = form.match(line)
        if found:
            stated = dict(zip(order, found.groups(), strict=True))
            return _instant(stated, _offset(line, found.end()), clock, line[:_WRITTEN])
    return None


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


def _instant(stated: dict[str, str | None], offset: int | None, clock: Clock, line: str) -> Instant | None:
    month = stated["m"] or ""
    hour, minute, second = (int(stated[unit] or 0) for unit in "HMS")
    year = int(stated["y"] or 0)
    if len(stated["y"] or "") < 4:
        year += 1900 if year >= 50 else 2000
    if not 1900 <= year < 9999 or hour > 23 or minute > 59 or second > 60:
        return None
    try:
        days = date(
            year, int(month) if month.isdecimal() else _MONTHS[month[:3].lower()], int(stated["d"] or 0)
        ).toordinal()
    except (KeyError, ValueError):
        return None
    seconds = (days - _EPOCH) * 86_400 + hour * 3_600 + minute * 60 + second - 60 * (offset or 0)
    return Instant(seconds, offset, clock, line)


_EPOCH = date(1970, 1, 1).toordinal()
