"""The lines of a queue: documents with what people made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crible.review.models import Assignment, State, Tagging
from crible.web.queries.queued import Step


@dataclass(slots=True)
class Row:
    """One document."""

    step: Step
    state: str = ""
    assigned: str = ""
    """As colleagues read it."""
    tags: list[str] = field(default_factory=list)


def rows(case: str, steps: Sequence[Step]) -> list[Row]:
    """Three statements for all of them."""
    found = {step.one.id: Row(step) for step in steps}
    here = {"case": case, "document__in": list(found)}
    for document, state in State.objects.filter(**here).values_list("document", "state"):
        found[document].state = state
    for one in Assignment.objects.filter(**here).select_related("to"):
        found[one.document].assigned = str(one.to)
    for document, name in _tags(here):
        found[document].tags.append(name)
    return list(found.values())


def _tags(here: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    return Tagging.objects.filter(**here).order_by("tag__name").values_list("document", "tag__name")
