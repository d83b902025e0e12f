"""Who asks: the address a request came from, and the visit written down as somebody comes in."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from crible.review import sessions
from crible.review.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
LINK = "by-link"


def address_of(request: HttpRequest) -> str:
    """The machine that asked; behind the proxy named to `crible serve`, the one that the proxy names."""
    return str(request.META.get("REMOTE_ADDR") or "")


def enter(request: HttpRequest, user: User, *, by_link: bool = False) -> None:
    """Let somebody in, under a fresh session key: one that was planted before is worth nothing."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    if by_link:
        request.session[LINK] = True


def came_by_link(request: HttpRequest) -> bool:
    """Whether this session began by the link that the owner's terminal printed."""
    return bool(request.session.get(LINK))


def write_down(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:  # noqa: ARG001
    """The visit of a session that has just begun.

    Called by Django's own signal rather than by `enter`: whatever else lets somebody in makes a visit too, and a
    session without one is refused.
    """
    if not request.session.session_key:
        request.session.create()
    agent = "".join(c for c in request.META.get("HTTP_USER_AGENT", "") if c.isprintable())
    sessions.begin(user, str(request.session.session_key), address=address_of(request), agent=agent)


def watch() -> None:
    """Have every log-in written down."""
    user_logged_in.connect(write_down, dispatch_uid="crible.visits")
