"""A session counts for as long as its visit does: ended by hand, idle or old ones are refused at the next request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from crible.review import sessions


class Visits:
    """One look-up by index a request, and no cache: a session that was ended must not live on for its minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Make a stranger of whoever has a session without a visit."""
        if request.user.is_authenticated:
            visit = sessions.current(request.user, request.session.session_key or "")
            if visit is None:
                logout(request)
            else:
                request.user.visit = visit
            request.visit = visit  # type: ignore[attr-defined]
        return self.get_response(request)
