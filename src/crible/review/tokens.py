"""Keys for programs: made by a person for one case, never beyond what that person may."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from crible.model.errors import InputError
from crible.review import audit, onetime
from crible.review.models import Token, User
from crible.review.rights import Right

PREFIX = "crible_"
"""Lets scanners of leaked secrets recognise one."""
LONGEST = timedelta(days=365)
NAME = 80
SCOPES = (Right.READ, Right.REVIEW)
"""What may be given to a program. Deciding, opening the shelf and managing ask for a person."""
NOTED = timedelta(minutes=1)
"""How exactly `used` is kept: a write at every request would make readers wait for each other."""
MOST = 20
"""Tokens of one person in one case that hold at a time."""


def make(user: User, case: str, name: str, scopes: Iterable[str], days: int) -> tuple[str, Token]:
    """A fresh token, told once, and its row.

    Raises InputError: `token-name`, `token-scopes`, `token-days`, `token-many`.
    """
    name, wanted = name.strip(), sorted({Right(one) for one in scopes if one in SCOPES} | {Right.READ})
    if not 0 < len(name) <= NAME:
        raise InputError("token-name", most=NAME)
    if not 1 <= days <= LONGEST.days:
        raise InputError("token-days", most=LONGEST.days)
    text = PREFIX + onetime.fresh()[0]
    with transaction.atomic(using="default"):
        audit.hold(case)
        if of(user, case).count() >= MOST:
            raise InputError("token-many", most=MOST)
        token = Token.objects.create(
            digest=onetime.digest(text),
            user=user,
            case=case,
            name=name,
            scopes=[str(one) for one in wanted],
            expires=timezone.now() + timedelta(days=days),
        )
        audit.append(user.name, "token-make", case=case, name=name, scopes=token.scopes, days=days)
    return text, token


def of(user: User, case: str) -> QuerySet[Token]:
    """Those of a person in a case that hold, newest first."""
    return Token.objects.filter(user=user, case=case, revoked=None, expires__gt=timezone.now()).order_by("-made")


def revoke(user: User, case: str, pk: int) -> bool:
    """End one of one's own; False where there is none such."""
    with transaction.atomic(using="default"):
        token = of(user, case).filter(pk=pk).first()
        if token is None:
            return False
        Token.objects.filter(pk=pk).update(revoked=timezone.now())
        audit.append(user.name, "token-revoke", case=case, name=token.name)
    return True


def holder(text: str) -> Token | None:
    """The row of a token that holds, its person active; None for any other."""
    now = timezone.now()
    token = (
        Token.objects.filter(digest=onetime.digest(text), revoked=None, expires__gt=now, user__is_active=True)
        .select_related("user")
        .first()
    )
    if token is not None and (token.used is None or now - token.used > NOTED):
        Token.objects.filter(pk=token.pk).update(used=now)
    return token
