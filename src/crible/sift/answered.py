"""The mail that each mail answers, where the dump holds it."""

from collections.abc import Sequence

from crible.assess.relations import Parent
from crible.sift.recurring import subject_tail
from crible.store.models import Reading


def answered(keys: Sequence[int]) -> dict[int, Parent]:
    """By primary key of the answer. Of several copies the earliest counts: the others may be dated by anybody."""
    children = Reading.objects.filter(pk__in=keys, kind="mail").exclude(in_reply_to="")
    asked = list(children.values_list("pk", "in_reply_to", "subject", "date"))
    names = {name for _, name, _, _ in asked}
    known: dict[str, tuple[int, str, str]] = {}
    rows = Reading.objects.filter(message_id__in=names, date__isnull=False, kind="mail")
    for name, date, sha256, subject in rows.values_list("message_id", "date", "document__sha256", "subject"):
        row = (int(date or 0), bytes(sha256).hex(), subject)
        known[name] = min(known.get(name, row), row)
    found = {}
    for pk, name, subject, date in asked:
        if name in known and date is not None and known[name][0] > date:
            seconds, id_, its = known[name]
            found[pk] = Parent(id_, seconds, its, related=subject_tail(subject) == subject_tail(its))
    return found
