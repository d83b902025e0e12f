"""Who may do what. The whole policy is the table `RIGHTS`."""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from crible.review.models import Membership, User


class Right(StrEnum):
    """What a page asks of whoever opens it."""

    READ = "read"
    """See the case: search, open documents, read evidence and what others marked."""
    REVIEW = "review"
    """Tag, star, note, set states, assign, keep searches."""
    DECIDE = "decide"
    """Decide, open what lies on the closed shelf, keep the case's calendar."""
    MANAGE = "manage"
    """Invite, give and take roles, see everybody's sessions, stamp the log."""


class Role(StrEnum):
    """What a person is in one case."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.REVIEWER: frozenset({Right.READ, Right.REVIEW}),
    Role.EDITOR: frozenset({Right.READ, Right.REVIEW, Right.DECIDE}),
    Role.ADMIN: frozenset(Right),
}


def role_of(user: User | AnonymousUser, case: str) -> Role | None:
    """The person's role in the case of that uuid; None for who is no member. The desk's owner is admin of all.

    None too where the session by which they ask was ended for this case.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return None
    if user.owner:
        return Role.ADMIN
    found = Membership.objects.filter(user=user, case=case).values_list("role", "fresh").first()
    return Role(found[0]) if found and not _stale(user, found[1]) else None


def ended_here(user: User | AnonymousUser, case: str) -> bool:
    """Whether they are a member whose session was ended for this case: they have to log in again."""
    if isinstance(user, AnonymousUser) or not user.is_active or user.owner:
        return False
    return any(_stale(user, one.fresh) for one in Membership.objects.filter(user=user, case=case))


def _stale(user: User, fresh: datetime | None) -> bool:
    return fresh is not None and user.visit is not None and user.visit.since < fresh


def may(role: Role | None, right: Right) -> bool:
    """Whether that role holds that right."""
    return role is not None and right in RIGHTS[role]
