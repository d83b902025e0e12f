"""The language a page is shown in."""

from django.utils.translation import get_language


def language() -> str:
    """`en` or `fr`."""
    return get_language() or "en"
