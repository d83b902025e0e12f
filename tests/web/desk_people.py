"""People at the desk for tests: with a role in a case, logged in or not."""

from typing import Any

from django.test import Client

from crible.review import people
from crible.review.models import Membership, User
from crible.store.case import Case

PASSWORD = "quatre mots bien rangés"
HOST = {"host": "127.0.0.1"}


def person(name: str, *parts: tuple[Case, str], password: str = "") -> User:
    """Somebody with these roles; without a password unless one is given: hashing takes its 0.2 s."""
    user = User(name=name)
    user.set_unusable_password()
    user.save()
    if password:
        people.set_password(user, password)
    for case, role in parts:
        Membership.objects.create(user=user, case=case.uuid, role=role)
    return user


def client(user: User | None = None, **more: Any) -> Client:
    """A browser; of somebody who has come in, where one is given."""
    made = Client(headers=HOST, **more)
    if user is not None:
        made.force_login(user)
    return made


def number(user: User, case: Case) -> int:
    """The membership's number, as addresses have it."""
    return Membership.objects.get(user=user, case=case.uuid).pk
