"""Whether the person of that name has starred a document."""

from collections.abc import Collection, Mapping

from crible.review.models import Star, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, bool]:
    """One statement."""
    rows = Star.objects.filter(case=case, by__name=key, document__in=documents).values_list("document", flat=True)
    return dict.fromkeys(documents, False) | dict.fromkeys(rows, True)


def write(case: str, values: Mapping[str, bool], key: str, by: User) -> None:
    """Always one's own: `key` is the name of whoever writes."""
    Star.objects.filter(case=case, by=by, by__name=key, document__in=values).delete()
    Star.objects.bulk_create(Star(case=case, document=one, by=by) for one, value in values.items() if value)
