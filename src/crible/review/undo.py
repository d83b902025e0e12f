"""Undo: a change is set back by the one who made it, or by an editor, unless somebody changed the same since."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from crible.model.errors import InputError
from crible.review import audit
from crible.review.change import MANY, moves
from crible.review.models import Entry, User
from crible.review.rights import Right, may, role_of
from crible.review.slots import Slot

OWN = frozenset({"star", "second"})
"""Kinds that nobody else sets back: a star is one's own, and so is what a second person said of a decision."""
DECIDED = frozenset({"decision", "second"})
BACK = 200
"""Lines of one's own that are looked through for the last that can be undone."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of it."""

    of: Entry
    entry: Entry | None
    """The line that says so; None where nothing could be set back."""
    kept: int
    """Documents on which somebody changed the same since."""
    since: Entry | None
    """The last such change, where its line can be named."""


def undo(by: User, case: str, number: int) -> Undone:
    """Set back what the line of that number changed.

    Raises InputError `review-undo` where there is nothing of the kind, `review-undo-others` where it is another's.
    """
    with transaction.atomic(using="default"):
        audit.hold(case)
        of = Entry.objects.filter(case=case, number=number).first()
        if of is None or not moves(of):
            raise InputError("review-undo")
        if not may_undo(by, of):
            raise InputError("review-undo-others")
        return _set_back(by, of)


def undo_last(by: User, case: str) -> Undone:
    """Set back one's own last change that is not yet undone; asked again, the one before. Raises InputError."""
    of = last(by, case)
    if of is None:
        raise InputError("review-undo")
    return undo(by, case, of.number)


def last(by: User, case: str) -> Entry | None:
    """One's own last change that is not undone. What was undone, and then that undone, stands again."""
    gone: set[int] = set()
    for entry in Entry.objects.filter(case=case, by=by.name).order_by("-number")[:BACK]:
        if entry.number in gone or not moves(entry):
            continue
        if "of" not in entry.params:
            return entry
        gone.add(entry.params["of"])
    return None


def may_undo(by: User, of: Entry) -> bool:
    """Whether that person may set that line back."""
    role, kind = role_of(by, of.case), Slot.of(of.params["slot"]).kind
    if not may(role, Right.DECIDE if kind in DECIDED else Right.REVIEW):
        return False
    return of.by == by.name or (kind not in OWN and may(role, Right.DECIDE))


def _set_back(by: User, of: Entry) -> Undone:
    slot, moved = Slot.of(of.params["slot"]), moves(of)
    present = slot.read(of.case, moved)
    back = {one: before for one, (before, after) in moved.items() if present[one] == after}
    changed = [one for one in moved if one not in back]
    since = _since(of, slot, changed[0]) if changed else None
    if not back:
        return Undone(of, None, len(changed), since)
    slot.write(of.case, back, by)
    params: dict[str, Any] = {"of": of.number, "slot": str(slot), "undone": of.act}
    if of.document:
        params |= {"before": present[of.document], "after": back[of.document]}
        entry = audit.append(by.name, "undo", case=of.case, document=of.document, **params)
    else:
        params |= {"moved": {one: [present[one], value] for one, value in back.items()}, "count": len(back)}
        entry = audit.append(by.name, "undo" + MANY, case=of.case, **params)
    return Undone(of, entry, len(changed), since)


def _since(of: Entry, slot: Slot, document: str) -> Entry | None:
    """The last line after it that changed the same of the same document."""
    later = Entry.objects.filter(case=of.case, number__gt=of.number)
    about = later.filter(Q(document=document) | Q(document="", act__endswith=MANY)).order_by("-number")[:BACK]
    return next((one for one in about if one.params.get("slot") == str(slot) and document in moves(one)), None)
