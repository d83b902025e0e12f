"""How the timeline names its periods."""

from datetime import UTC, date, datetime, time

from django import template
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext

from crible.web.queries.scale import Period
from crible.web.templatetags.moments import period as month_or_year
from crible.web.templatetags.moments import written

register = template.Library()


@register.filter
def period_name(one: Period) -> str:
    """April 2017; for days the weekday too."""
    if one.unit == "week":
        return gettext("week of %(day)s") % {"day": written(one.first.isoformat())}
    if one.unit == "day":
        return f"{formatted(_moment(one.first), 'l')} {written(one.name)}"
    return month_or_year(one.name)


@register.filter
def tick(one: Period) -> str:
    """The shortest that still says when."""
    return formatted(_moment(one.first), {"year": "Y", "month": "N Y"}.get(one.unit, "j N Y"))


@register.filter
def day_name(value: object) -> str:
    """A day, or a month as silences give them, written out."""
    return written(value.isoformat() if isinstance(value, date) else str(value))


@register.simple_tag
def pct(value: float) -> str:
    """A place on the chart, whatever the language writes for a decimal point."""
    return f"{value:.3f}%"


@register.simple_tag
def pct_top(height: float) -> str:
    """Where something of that height begins that stands at the bottom."""
    return f"{100 - height:.2f}%"


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
