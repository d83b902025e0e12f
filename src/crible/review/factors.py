"""The second factor of an account: set up, proved at log-in, switched off, cleared by a reset."""

import logging
import secrets
import time
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from crible.review import limits, recovery, sealed, sessions, totp
from crible.review.audit import append
from crible.review.models import Factor, User

log = logging.getLogger("crible.desk")

SET_UP = timedelta(minutes=15)
"""How long a secret waits for the code that confirms it."""
MOST = 64
"""Characters of what is typed; the longest that fits has 29."""


class Proof(StrEnum):
    """By what somebody proved to hold the second factor."""

    CODE = "code"
    RECOVERY = "recovery"


def of(user: User) -> Factor | None:
    """The one in force; one not confirmed yet is none."""
    return Factor.objects.filter(user=user).exclude(confirmed=None).first()


def having(users: Iterable[User]) -> frozenset[int]:
    """Ids of those who have one, in one statement."""
    return frozenset(Factor.objects.filter(user__in=users).exclude(confirmed=None).values_list("user", flat=True))


def begin(user: User) -> bytes | None:
    """A fresh secret, told once, to be confirmed by a code. None where one is in force: that is switched off first."""
    secret = secrets.token_bytes(totp.BYTES)
    with transaction.atomic(using="default"):
        User.objects.select_for_update().get(pk=user.pk)
        if of(user):
            return None
        row = {"sealed": sealed.seal(secret, _about(user)), "made": timezone.now(), "last": 0}
        Factor.objects.update_or_create(user=user, defaults=row)
    return secret


def pending(user: User) -> Factor | None:
    """The one that waits for its first code."""
    return Factor.objects.filter(user=user, confirmed=None, made__gt=timezone.now() - SET_UP).first()


def confirm(user: User, typed: str, session: str) -> list[str] | None:
    """Put the waiting one in force; its recovery codes, told once. None for a wrong code, or too many.

    All sessions but the one of that key end: they were opened without it.
    """
    by_name = limits.of_codes(user.name)
    factor, rows = pending(user), limits.take(by_name)
    if factor is None or rows is None or not _fits(factor, _normal(typed)):
        return None
    limits.forgive(rows, by_name)
    with transaction.atomic(using="default"):
        if not Factor.objects.filter(pk=factor.pk, confirmed=None).update(confirmed=timezone.now()):
            return None
        codes = recovery.make(factor)
        sessions.end_all(user, but=session)
        append(user.name, "second-set-up")
    return codes


def proved(user: User, typed: str, address: str) -> Proof | None:
    """By what somebody proves it, which is used up by that. None for anything else, limits included."""
    by_name, by_address = limits.of_codes(user.name), limits.of_address(address)
    factor = of(user)
    rows = limits.take(by_name, by_address) if factor else None
    if factor is None or rows is None:
        return None
    proof = _spent(factor, _normal(typed))
    if proof is None:
        limits.refused(by_name, by_address, what=f"second factor of {user.name}")
        # Whoever came this far had the password. The limits bound how many such lines there can be.
        append(user.name, "second-refused")
        return None
    limits.forgive(rows, by_name)
    if proof is Proof.RECOVERY:
        append(user.name, "recovery-used", left=recovery.left(factor))
    return proof


def switch_off(user: User, session: str) -> None:
    """Log in by password alone from now on; whoever calls has seen it proved. All sessions but that one end."""
    with transaction.atomic(using="default"):
        if Factor.objects.filter(user=user).delete()[0]:
            sessions.end_all(user, but=session)
            append(user.name, "second-off")


def clear(user: User) -> None:
    """Take it away from somebody who lost it, as part of a reset."""
    with transaction.atomic(using="default"):
        had = of(user)
        Factor.objects.filter(user=user).delete()
        limits.forgive([], limits.of_codes(user.name))
        if had:
            append(user.name, "second-cleared")


def _spent(factor: Factor, typed: str) -> Proof | None:
    if _fits(factor, typed):
        return Proof.CODE
    return Proof.RECOVERY if recovery.spend(factor, typed) else None


def _fits(factor: Factor, typed: str) -> bool:
    """Whether it is a code of now, used for the first time: of two at once, the row changes for one."""
    typed = typed.replace(" ", "")
    secret = sealed.unseal(bytes(factor.sealed), _about(factor.user)) if totp.CODE.fullmatch(typed) else b""
    if secret is None:
        log.warning("the second factor of %s cannot be read: the desk's secret is another", factor.user.name)
    step = totp.matching(secret, typed, time.time(), factor.last) if secret else None
    return bool(step and Factor.objects.filter(pk=factor.pk, last__lt=step).update(last=step))


def _normal(typed: str) -> str:
    """Digits and letters of any width as plain ones."""
    return unicodedata.normalize("NFKC", typed[:MOST]).strip()


def _about(user: User) -> str:
    """What a sealed secret is bound to: put into another's row, it opens nothing."""
    return f"second factor of {user.pk}"
