"""Who had a document open."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from crible.review.models import Seen, User

AGAIN = timedelta(minutes=15)
"""A visit sooner after the last writes nothing: turning the pages of a text is one visit."""


def see(by: User, case: str, document: str) -> None:
    """Write down that a person has it open: one statement, a second one at most every quarter of an hour."""
    seen = Seen.objects.filter(case=case, document=document, by=by).first()
    if seen is None:
        Seen.objects.get_or_create(case=case, document=document, by=by)
    elif timezone.now() - seen.last > AGAIN:
        seen.save(update_fields=["last"])


def unseen(case: str, documents: Sequence[str]) -> list[str]:
    """Those of the documents that nobody has had open, in their order; at most a few thousand at once."""
    seen = set(Seen.objects.filter(case=case, document__in=documents).values_list("document", flat=True))
    return [one for one in documents if one not in seen]
