"""The closed shelf: what looks private stays closed until somebody opens it with a reason, which is logged."""

from django.db import transaction

from crible.model.errors import InputError
from crible.review import audit
from crible.review.models import Opening, User

SHORTEST, LONGEST = 10, 2_000
"""Characters of a reason: a full stop is none."""


def opened(case: str) -> frozenset[str]:
    """Ids of the documents of that case that were taken from the shelf."""
    return frozenset(Opening.objects.filter(case=case).values_list("document", flat=True))


def open_document(by: User, case: str, document: str, reason: str) -> Opening:
    """Take a document from the shelf, for everybody of the case; opened before, the first reason stands.

    Raises InputError `shelf-reason` for a reason too short or too long.
    """
    reason = reason.strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise InputError("shelf-reason", least=SHORTEST, most=LONGEST)
    with transaction.atomic(using="default"):
        opening, fresh = Opening.objects.get_or_create(
            case=case, document=document, defaults={"by": by, "reason": reason}
        )
        if fresh:
            audit.append(by.name, "shelf-open", case=case, document=document, reason=reason)
    return opening


def close_document(by: User, case: str, document: str) -> None:
    """Put it back; the log keeps who had opened it and why."""
    with transaction.atomic(using="default"):
        if Opening.objects.filter(case=case, document=document).delete()[0]:
            audit.append(by.name, "shelf-close", case=case, document=document)
