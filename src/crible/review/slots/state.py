"""Where a document stands in the review; the empty string for what nobody touched."""

from collections.abc import Collection, Mapping

from crible.review.models import State, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, str]:  # noqa: ARG001
    """One statement."""
    rows = State.objects.filter(case=case, document__in=documents).values_list("document", "state")
    return dict.fromkeys(documents, "") | dict(rows)


def write(case: str, values: Mapping[str, str], key: str, by: User) -> None:  # noqa: ARG001
    """Two statements."""
    State.objects.filter(case=case, document__in=values).delete()
    State.objects.bulk_create(
        State(case=case, document=one, state=value, by=by) for one, value in values.items() if value
    )
