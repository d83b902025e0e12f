"""How the desk writes numbers, sizes, shares and moments."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from django import template
from django.template.context import RequestContext
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext

from crible import words
from crible.model.instant import Instant
from crible.web.language import language

register = template.Library()


@register.filter
def size(value: int) -> str:
    """Bytes in the unit a reader expects, one decimal from kilobytes on."""
    amount, unit = float(value), 0
    while amount >= 1000 and unit < 4:
        amount, unit = amount / 1000, unit + 1
    units = ("o", "ko", "Mo", "Go", "To") if language() == "fr" else ("B", "kB", "MB", "GB", "TB")
    shown = words.shown(amount if unit else int(value), language())
    return f"{shown}\N{NO-BREAK SPACE}{units[unit]}"


@register.filter
def percent(part: int, whole: int) -> str:
    """A share; `under 1 %` rather than a nought that is none, `over 99 %` rather than a whole that is none."""
    share = round(100 * part / whole) if whole else 0
    mark = "<" if part and not share else ">" if share == 100 and part < whole else ""
    share = 1 if mark == "<" else 99 if mark == ">" else share
    return f"{mark}\N{NO-BREAK SPACE}{share}\N{NO-BREAK SPACE}%".strip()


@register.filter
def number(value: object) -> str:
    """71,848 or 71 848."""
    return words.shown(value, language())


@register.simple_tag(takes_context=True)
def moment(context: RequestContext, value: object, form: str = "long") -> str:
    """A moment in the case's zone, which is written out; `short` for lists. Unix seconds, Instant or ISO 8601."""
    zone = context.get("zone") or UTC
    stated = _stated(value)
    if stated is None:
        return ""
    at, known = stated
    at = at.astimezone(zone) if known else at
    day = _day(at)
    if form == "short":
        return day
    where = _zone_name(at, zone) if known else gettext("no zone written")
    return f"{formatted(at, 'l')} {day}, {formatted(at, 'H:i')} ({where})"


@register.simple_tag(takes_context=True)
def as_written(context: RequestContext, value: Instant) -> str:
    """The moment as the document gives it, where that differs from how the case's zone has it; else empty."""
    if value.offset is None:
        return ""
    stated = _stated(value)
    if stated is None or stated[0].astimezone(context.get("zone") or UTC).utcoffset() == stated[0].utcoffset():
        return ""
    return f"{formatted(stated[0], 'H:i')} {_offset(stated[0])}"


@register.filter
def period(value: str) -> str:
    """`2017-04` as April 2017, a year as it is."""
    if len(value) != 7:
        return value.lstrip("0") or value
    return formatted(datetime(int(value[:4]), int(value[5:]), 1, tzinfo=UTC), "F Y")


def written(value: str) -> str:
    """`2017-04-20` as 20 April 2017, `2017-04` as April 2017, anything else as it is."""
    with suppress(ValueError):
        if len(value) == 7 and value[4] == "-":
            return period(value)
        if len(value) == 10 and value[4] == "-":
            return _day(datetime.fromisoformat(value))
    return value


@register.simple_tag
def histtop(height: float) -> str:
    """Where a bar of that height begins, from the top of the chart."""
    return f"{100 - height:.1f}"


def _stated(value: object) -> tuple[datetime, bool] | None:
    """The moment, and whether it is tied to a zone at all; None for what no calendar holds."""
    with suppress(OverflowError, ValueError, OSError):
        if isinstance(value, Instant):
            zone = timezone(timedelta(minutes=value.offset)) if value.offset is not None else UTC
            return datetime.fromtimestamp(value.seconds, zone), value.offset is not None
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC), True
        if isinstance(value, str) and value:
            at = datetime.fromisoformat(value)
            return (at, True) if at.tzinfo else (at.replace(tzinfo=UTC), False)
    return None


def _day(at: datetime) -> str:
    day = "1er" if language() == "fr" and at.day == 1 else str(at.day)
    return f"{day} {formatted(at, 'F Y')}"


def _zone_name(at: datetime, zone: object) -> str:
    name = zone.key if isinstance(zone, ZoneInfo) else "UTC"
    return "UTC" if name == "UTC" else f"{name}, {_offset(at)}"


def _offset(at: datetime) -> str:
    minutes = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    return f"UTC{'−' if minutes < 0 else '+'}{abs(minutes) // 60}" + (
        f":{abs(minutes) % 60:02}" if minutes % 60 else ""
    )
