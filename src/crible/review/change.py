"""A change of marks: what was, what is, and one line of the log that holds both, in one transaction."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from crible.model.errors import InputError
from crible.review import audit
from crible.review.models import Entry, User
from crible.review.slots import Slot

MOST = 1_000
"""Documents that one act may change: its line names them all."""
MANY = "-many"
"""What ends the name of an act on several documents."""


def change(by: User, act: str, case: str, document: str, slot: Slot, value: Any, **params: Any) -> Entry | None:
    """Give one document's slot a value; the line of the log, None where it has that value already."""
    with transaction.atomic(using="default"):
        audit.hold(case)
        before = slot.read(case, [document])[document]
        if before == value:
            return None
        slot.write(case, {document: value}, by)
        given = {"slot": str(slot), "before": before, "after": value, **params}
        return audit.append(by.name, act, case=case, document=document, **given)


def change_many(by: User, act: str, case: str, documents: Collection[str], slot: Slot, value: Any) -> Entry | None:
    """The same for several, as one line; those that have the value already are left out of it.

    Raises InputError `review-many` for more than `MOST`.
    """
    documents = list(dict.fromkeys(documents))
    if len(documents) > MOST:
        raise InputError("review-many", most=MOST)
    with transaction.atomic(using="default"):
        audit.hold(case)
        moved = {one: [was, value] for one, was in slot.read(case, documents).items() if was != value}
        if not moved:
            return None
        slot.write(case, dict.fromkeys(moved, value), by)
        return audit.append(by.name, act + MANY, case=case, slot=str(slot), moved=moved, count=len(moved), after=value)


def moves(entry: Entry) -> dict[str, tuple[Any, Any]]:
    """What a line changed: document, with its value before and after. Empty for lines that are about no mark."""
    params = entry.params
    if "slot" not in params:
        return {}
    if "moved" in params:
        return {one: (before, after) for one, (before, after) in params["moved"].items()}
    return {entry.document: (params["before"], params["after"])}
