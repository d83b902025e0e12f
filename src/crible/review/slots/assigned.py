"""Who is to look at a document, by login name; the empty string for nobody."""

from collections.abc import Collection, Mapping

from crible.review.models import Assignment, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, str]:  # noqa: ARG001
    """One statement."""
    rows = Assignment.objects.filter(case=case, document__in=documents).values_list("document", "to__name")
    return dict.fromkeys(documents, "") | dict(rows)


def write(case: str, values: Mapping[str, str], key: str, by: User) -> None:  # noqa: ARG001
    """Three statements; a name that nobody bears assigns nobody."""
    people = {one.name: one for one in User.objects.filter(name__in=set(values.values()))}
    Assignment.objects.filter(case=case, document__in=values).delete()
    Assignment.objects.bulk_create(
        Assignment(case=case, document=one, to=people[name], by=by) for one, name in values.items() if name in people
    )
