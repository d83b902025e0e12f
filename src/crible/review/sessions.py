"""Who is in: one row a session, ended by its person, by an admin of a case of theirs, by idleness or by age.

Asked of the database at every request, and kept nowhere else: an ended session is refused at the very next one.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from crible.review.models import User, Visit

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
NOTED = timedelta(minutes=1)
"""How exactly `last` is kept: to write at every request would make readers wait for each other."""
KEPT = timedelta(days=90)
"""How long a list says who was in when."""
STORED = 40
"""Hex digits of the hash under which the session itself is stored (`crible.web.sessions`)."""


def hashed(key: str) -> str:
    """The name under which a session key is kept: SHA-256, hex."""
    return hashlib.sha256(key.encode()).hexdigest()


def begin(user: User, key: str, *, address: str, agent: str) -> Visit:
    """Write down that somebody came in; what ended long ago is swept."""
    Visit.objects.filter(since__lt=timezone.now() - KEPT).delete()
    return Visit.objects.create(user=user, session=hashed(key), address=address[:64], agent=agent[:200])


def current(user: User, key: str) -> Visit | None:
    """The visit of that session if it still holds: one look-up by index, a write at most once a minute."""
    visit = Visit.objects.filter(session=hashed(key), user=user, ended=None).first()
    if visit is None:
        return None
    now = timezone.now()
    if now - visit.last > IDLE or now - visit.since > LONGEST:
        end([visit])
        return None
    if now - visit.last > NOTED:
        Visit.objects.filter(pk=visit.pk).update(last=now)
    return visit


def open_of(users: Iterable[User] | QuerySet[User]) -> QuerySet[Visit]:
    """Sessions of those people that hold, last seen first."""
    now = timezone.now()
    holds = Q(ended=None, last__gt=now - IDLE, since__gt=now - LONGEST)
    return Visit.objects.filter(holds, user__in=users).select_related("user").order_by("-last")


def end(visits: Iterable[Visit]) -> int:
    """End them, and forget what they held; how many."""
    visits = list(visits)
    Session.objects.filter(session_key__in=[visit.session[:STORED] for visit in visits]).delete()
    return Visit.objects.filter(pk__in=[visit.pk for visit in visits], ended=None).update(ended=timezone.now())


def end_all(user: User, but: str = "") -> int:
    """End a person's sessions, all but the one of that key; how many."""
    return end(Visit.objects.filter(user=user, ended=None).exclude(session=hashed(but)))
