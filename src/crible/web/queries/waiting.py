"""How much waits, in each queue."""

from dataclasses import dataclass

from django.db.models import Count

from crible.review import deciding, finding, progress
from crible.review.models import Tagging, User
from crible.web.queries.queued import LEVELS, Queue, unread
from crible.web.served import Served

TAGS = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue and how many documents it has."""

    queue: Queue
    count: int


def queues(served: Served, by: User) -> dict[str, list[Waiting]]:
    """By heading: `mine`, `unread`, `states`, `tags`; a dozen statements over the marks, none over the facts."""
    case = served.case.uuid
    states = progress.states(case)
    mine = [
        Waiting(Queue("me"), finding.asked(case, by.name).count()),
        Waiting(Queue("second"), deciding.waiting(case, by).count()),
        Waiting(Queue("nobody"), finding.open_to_all(case).count()),
        Waiting(Queue("star"), finding.count(case, "star", by.name)),
    ]
    return {
        "mine": mine,
        "unread": [Waiting(Queue("unread", level), len(unread(served, level))) for level in LEVELS],
        "states": [Waiting(Queue("state", name), count) for name, count in states.items() if count],
        "tags": [Waiting(Queue("tag", name), count) for name, count in tags(case)[:TAGS]],
    }


def tags(case: str) -> list[tuple[str, int]]:
    """Tags in use, the most used first, with their documents."""
    rows = Tagging.objects.filter(case=case).values_list("tag__name").annotate(n=Count("pk"))
    return sorted(rows, key=lambda row: (-row[1], row[0].casefold()))
