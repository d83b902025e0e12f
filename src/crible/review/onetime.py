"""Links that work once: 256 random bits, of which only the hash is kept."""

import hashlib
import secrets
from enum import StrEnum


class Standing(StrEnum):
    """What a link is good for, as its page says it."""

    OPEN = "open"
    SPENT = "spent"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def fresh() -> tuple[str, bytes]:
    """A new token, and what of it is stored."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> bytes:
    """SHA-256. A plain one: nobody guesses 256 random bits, so there is nothing for a slow hash to protect."""
    return hashlib.sha256(token.encode()).digest()
