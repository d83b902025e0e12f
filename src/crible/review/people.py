"""The people of a desk: their names, how they become known, how they prove who they are."""

import getpass
import re
import unicodedata

from django.db import IntegrityError, transaction
from django.utils import timezone

from crible.review import limits, passwords, sessions
from crible.review.audit import append
from crible.review.models import Token, User

NAME = re.compile(r"[\w][\w.@+-]{1,63}")
SHOWN = 80


def owner() -> User:
    """The person who holds the terminal the desk was started from; made at the first visit, with no password."""
    found = User.objects.filter(owner=True).first()
    if found is None:
        found = User(name=_free_name(login_name(_account())), owner=True)
        found.set_unusable_password()
        found.save()
    return found


def login_name(typed: str) -> str:
    """A name as it is compared: letter case, width and composition do not tell two people apart."""
    return unicodedata.normalize("NFKC", typed.strip()).casefold()


def shown_name(typed: str) -> str:
    """A name for colleagues, on one line, without marks that turn or hide text; at most 80 characters."""
    kept = "".join(c for c in unicodedata.normalize("NFC", typed) if c.isprintable())
    return " ".join(kept.split())[:SHOWN]


def faults(name: str, password: str, shown: str = "") -> list[str]:
    """Keys of what keeps somebody from being known so: `name`, `taken`, and those of the password."""
    name = login_name(name)
    found = [] if NAME.fullmatch(name) else ["name"]
    if User.objects.filter(name=name).exists():
        found.append("taken")
    return found + passwords.faults(password, User(name=name, shown=shown_name(shown)))


def register(name: str, shown: str, password: str) -> User | None:
    """A new person; `faults` was asked before. None where somebody took the name in between."""
    user = User(name=login_name(name), shown=shown_name(shown))
    passwords.keep(user, password)
    try:
        with transaction.atomic(using="default"):
            user.save(force_insert=True)
    except IntegrityError:
        return None
    return user


def recognise(name: str, password: str, address: str) -> User | None:
    """Whoever has that name and that password. None for anything else, which is not told apart: limits included."""
    name = login_name(name)[:64]
    by_name, by_address = limits.of_name(name), limits.of_address(address)
    rows = limits.take(by_name, by_address)
    if rows is None:
        passwords.agrees(None, password)
        return None
    user = User.objects.filter(name=name).first()
    if not passwords.agrees(user, password) or user is None:
        limits.refused(by_name, by_address, what=f"log-in as {user.name}" if user else "log-in")
        return None
    limits.forgive(rows, by_name)
    limits.sweep()
    return user


def rename(user: User, shown: str) -> None:
    """What colleagues read; empty for the log-in name."""
    user.shown = shown_name(shown)
    user.save(update_fields=["shown"])


def change_password(user: User, present: str, password: str) -> list[str]:
    """Another password in place of the present one; ends all sessions. Keys of faults, `present` first; empty: done."""
    if not proves(user, present):
        return ["present"]
    if found := passwords.faults(password, user):
        return found
    set_password(user, password)
    append(user.name, "password-changed")
    return []


def proves(user: User, present: str) -> bool:
    """Whether somebody who is in states their own password. Whoever came by link only has none to state.

    A wrong one counts as a refused log-in.
    """
    rows = limits.take(limits.of_name(user.name))
    if rows is None or (user.has_usable_password() and not passwords.agrees(user, present)):
        return False
    limits.forgive(rows)
    return True


def set_password(user: User, password: str) -> None:
    """Keep it, end every session, and let refused log-ins under the name be forgotten."""
    with transaction.atomic(using="default"):
        passwords.keep(user, password)
        user.save(update_fields=["password"])
        sessions.end_all(user)
        limits.forgive([], limits.of_name(user.name))


def deactivate(user: User, by: User) -> None:
    """Nobody enters under that name any more, nor does a program of theirs; what they marked stays."""
    with transaction.atomic(using="default"):
        User.objects.filter(pk=user.pk, owner=False).update(is_active=False)
        sessions.end_all(user)
        revoke_tokens(user)
        append(by.name, "person-deactivated", name=user.name)


def reactivate(user: User, by: User) -> None:
    """They may enter again, with the password they had."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    append(by.name, "person-reactivated", name=user.name)


def revoke_tokens(user: User, case: str = "") -> None:
    """End what programs enter by: all of a person's keys, or those of one case."""
    live = Token.objects.filter(user=user, revoked=None)
    (live.filter(case=case) if case else live).update(revoked=timezone.now())


def _free_name(name: str) -> str:
    """Somebody invited may bear the account's name already."""
    tried, number = name, 1
    while User.objects.filter(name=tried).exists():
        number += 1
        tried = f"{name}-{number}"
    return tried


def _account() -> str:
    """The account's name on this machine, which the log writes down."""
    try:
        return getpass.getuser()[:60] or "owner"
    except (KeyError, OSError):
        return "owner"
