"""A list of names or terms against the case: how much each finds, by grade, and which find nothing."""

import time
from dataclasses import dataclass

from crible.index.schema import GRADES
from crible.index.search import Searcher
from crible.model.errors import InputError
from crible.review.models import TermList
from crible.web.queries import shelf
from crible.web.queries.asked import Asked
from crible.web.queries.trees import read
from crible.web.served import Served

PATIENCE = 4.0
"""Seconds after which the rest of a list is left uncounted: each line is then still one click away."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list, counted."""

    text: str
    address: str
    """Query string of its search."""
    families: int = 0
    """Messages and files, copies counted once."""
    documents: int = 0
    grades: tuple[tuple[str, int], ...] = ()
    """Messages and files by best grade among those that match."""
    error: InputError | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole list."""

    found: list[Line]
    absent: list[Line]
    unreadable: list[Line]
    left: list[Line]
    """Not counted for want of time."""

    @property
    def lines(self) -> list[Line]:
        """All of them."""
        return [*self.found, *self.absent, *self.unreadable, *self.left]


def answer(served: Served, kept: TermList) -> Answer:
    """Counted once an index and shelf, then kept; counts only, no text is read."""
    searcher = served.searcher()
    return searcher.once(("terms", kept.pk, shelf.taken()), lambda: _sorted(_count(served, searcher, kept)))


def query(line: str, *, queries: bool) -> str:
    """The query of a line: as it is, or its words in a row."""
    if queries:
        return line
    return f'"{line}"' if '"' not in line else "\u201c" + line.replace("\u201d", " ") + "\u201d"


def _count(served: Served, searcher: Searcher, kept: TermList) -> list[Line]:
    until = time.monotonic() + PATIENCE
    lines = []
    for text in kept.lines:
        wanted = query(text, queries=kept.queries)
        if time.monotonic() > until:
            lines.append(Line(text, Asked(wanted).address(), counted=False))
            continue
        lines.append(_line(served, searcher, text, wanted))
    return lines


def _line(served: Served, searcher: Searcher, text: str, wanted: str) -> Line:
    address = Asked(wanted).address()
    try:
        documents, families = searcher.families(shelf.visible(read(wanted, served.zone)))
    except InputError as error:
        return Line(text, address, error=error)
    ranks = list(families.values())
    grades = tuple((str(level), ranks.count(rank)) for rank, level in enumerate(GRADES) if rank in ranks)
    return Line(text, address, len(families), documents, grades)


def _sorted(lines: list[Line]) -> Answer:
    return Answer(
        [one for one in lines if one.families],
        [one for one in lines if not one.families and one.counted and one.error is None],
        [one for one in lines if one.error is not None],
        [one for one in lines if not one.counted],
    )
