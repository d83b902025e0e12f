"""How the desk writes times of day and stretches of time, for what goes on right now."""

from datetime import UTC, datetime

from django import template
from django.template.context import RequestContext
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, ngettext

from crible.web.templatetags.moments import number, written

register = template.Library()
MINUTE, HOUR = 60, 3_600


@register.simple_tag(takes_context=True)
def clock(context: RequestContext, seconds: float) -> str:
    """`14:02:11`, in the case's zone."""
    return formatted(datetime.fromtimestamp(seconds, UTC).astimezone(context.get("zone") or UTC), "H:i:s")


@register.filter
def lasting(seconds: float) -> str:
    """About how long: an estimate is not worth more than its first unit."""
    if seconds < MINUTE:
        return gettext("less than a minute")
    if seconds < HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": number(minutes)}
    hours = round(seconds / HOUR)
    return ngettext("about %(n)s hour", "about %(n)s hours", hours) % {"n": number(hours)}


@register.filter
def stated(value: str) -> str:
    """An ISO day or month, in words."""
    return written(value)
