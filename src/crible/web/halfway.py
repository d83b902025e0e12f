"""Between the two pages of a log-in: the password was right, the second factor is still to be proved.

Such a session holds who and since when, and is nobody's: the door turns it away everywhere else.
"""

import time
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from crible.review import factors
from crible.review.models import User

KEY = "halfway"
LIFE = 5 * 60
"""Seconds."""


def begin(request: HttpRequest, user: User) -> None:
    """Remember who stated their password, under a fresh session key."""
    request.session.flush()
    # Bound to the password that was stated: once it is another, this leads nowhere.
    request.session[KEY] = {"who": user.pk, "at": int(time.time()), "by": user.get_session_auth_hash()}
    request.session.set_expiry(LIFE)


def who(request: HttpRequest) -> User | None:
    """Who stated their password within five minutes, and has a second factor still; None for anybody else."""
    held: dict[str, Any] = request.session.get(KEY) or {}
    if not 0 <= time.time() - held.get("at", 0) < LIFE:
        return None
    user = User.objects.filter(pk=held["who"], is_active=True).first()
    if user is None or not constant_time_compare(held["by"], user.get_session_auth_hash()):
        return None
    return user if factors.of(user) else None
