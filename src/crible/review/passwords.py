"""What a password must be, how it is kept, and the checking that takes as long for a name nobody has.

The rules are those of NIST SP 800-63B and ASVS 2.1: long, not known to guessers, not the person's own name; no rule on
what it is made of, no expiry. The hash is scrypt (N 16384, r 8, p 5, 16 MB and 0.2 s a try): memory-hard, and in Django
without another package; argon2 would need one, PBKDF2 is cheap on graphics cards.
"""

import unicodedata
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from crible.review.models import User

LEAST = 12
MOST = 128
"""Characters; more would only cost time, and none is ever cut off."""


def normal(password: str) -> str:
    """The same letters whatever keyboard made them: one person's é may be two characters on another machine."""
    return unicodedata.normalize("NFKC", password)


def faults(password: str, user: User) -> list[str]:
    """Keys of what is wrong with it for that person: `short`, `long`, `common`, `alike`. Empty where it will do."""
    password = normal(password)
    if len(password) > MOST:
        return ["long"]
    found = ["short"] if len(password) < LEAST else []
    # Django's list holds the 20,000 commonest; one of them written several times over is guessed as soon.
    if _refused(CommonPasswordValidator(), password, user) or len(set(password)) < 5:
        found.append("common")
    if _refused(UserAttributeSimilarityValidator(user_attributes=("name", "shown")), password, user):
        found.append("alike")
    return found


def keep(user: User, password: str) -> None:
    """Set it, unsaved."""
    user.set_password(normal(password))


def agrees(user: User | None, password: str) -> bool:
    """Whether it is that person's. As slow for nobody, and for somebody without one."""
    password = normal(password[: 8 * MOST])  # as much as any of the longest could be written in
    if user is None or not user.is_active or not user.has_usable_password():
        check_password(password, _nobodys())
        return False
    return user.check_password(password)


@cache
def _nobodys() -> str:
    """A hash that no password of anybody is held against for anything but its time."""
    return make_password("nobody's")


def _refused(validator: CommonPasswordValidator | UserAttributeSimilarityValidator, password: str, user: User) -> bool:
    try:
        validator.validate(password, user)
    except ValidationError:
        return True
    return False
