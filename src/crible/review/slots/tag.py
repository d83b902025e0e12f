"""Whether a document carries the tag of that name."""

from collections.abc import Collection, Mapping

from crible.review.models import Tag, Tagging, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, bool]:
    """One statement."""
    rows = Tagging.objects.filter(case=case, tag__name=key, document__in=documents)
    return dict.fromkeys(documents, False) | dict.fromkeys(rows.values_list("document", flat=True), True)


def write(case: str, values: Mapping[str, bool], key: str, by: User) -> None:
    """A tag is made as it is used first, and stays to be used again."""
    tag, _ = Tag.objects.get_or_create(case=case, name=key)
    Tagging.objects.filter(tag=tag, document__in=values).delete()
    Tagging.objects.bulk_create(
        Tagging(case=case, document=one, tag=tag, by=by) for one, value in values.items() if value
    )
