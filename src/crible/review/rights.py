"""Who may do what. The whole policy is the table `RIGHTS`."""

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
    """The person's role in the case of that uuid; None for who is no member. The desk's owner is admin of all."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return None
    if user.owner:
        return Role.ADMIN
    found = Membership.objects.filter(user=user, case=case).values_list("role", flat=True).first()
    return Role(found) if found else None


def may(role: Role | None, right: Right) -> bool:
    """Whether that role holds that right."""
    return role is not None and right in RIGHTS[role]
