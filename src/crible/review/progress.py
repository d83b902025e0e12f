"""How much of a case people have read, and what they made of it."""

from dataclasses import dataclass

from django.db.models import Count

from crible.review.marks import STATES
from crible.review.models import Seen, State


@dataclass(frozen=True, slots=True)
class Progress:
    """In documents."""

    seen: int
    """Had open by at least one person."""
    states: dict[str, int]
    """By state, every state named."""

    @property
    def marked(self) -> int:
        """With any state."""
        return sum(self.states.values())


def of(case: str) -> Progress:
    """Two statements over the marks of the case, which are no more than what people did."""
    seen = Seen.objects.filter(case=case).aggregate(n=Count("document", distinct=True))["n"]
    return Progress(seen or 0, states(case))


def states(case: str) -> dict[str, int]:
    """Documents by state, every state named; one statement."""
    rows = State.objects.filter(case=case).values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(STATES, 0) | dict(rows)
