"""Cases that open to nobody without a second factor."""

from django.db import transaction

from crible.model.errors import InputError
from crible.review import factors
from crible.review.audit import append
from crible.review.models import Requirement, User


def of_case(case: str) -> bool:
    """Whether it asks for one."""
    return Requirement.objects.filter(case=case).exists()


def lacking(user: User, case: str) -> bool:
    """Whether somebody has to set one up before the case opens: one statement where the case asks for none."""
    return of_case(case) and not has_two(user)


def has_two(user: User) -> bool:
    """Whether nobody logs in as them by a password alone.

    The owner who has none comes by the link in the terminal only, which is a factor of its own.
    """
    return factors.of(user) is not None or (user.owner and not user.has_usable_password())


def demand(case: str, by: User) -> None:
    """Ask for one from now on. InputError `second-own-first` where whoever asks has none: it would shut them out."""
    if not has_two(by):
        raise InputError("second-own-first")
    with transaction.atomic(using="default"):
        _, new = Requirement.objects.get_or_create(case=case, defaults={"by": by})
        if new:
            append(by.name, "second-required", case=case)


def waive(case: str, by: User) -> None:
    """Ask for none any more."""
    with transaction.atomic(using="default"):
        if Requirement.objects.filter(case=case).delete()[0]:
            append(by.name, "second-waived", case=case)
