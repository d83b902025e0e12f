"""The door: whoever has not come in sees one page that says how to, whatever was asked for."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from crible.web.door import door

OPEN = ("/login/", "/language/", "/theme/", "/invitation/", "/reset/", "/api/")
"""Addresses that answer strangers. Those of programs (`/api/`) ask for a token themselves."""


class Entrance:
    """Nothing is told apart outside: a page that exists and one that does not give the same answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let in or turn away."""
        if request.path_info.startswith(OPEN) or request.user.is_authenticated:
            return self.get_response(request)
        return door(request)
