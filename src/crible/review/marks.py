"""What a person says of a document in one gesture: a state, a tag, a star, who is to look at it.

Each function returns the line of the log, None where nothing changed. Whoever calls has asked for the right.
"""

import unicodedata
from collections.abc import Collection

from django.db import transaction

from crible.model.errors import InputError
from crible.review import audit
from crible.review.change import change, change_many
from crible.review.models import Entry, Membership, Tag, User
from crible.review.slots import Slot

STATES = ("to-read", "relevant", "irrelevant", "to-verify", "cleared")
LONGEST_TAG = 60
MOST_TAGS = 1_000
"""Tags of one case: they are offered as a list."""


def set_state(by: User, case: str, document: str, state: str) -> Entry | None:
    """One of `STATES`, or the empty string for none."""
    return change(by, "state", case, document, Slot("state"), _state(state))


def tag(by: User, case: str, document: str, name: str) -> Entry | None:
    """Put a tag on it; a new one is made."""
    with transaction.atomic(using="default"):
        audit.hold(case)  # two who make it at once must not spell it two ways
        return change(by, "tag", case, document, Slot("tag", spelled(case, name)), True)


def untag(by: User, case: str, document: str, name: str) -> Entry | None:
    """Take a tag off."""
    return change(by, "untag", case, document, Slot("tag", name), False)


def star(by: User, case: str, document: str) -> Entry | None:
    """One's own mark, to find it again."""
    return change(by, "star", case, document, Slot("star", by.name), True)


def unstar(by: User, case: str, document: str) -> Entry | None:
    """Take one's own star off."""
    return change(by, "unstar", case, document, Slot("star", by.name), False)


def assign(by: User, case: str, document: str, name: str) -> Entry | None:
    """To a member of the case, by login name; to nobody for the empty string."""
    return change(by, "assign", case, document, Slot("assigned"), _member(case, name))


def set_states(by: User, case: str, documents: Collection[str], state: str) -> Entry | None:
    """The same state for many."""
    return change_many(by, "state", case, documents, Slot("state"), _state(state))


def tag_many(by: User, case: str, documents: Collection[str], name: str) -> Entry | None:
    """The same tag on many."""
    with transaction.atomic(using="default"):
        audit.hold(case)
        return change_many(by, "tag", case, documents, Slot("tag", spelled(case, name)), True)


def assign_many(by: User, case: str, documents: Collection[str], name: str) -> Entry | None:
    """Many to the same person."""
    return change_many(by, "assign", case, documents, Slot("assigned"), _member(case, name))


def spelled(case: str, name: str) -> str:
    """A tag as it is kept: on one line, and as the case spells it already, whatever its capitals.

    Raises InputError `review-tag` for none or one too long, `review-tags` where the case has its fill of tags.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name)).split())
    if not 0 < len(name) <= LONGEST_TAG:
        raise InputError("review-tag", most=LONGEST_TAG)
    known = {one.casefold(): one for one in Tag.objects.filter(case=case).values_list("name", flat=True)}
    if name.casefold() not in known and len(known) >= MOST_TAGS:
        raise InputError("review-tags", most=MOST_TAGS)
    return known.get(name.casefold(), name)


def _state(state: str) -> str:
    if state and state not in STATES:
        raise InputError("review-state")
    return state


def _member(case: str, name: str) -> str:
    """Raises InputError `review-member` for who has no part in the case."""
    if not name:
        return ""
    found = User.objects.filter(name=name, is_active=True).first()
    if found is None or not (found.owner or Membership.objects.filter(user=found, case=case).exists()):
        raise InputError("review-member")
    return name
