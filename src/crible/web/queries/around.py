"""One page of a search as the list beside a document: one question to the index, no facets, no snippets."""

from dataclasses import dataclass, replace

from crible.index.search import Hit
from crible.web.queries.asked import PER_PAGE, Asked
from crible.web.queries.searching import page, visible
from crible.web.served import Served


@dataclass(frozen=True, slots=True)
class Line:
    """One hit of the list."""

    hit: Hit
    here: str
    """Query string of the page of the search it stands on."""
    current: bool = False

    @property
    def who(self) -> str:
        """The sender's name; the address where there is none."""
        first = next(iter(self.hit.record.senders), "")
        name, _, address = first.rpartition(" ")
        return name if name and "@" in address else first


@dataclass(frozen=True, slots=True)
class Around:
    """The list, and what stands before and after the document on show."""

    asked: Asked
    lines: list[Line]
    total: int
    exact: bool
    first: int
    """Place of the first line among all, from 1."""
    place: int
    """Of the document on show; 0 where the search no longer finds it."""
    before: Line | None
    after: Line | None


def around(served: Served, asked: Asked, shown: str, family: str) -> Around:
    """The page and one hit on either side of it. Raises InputError for a search that cannot be read."""
    results = page(served, asked, visible(served, asked), around=1)
    first = (asked.page - 1) * PER_PAGE
    offset = max(0, first - 1)
    lines = [_line(hit, asked, offset + n, shown, family) for n, hit in enumerate(results.hits)]
    at = next((n for n, line in enumerate(lines) if line.current), None)
    lead = first - offset
    return Around(
        asked,
        lines[lead : lead + PER_PAGE],
        results.total_families,
        results.exact,
        first + 1,
        0 if at is None else offset + at + 1,
        lines[at - 1] if at else None,
        lines[at + 1] if at is not None and at + 1 < len(lines) else None,
    )


def _line(hit: Hit, asked: Asked, place: int, shown: str, family: str) -> Line:
    """Its page is that of its own place: the hits at the edges belong to the pages before and after."""
    of = replace(asked, page=place // PER_PAGE + 1)
    current = hit.record.id == shown or bool(family and hit.record.family == family)
    return Line(hit, of.here, current)
