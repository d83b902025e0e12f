"""What a person chooses of the desk itself: light or dark, and whether single keys act.

Kept in cookies, so that it holds at the door too and is written into the page as it is served.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from crible.web.back import inside
from crible.web.served import of_desk, outside

THEMES = ("light", "dark")
THEME_COOKIE = "crible_theme"
KEYS_COOKIE = "crible_keys"


def theme_of(request: HttpRequest) -> str:
    """`light`, `dark`, or empty: as the system has it."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def keys_of(request: HttpRequest) -> bool:
    """Whether single keys act."""
    return request.COOKIES.get(KEYS_COOKIE) != "off"


@outside
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme and go back to the page."""
    chosen = request.POST.get("theme", "")
    return _kept(request, THEME_COOKIE, chosen if chosen in THEMES else "")


@of_desk
@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: HttpRequest) -> HttpResponse:
    """What the keys do, and the choice to have none: WCAG 2.1.4, for whoever speaks to the machine."""
    if request.method == "POST":
        return _kept(request, KEYS_COOKIE, "off" if request.POST.get("keys") == "off" else "")
    return render(request, "desk/shortcuts.html", {"page": "shortcuts"})


def _kept(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(inside(request, request.POST.get("next", "")))
    if value:
        response.set_cookie(
            cookie,
            value,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(cookie, samesite="Lax")
    return response
