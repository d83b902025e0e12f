"""What waits: a queue as its address states it, its documents in order, what stands before and after one of them."""

from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from crible.index.search import Sort
from crible.model.grade import Level
from crible.review import deciding, finding
from crible.review.change import MOST as MOST_OF_SEARCH
from crible.review.change import moves
from crible.review.deciding import DECISIONS
from crible.review.marks import STATES
from crible.review.models import Entry, User
from crible.review.seeing import unseen
from crible.store.models import Weighing
from crible.web.queries import shelf
from crible.web.queries.asked import Asked
from crible.web.queries.names import Named, named
from crible.web.queries.ordered import Ordered
from crible.web.queries.searching import visible
from crible.web.served import Served

KINDS = ("me", "nobody", "second", "star", "noted", "state", "tag", "unread", "decided", "search", "line")
LEVELS = (Level.CONTRADICTED, Level.QUESTIONED)
"""Grades of which it matters that nobody has looked yet."""
MOST_OF_LEVEL = 20_000
STEP = 1_000
AROUND = 10
"""Documents listed before and after the one on show."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which documents, in which order."""

    kind: str = "me"
    value: str = ""
    """A state, a tag, a level, a decision, the query string of a search, a line of the log; else empty."""
    newest: bool = False

    @classmethod
    def of(cls, given: QueryDict) -> "Queue":
        """As the address states it; what makes no sense is one's own."""
        kind, _, value = given.get("queue", "")[:2_000].partition(":")
        known = {"state": STATES, "unread": tuple(LEVELS), "decided": DECISIONS}
        odd = kind == "line" and not (value.isascii() and value.isdigit() and len(value) < 10)
        if kind not in KINDS or odd or (kind in known and value not in known[kind]):
            kind, value = "me", ""
        return cls(kind, value, given.get("order") == "newest")

    @property
    def name(self) -> str:
        """As `of` reads it."""
        return f"{self.kind}:{self.value}" if self.value else self.kind

    def address(self, **more: object) -> str:
        """The query string that asks for it."""
        pairs = [("queue", self.name)] + ([("order", "newest")] if self.newest else [])
        return urlencode([*pairs, *((key, str(value)) for key, value in more.items())])

    @property
    def turned(self) -> "Queue":
        """The other way round."""
        return replace(self, newest=not self.newest)


@dataclass(frozen=True, slots=True)
class Step:
    """One document of a queue, and its place there, from 0."""

    one: Named
    at: int


@dataclass(frozen=True, slots=True)
class Walk:
    """A queue around one of its documents."""

    queue: Queue
    total: int
    at: int | None
    """Its place, from 0; None where it is no longer in the queue: what was just marked may have left it."""
    steps: tuple[Step, ...]
    before: Step | None
    after: Step | None


def documents(served: Served, by: User, queue: Queue) -> Ordered:
    """Its documents in order. Raises InputError for a search that cannot be read."""
    return Ordered(_found(served, by, queue), newest=queue.newest)


def walk(served: Served, by: User, given: QueryDict, shown: str) -> Walk | None:
    """The queue that an address names (`queue`, `order`), around the document on show; None where it names none.

    `at` of the address is where the document stood: once it has left, what came after it stands there now.
    """
    if "queue" not in given:
        return None
    queue = Queue.of(given)
    found = documents(served, by, queue)
    stood = given.get("at", "")
    at, total = found.place(shown), len(found)
    left = int(stood) if stood.isascii() and stood.isdigit() and len(stood) < 6 else 0
    middle = at if at is not None else min(left, total)
    first = max(0, middle - AROUND)
    part = found.part(first, middle + AROUND + 1)
    about = named(part)
    steps = tuple(Step(about[one], n) for n, one in enumerate(part, first) if one in about)
    return Walk(
        queue,
        total,
        at,
        steps,
        next((step for step in reversed(steps) if step.at < middle), None),
        next((step for step in steps if step.at > middle or (at is None and step.at == middle)), None),
    )


def _found(served: Served, by: User, queue: Queue) -> "QuerySet[Any] | list[str]":
    case = served.case.uuid
    if queue.kind == "me":
        return finding.asked(case, by.name)
    if queue.kind == "nobody":
        return finding.open_to_all(case)
    if queue.kind == "second":
        return deciding.waiting(case, by)
    if queue.kind == "star":
        return finding.rows(case, "star", by.name)
    if queue.kind == "noted":
        return finding.ids(case, "noted")
    if queue.kind == "unread":
        return unread(served, queue.value)
    if queue.kind == "search":
        return searched(served, queue.value)
    if queue.kind == "line":
        entry = Entry.objects.filter(case=case, number=int(queue.value)).first()
        return [one for one in moves(entry) if one] if entry else []
    return finding.rows(case, queue.kind, queue.value)


def unread(served: Served, level: str) -> list[str]:
    """Documents of a level that nobody has had open, by path; what lies on the closed shelf is not among them."""
    found = served.kept(f"of-level-{level}", lambda: _of_level(level), shelf.taken())
    parts = (found[start : start + STEP] for start in range(0, len(found), STEP))
    return [one for part in parts for one in unseen(served.case.uuid, part)]


def searched(served: Served, asked: str) -> list[str]:
    """The first thousand finds of a search, one copy of each message, in its order."""
    wanted = Asked.of(QueryDict(asked))
    tree = visible(served, wanted)
    found = served.searcher().search(tree, limit=MOST_OF_SEARCH, sort=cast("Sort", wanted.sort), zone=served.zone)
    return [hit.record.id for hit in found.hits]


def _of_level(level: str) -> list[str]:
    shown = Q(private=False) | Q(document__sha256__in=shelf.taken_digests())
    rows = Weighing.objects.filter(shown, level=level, document__reference=False).order_by("document__path")
    return [bytes(one).hex() for one in rows.values_list("document__sha256", flat=True)[:MOST_OF_LEVEL]]
