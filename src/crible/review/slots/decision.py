"""Which decision holds for a document: the number of its row, 0 for none."""

from collections.abc import Collection, Mapping

from django.utils import timezone

from crible.review.models import Decision, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, int]:  # noqa: ARG001
    """One statement."""
    rows = Decision.objects.filter(case=case, document__in=documents, replaced=None).order_by("pk")
    return dict.fromkeys(documents, 0) | dict(rows.values_list("document", "pk"))


def write(case: str, values: Mapping[str, int], key: str, by: User) -> None:  # noqa: ARG001
    """What was decided otherwise stays, as replaced."""
    for document, value in values.items():
        decisions = Decision.objects.filter(case=case, document=document)
        decisions.filter(replaced=None).exclude(pk=value).update(replaced=timezone.now())
        decisions.filter(pk=value).update(replaced=None)
