"""One-time login links: made when the desk opens, good for one visit."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

from django.utils import timezone

from crible.web.models import LoginLink

LIFE = timedelta(hours=1)
"""The token is 256 random bits that stand in the owner's terminal only; an hour lets people finish their coffee."""


class Use(StrEnum):
    """What became of an attempt to enter by a link."""

    ENTERED = "entered"
    SPENT = "spent"
    """Somebody entered by it before: the visitor himself, or a stranger, and the page says so."""
    EXPIRED = "expired"
    UNKNOWN = "unknown"


def issue() -> str:
    """A fresh token; expired ones are swept."""
    now = timezone.now()
    LoginLink.objects.filter(expires__lt=now - LIFE).delete()
    token = secrets.token_urlsafe(32)
    LoginLink.objects.create(digest=_digest(token), expires=now + LIFE)
    return token


def use(token: str) -> Use:
    """Spend a token. Of two visits at once, one enters: the row changes hands in one statement."""
    now = timezone.now()
    link = LoginLink.objects.filter(digest=_digest(token))
    if link.filter(used=None, expires__gt=now).update(used=now):
        return Use.ENTERED
    found = link.first()
    if found is None:
        return Use.UNKNOWN
    return Use.SPENT if found.used else Use.EXPIRED


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
