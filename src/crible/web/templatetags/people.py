"""How the pages of people and of time place and name things."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from django import template
from django.utils.dateformat import format as formatted

from crible.web.queries.person import Hour

register = template.Library()

MONDAY = datetime(2018, 1, 1, tzinfo=UTC)


@register.simple_tag
def weekday(number: int, form: str = "long") -> str:
    """Monday is 0."""
    return formatted(MONDAY.replace(day=1 + number), "D" if form == "short" else "l")


@register.simple_tag
def cell_left(hour: int) -> str:
    """Where an hour's cell begins; the names of days stand left of them."""
    return f"{10 + 3.75 * hour:.2f}%"


@register.simple_tag
def row_top(row: int) -> int:
    """Where a day's row begins, in pixels."""
    return 16 * row


@register.simple_tag
def row_text(row: int) -> int:
    """The line on which a day's name stands."""
    return 16 * row + 11


@register.simple_tag
def stacktop(foot: float, height: float) -> str:
    """Where a bar that stands on another begins, from the top of the chart."""
    return f"{100 - foot - height:.1f}"


@register.simple_tag
def utc_offset(minutes: int) -> str:
    """`UTC+5:30`."""
    sign, (hours, rest) = "−" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


@register.simple_tag
def around(address: str) -> str:
    """The query string that puts somebody in the middle."""
    return urlencode({"around": address})


@register.simple_tag
def filtered(text: str) -> str:
    """The query string that filters the list."""
    return urlencode({"q": text})


@register.filter
def by_hour(week: Sequence[Sequence[Hour]]) -> list[tuple[int, list[int]]]:
    """The week with hours as rows: seven columns fit where 24 do not."""
    return [(hour, [day[hour].count for day in week]) for hour in range(24)]
