"""Links by which somebody who forgot a password sets another, once, within a day."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from crible.review import factors, members, onetime, people
from crible.review.audit import append
from crible.review.models import Reset, User
from crible.review.onetime import Standing

LIFE = timedelta(days=1)


def issue(user: User, by: User, case: str) -> str:
    """The token of a new link for that person, made in that case; earlier ones are good for nothing from then on."""
    token, kept = onetime.fresh()
    now = timezone.now()
    with transaction.atomic(using="default"):
        Reset.objects.filter(user=user, used=None, withdrawn=None).update(withdrawn=now)
        Reset.objects.create(digest=kept, user=user, by=by, expires=now + LIFE)
        append(by.name, "reset-made", case=case, name=user.name)
    return token


def find(token: str) -> tuple[Standing, Reset | None]:
    """What a link is good for; its row only where it is open."""
    one = Reset.objects.filter(digest=onetime.digest(token)).select_related("user").first()
    if one is None:
        return Standing.UNKNOWN, None
    if one.used:
        return Standing.SPENT, None
    if one.withdrawn or not _stands(one):
        return Standing.WITHDRAWN, None
    if one.expires <= timezone.now():
        return Standing.EXPIRED, None
    return Standing.OPEN, one


def use(reset: Reset, password: str) -> bool:
    """Set the password, end all sessions and programs' keys, take the second factor away.

    False where somebody was faster.
    """
    now = timezone.now()
    with transaction.atomic(using="default"):
        open_one = Reset.objects.filter(pk=reset.pk, used=None, withdrawn=None, expires__gt=now)
        if not _stands(reset) or not open_one.update(used=now):
            return False
        people.set_password(reset.user, password)
        people.revoke_tokens(reset.user)
        append(reset.user.name, "password-reset")
        factors.clear(reset.user)
    return True


def _stands(reset: Reset) -> bool:
    """Whether who made it might make it still: either may have gained or lost a case since."""
    by, user = (User.objects.get(pk=pk) for pk in (reset.by_id, reset.user_id))
    return by.is_active and user.pk in members.resettable(by, [user])
