"""The passwords of a case: kept beside it, readable by its owner alone, never logged, never exported."""

import hashlib
import os
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef

from crible.model.errors import InputError
from crible.model.ledger import State
from crible.sift import levels
from crible.store.case import Case
from crible.store.models import Document, Entry

NAME = "passwords.txt"


def keep(case: Case, path: Path) -> None:
    """Add the lines of a file to the case's passwords: later runs need them too. Blanks count; empty lines do not."""
    if not path.is_file():
        raise InputError("passwords-missing", path=str(path))
    try:
        given = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("file-unreadable", path=str(path), detail=type(error).__name__) from error
    lines = list(dict.fromkeys([*passwords(case), *filter(None, given)]))
    fresh = case.folder / f"{NAME}.new"  # a run killed while writing must leave no half file
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    fresh.replace(case.folder / NAME)


def passwords(case: Case) -> tuple[str, ...]:
    """The case's passwords, in the order in which they were given."""
    path = case.folder / NAME
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()


def digest(case: Case) -> str:
    """What they are, in one hash; empty where there are none."""
    given = passwords(case)
    return hashlib.sha256("\0".join(given).encode()).hexdigest() if given else ""


def try_again() -> None:
    """Have what was encrypted opened anew: whole documents, and members of archives that were passed over."""
    refused = Entry.objects.filter(parent=OuterRef("pk"), document=None, state=State.ENCRYPTED)
    while keys := list(Document.objects.filter(Exists(refused)).values_list("pk", flat=True)[: levels.ROWS]):
        with transaction.atomic(using=Document.objects.db):
            Entry.objects.filter(parent__in=keys, document=None, state=State.ENCRYPTED).delete()
            levels.read_again(keys)
    while keys := list(Document.objects.filter(state=State.ENCRYPTED).values_list("pk", flat=True)[: levels.ROWS]):
        levels.read_again(keys)
