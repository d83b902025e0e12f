"""Who is in a case as what, and who may change that."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from crible.model.errors import InputError
from crible.review import people, sessions
from crible.review.audit import append
from crible.review.models import Membership, User
from crible.review.rights import Role


def of_case(case: str) -> QuerySet[Membership]:
    """Members with their accounts, by name."""
    return Membership.objects.filter(case=case).select_related("user").order_by("user__name")


def cases_of(user: User) -> frozenset[str]:
    """Uuids of the cases that somebody is a member of; the owner's are all, and are not listed."""
    return frozenset(Membership.objects.filter(user=user).values_list("case", flat=True))


def member(case: str, number: int) -> Membership | None:
    """The membership of that number, if it is one of that case."""
    return Membership.objects.filter(pk=number, case=case).select_related("user").first()


def change_role(one: Membership, role: Role, by: User) -> None:
    """Another role. InputError `last-admin` where nobody would be left to manage the case."""
    with transaction.atomic(using="default"):
        if role is not Role.ADMIN:
            _keep_an_admin(one)
        Membership.objects.filter(pk=one.pk).update(role=str(role))
        append(by.name, "role-changed", case=one.case, name=one.user.name, was=one.role, role=str(role))


def remove(one: Membership, by: User) -> None:
    """Out of the case, programs' keys for it too; what they marked stays. InputError `last-admin`."""
    with transaction.atomic(using="default"):
        _keep_an_admin(one)
        one.delete()
        people.revoke_tokens(one.user, one.case)
        append(by.name, "member-removed", case=one.case, name=one.user.name, role=one.role)


def resettable(by: User, users: Iterable[User]) -> frozenset[int]:
    """Ids of those whom an admin may hand a link to that sets their password: whoever has it can log in as them.

    Only where `by` is admin of every case of that person, else it would open a case to them. Nobody does it to the
    desk's owner, who has the terminal.
    """
    return managed(by, (user for user in users if user.is_active))


def managed(by: User, users: Iterable[User]) -> frozenset[int]:
    """Ids of those of whom `by` is admin in every case; never the desk's owner's."""
    asked = [user for user in users if not user.owner]
    if by.owner:
        return frozenset(user.pk for user in asked)
    mine = Membership.objects.filter(user=by, role=str(Role.ADMIN)).values("case")
    beyond = Membership.objects.filter(user__in=asked).exclude(case__in=mine).values_list("user", flat=True)
    return frozenset(user.pk for user in asked) - frozenset(beyond)


def end_sessions(one: Membership, by: User) -> int:
    """End a member's sessions; how many there were.

    Wholly where `by` is admin of every case of theirs. Else for this case only, which they see again after a log-in:
    to throw somebody out of a case that one has no part in is not an admin's to do.
    """
    with transaction.atomic(using="default"):
        if one.user.pk in managed(by, [one.user]):
            ended, act = sessions.end_all(one.user), "sessions-ended"
        else:
            ended, act = sessions.open_of([one.user]).count(), "sessions-ended-here"
            Membership.objects.filter(pk=one.pk).update(fresh=timezone.now())
        append(by.name, act, case=one.case, name=one.user.name, count=ended)
    return ended


def _keep_an_admin(one: Membership) -> None:
    """The desk's owner is admin of every case, and counts."""
    if one.role != Role.ADMIN or User.objects.filter(owner=True, is_active=True).exists():
        return
    others = Membership.objects.select_for_update().filter(case=one.case, role=str(Role.ADMIN), user__is_active=True)
    if not others.exclude(pk=one.pk).exists():
        raise InputError("last-admin")
