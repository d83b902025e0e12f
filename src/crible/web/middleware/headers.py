"""Headers on every answer, and the check that the desk was asked for by its own name."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: under it browsers post forms with `Origin: null`, which no CSRF check can accept. This one
    # sends nothing to anybody else either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), clipboard-read=()",
}


class SecurityHeaders:
    """Outermost: a foreign Host (DNS rebinding) reaches nothing behind it, static files included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a foreign name; else answer, with headers."""
        try:
            request.get_host()
        except DisallowedHost:
            response: HttpResponseBase = HttpResponse("Not this host.\n", status=400, content_type="text/plain")
        else:
            response = self.get_response(request) if request.is_secure() or not settings.DESK_HSTS else _by_https()
        if settings.DESK_HSTS:
            response.headers["Strict-Transport-Security"] = f"max-age={settings.DESK_HSTS}"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path_info.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


def _by_https() -> HttpResponse:
    """Somebody went round the server in front. Not redirected: what was sent unencrypted is told, not smoothed over."""
    return HttpResponse("By https only.\n", status=403, content_type="text/plain")
