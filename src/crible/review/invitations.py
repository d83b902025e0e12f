"""Links by which somebody becomes a member of a case, once, within seven days. Copied by hand: nothing is mailed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from crible.review import onetime, people
from crible.review.audit import append
from crible.review.models import Invitation, Membership, User
from crible.review.onetime import Standing
from crible.review.rights import Right, Role, may, role_of

LIFE = timedelta(days=7)
RANK = tuple(Role)
"""From least to most: an invitation never takes away what somebody has."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link as it stands."""

    standing: Standing
    invitation: Invitation | None = None
    """Only where it is open: nobody else learns what it was for."""


def issue(case: str, role: Role, by: User) -> str:
    """The token of a new invitation; it is shown once and stored nowhere."""
    token, kept = onetime.fresh()
    with transaction.atomic(using="default"):
        made = Invitation.objects.create(digest=kept, case=case, role=str(role), by=by, expires=timezone.now() + LIFE)
        append(by.name, "invited", case=case, role=str(role), number=made.pk)
    return token


def find(token: str) -> Found:
    """What a link is good for."""
    one = Invitation.objects.filter(digest=onetime.digest(token)).select_related("by").first()
    if one is None:
        return Found(Standing.UNKNOWN)
    if one.used:
        return Found(Standing.SPENT)
    if one.withdrawn or not _stands(one):
        return Found(Standing.WITHDRAWN)
    if one.expires <= timezone.now():
        return Found(Standing.EXPIRED)
    return Found(Standing.OPEN, one)


def accept(invitation: Invitation, user: User) -> bool:
    """Spend it for that person. False where somebody was faster: the row changes hands in one statement."""
    now = timezone.now()
    with transaction.atomic(using="default"):
        open_one = Invitation.objects.filter(pk=invitation.pk, used=None, withdrawn=None, expires__gt=now)
        if not _stands(invitation) or not open_one.update(used=now, who=user):
            return False
        made, new = Membership.objects.get_or_create(
            user=user, case=invitation.case, defaults={"role": invitation.role}
        )
        if not new and RANK.index(Role(made.role)) < RANK.index(Role(invitation.role)):
            Membership.objects.filter(pk=made.pk).update(role=invitation.role)
        append(user.name, "joined", case=invitation.case, role=invitation.role, number=invitation.pk)
    return True


def welcome(invitation: Invitation, name: str, shown: str, password: str) -> User | None:
    """Somebody new, a member at once. None, and nobody is made, where the name or the link was taken meanwhile."""
    with transaction.atomic(using="default"):
        user = people.register(name, shown, password)
        if user is None or not accept(invitation, user):
            transaction.set_rollback(True, using="default")
            return None
    return user


def withdraw(case: str, number: int, by: User) -> bool:
    """Make a link of that case good for nothing; False where it is none or no longer open."""
    with transaction.atomic(using="default"):
        open_one = Invitation.objects.filter(pk=number, case=case, used=None, withdrawn=None)
        if not open_one.update(withdrawn=timezone.now()):
            return False
        append(by.name, "invitation-withdrawn", case=case, number=number)
    return True


def of_case(case: str) -> QuerySet[Invitation]:
    """All of a case, latest first."""
    return Invitation.objects.filter(case=case).select_related("by", "who").order_by("-made")


def standing(found: Iterable[Invitation]) -> frozenset[int]:
    """Ids of those whose maker manages their case still, in one statement: the links of others open nothing."""
    asked = list(found)
    makers = User.objects.filter(pk__in={one.by_id for one in asked}, is_active=True)
    owners = frozenset(makers.filter(owner=True).values_list("pk", flat=True))
    admins = Membership.objects.filter(user__in=makers, role=str(Role.ADMIN), case__in={one.case for one in asked})
    managing = frozenset(admins.values_list("user", "case"))
    return frozenset(one.pk for one in asked if one.by_id in owners or (one.by_id, one.case) in managing)


def _stands(invitation: Invitation) -> bool:
    """Whether who made it manages the case still: one who was removed had kept a way back in."""
    by = User.objects.get(pk=invitation.by_id)
    return may(role_of(by, invitation.case), Right.MANAGE)
