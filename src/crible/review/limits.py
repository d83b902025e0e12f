"""How often somebody may try: what was refused is counted by name and by address, and waiting grows.

Counted in the database, so that several servers and a restart count together. A try is written down before it is
judged and taken back when it succeeds: a hundred at once are a hundred.
"""

import hashlib
import ipaddress
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from crible.review.models import Attempt

log = logging.getLogger("crible.desk")

WITHIN = timedelta(days=1)
"""What is older is forgotten."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """Something counted: after `free` refusals within a day each next one may be tried after a wait, which doubles."""

    key: str
    free: int


def of_name(name: str) -> Limit:
    """Log-ins under one name. Hashed: people type passwords where the name belongs."""
    return Limit(f"name:{hashlib.sha256(name.encode()).hexdigest()[:40]}", 10)


def of_codes(name: str) -> Limit:
    """Codes of a second factor under one name. Not forgiven by a right password: who guesses codes has that."""
    return Limit(f"code:{hashlib.sha256(name.encode()).hexdigest()[:40]}", 5)


def of_address(address: str) -> Limit:
    """Log-ins from one address; a newsroom may share one, so it has more."""
    return Limit(f"address:{network(address)}", 30)


def of_links(address: str) -> Limit:
    """Invitations, reset links and login links that are none, from one address."""
    return Limit(f"link:{network(address)}", 20)


def of_tokens(address: str) -> Limit:
    """Tokens of programs that are none, from one address."""
    return Limit(f"token:{network(address)}", 20)


def network(address: str) -> str:
    """The address, of IPv6 its first 64 bits: everybody has as many of the others as they please."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def waiting(limits: Iterable[Limit]) -> timedelta:
    """How long until another try is heard; zero now."""
    now = timezone.now()
    return max((_waiting(limit, now) for limit in limits), default=timedelta())


def take(*limits: Limit) -> list[int] | None:
    """Write a try down under each; the rows, for `forgive`. None, and nothing written, where there is a wait."""
    with transaction.atomic(using="default"):
        if waiting(limits):
            return None
        return [Attempt.objects.create(key=limit.key).pk for limit in limits]


def refused(*limits: Limit, what: str) -> None:
    """Say in the log which limit a refusal has just reached."""
    for limit in limits:
        wait = waiting([limit])
        if wait:
            log.warning("%s refused too often by %s: the next try in %d s", what, limit.key, wait.total_seconds())


def guessed(limit: Limit, what: str) -> None:
    """Count something that was tried and is none, and say so once it is too often."""
    take(limit)
    refused(limit, what=what)


def forgive(rows: Iterable[int], *entirely: Limit) -> None:
    """Take back a try that succeeded, and all that counted under the limits given."""
    Attempt.objects.filter(pk__in=list(rows)).delete()
    Attempt.objects.filter(key__in=[limit.key for limit in entirely]).delete()


def sweep() -> None:
    """Forget what no limit counts any more."""
    Attempt.objects.filter(at__lt=timezone.now() - WITHIN).delete()


def _waiting(limit: Limit, now: datetime) -> timedelta:
    tries = Attempt.objects.filter(key=limit.key, at__gt=now - WITHIN)
    beyond = tries.count() - limit.free
    if beyond < 0:
        return timedelta()
    # The exponent is bounded before it is used: 2 ** of a day's tries is no number anybody wants to multiply.
    wait = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(beyond, 6)))
    return max(timedelta(), tries.latest("at").at + wait - now)
