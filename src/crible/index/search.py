"""Asks an index: one hit per message family, facets, and what a search could not cover."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import tantivy
from tantivy import DocAddress, Index, Order, Query

from crible.index import analysis, generations
from crible.index.query import compiled
from crible.index.record import Record
from crible.index.schema import FACETS, KEYWORDS, SCHEMA, STORED
from crible.index.snippet import Snippet, snippet
from crible.index.syntax import parse
from crible.index.tree import Node
from crible.model.errors import CaseError, InputError

CAP = 20_000
"""Documents looked at for families: up to so many finds, the count of families is exact."""

NO_SNIPPET = Snippet("", (), 0, cut_before=False, cut_after=False)
FACET_VALUES = 20
"""Values of a facet, by default."""

_FETCHED = 2_000
"""Facet values fetched before the cut: among equal counts, the first in the alphabet must win, not in the index."""

_DECODE = msgspec.json.Decoder(Record).decode

Sort = Literal["relevance", "date", "-date"]
_ORDERS = {"date": Order.Asc, "-date": Order.Desc}


@dataclass(frozen=True, slots=True)
class Hit:
    """One message family found, by the copy that stands for it: the best graded among those that match."""

    record: Record
    """Without text."""
    score: float
    """Of the copy shown; comparable within one search only."""
    copies: int = 0
    """Other documents of the family, matching or not."""
    matching: int = 1
    """Documents of the family that match."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search, and how much there is."""

    total_documents: int
    total_families: int
    """At least so many where not `exact`."""
    exact: bool
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a search searched."""

    documents: int
    unsearchable: int
    """Documents without readable text: found by name, address and path only."""


class Place(NamedTuple):
    """Where a document stands in this generation; ordered as documents are among equals."""

    tie: int
    segment: int
    document: int


@dataclass(slots=True)
class _Family:
    shown: DocAddress
    rank: int
    score: float
    matching: int = 1


class Searcher:
    """A reader of the generation that was current when it was made; a rebuild does not disturb it.

    May be used by several threads. Raises CaseError where there is no index, or one of another version.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.generation, index = _opened(folder)
        analysis.register(index)
        self._searcher = index.searcher()

    @property
    def coverage(self) -> Coverage:
        """What there is to search, and what of it has no text."""
        return Coverage(self.generation.documents, self.generation.unsearchable)

    def stale(self) -> bool:
        """Whether a newer generation has been published since."""
        return generations.current(self._folder).generation != self.generation.generation

    def search(
        self, query: str | Node, *, offset: int = 0, limit: int = 20, sort: Sort = "relevance", zone: tzinfo = UTC
    ) -> Results:
        """Families found, one hit each. `offset` and `limit` count families.

        A family stands where its first matching copy stands in the order asked for; documents without date come last.
        Raises InputError (`query-…`) for a query that cannot be read.
        """
        total, found = self._found(_tree(query, zone), sort)
        families = self._families(found)
        page = list(families.items())[offset : offset + limit]
        hits = tuple(self._hit(number, family) for number, family in page)
        return Results(total, len(families), total <= CAP, hits)

    def family(self, family: str) -> tuple[Hit, ...]:
        """All documents of a family, best grade first, then by path; at most 1,000."""
        found = self._searcher.search(_term("family", family), limit=1_000).hits
        records = [self._record(address) for _, address in found]
        ranks = self._column("rank", [address for _, address in found])
        ordered = sorted(zip(ranks, records, strict=True), key=lambda pair: (pair[0], pair[1].path, pair[1].id))
        return tuple(Hit(record, 0.0, len(records) - 1, len(records)) for _, record in ordered)

    def get(self, id: str) -> Record | None:  # noqa: A002
        """The document with this id (SHA-256, hex), without its text."""
        return next(iter(self.holding("id", id, 1)), None)

    def holding(self, field: str, value: str, limit: int = 20) -> list[Record]:
        """Documents one of whose values of a keyword field is this; in a stable order."""
        if field not in KEYWORDS:
            raise ValueError(field)
        return self.records(self.places(_term(field, value), limit)[1])

    def places(self, query: Query, limit: int) -> tuple[int, list[Place]]:
        """How many documents a compiled query finds, and the first of them in a stable order."""
        found = _run(lambda: self._searcher.search(query, limit=limit, order_by_field="tie", order=Order.Asc))
        return _count(found), [Place(tie, address.segment_ord, address.doc) for tie, address in found.hits]

    def records(self, places: Iterable[Place]) -> list[Record]:
        """The documents at these places, without their text."""
        return [self._record(DocAddress(place.segment, place.document)) for place in places]

    def count(self, query: str | Node, zone: tzinfo = UTC) -> int:
        """How many documents a search finds, and nothing else of them."""
        tree = compiled(_tree(query, zone))
        return _count(_run(lambda: self._searcher.search(tree, limit=1)))

    def frequency(self, word: str) -> int:
        """Documents whose text holds this exact word (in its indexed form)."""
        return self._searcher.doc_freq("text", word)

    def facets(
        self, query: str | Node, fields: Sequence[str] = FACETS, size: int = FACET_VALUES, zone: tzinfo = UTC
    ) -> dict[str, list[tuple[str, int]]]:
        """Per field, values with the documents found that hold them (not families), most frequent first.

        `month` comes whole and in order of time.
        """
        wanted = {field: {"terms": {"field": field, "size": _FETCHED}} for field in fields}
        tree = compiled(_tree(query, zone))
        answer: dict[str, Any] = _run(lambda: self._searcher.aggregate(tree, wanted))
        return {field: _facet(field, answer[field]["buckets"], size) for field in fields}

    def snippet(
        self,
        query: str | Node,
        hit: Hit,
        text: str | Callable[[str], str],
        zone: tzinfo = UTC,
        *,
        opened: bool = False,
    ) -> Snippet:
        """The passage of the hit's text that shows best why it was found; `text`, or how to get it by id.

        Empty for what looks private, unless it was `opened`: a list of hits shows nothing of it.
        """
        if hit.record.private and not opened:
            return NO_SNIPPET
        whole = text if isinstance(text, str) else text(hit.record.id)
        return snippet(_tree(query, zone), whole, hit.record.language)

    def _found(self, tree: Node, sort: Sort) -> tuple[int, list[tuple[float, DocAddress]]]:
        """How many documents match, and the first CAP of them in order; equals by id, not by place in the index."""
        query = compiled(tree)
        if sort == "relevance":
            found = _run(lambda: self._searcher.search(query, limit=CAP))
            ties = self._column("tie", [address for _, address in found.hits])
            order = sorted(zip(found.hits, ties, strict=True), key=lambda pair: (-pair[0][0], pair[1]))
            return _count(found), [hit for hit, _ in order]
        found = _run(lambda: self._searcher.search(query, limit=CAP, order_by_field="date", order=_ORDERS[sort]))
        ties = self._column("tie", [address for _, address in found.hits])
        sign = 1 if sort == "date" else -1
        dated = [(date is None, sign * (date or 0), tie, at) for (date, at), tie in zip(found.hits, ties, strict=True)]
        dated.sort(key=lambda row: row[:3])
        return _count(found), [(0.0, at) for *_, at in dated]

    def _families(self, found: Iterable[tuple[float, DocAddress]]) -> dict[int, _Family]:
        found = list(found)
        addresses = [address for _, address in found]
        numbers, ranks = self._column("family_number", addresses), self._column("rank", addresses)
        families: dict[int, _Family] = {}
        for (score, address), number, rank in zip(found, numbers, ranks, strict=True):
            family = families.get(number)
            if family is None:
                families[number] = _Family(address, rank, score)
                continue
            family.matching += 1
            if rank < family.rank:
                family.shown, family.rank, family.score = address, rank, score
        return families

    def _hit(self, number: int, family: _Family) -> Hit:
        members = Query.term_query(SCHEMA, "family_number", number)
        count = _count(self._searcher.search(members, limit=1))
        return Hit(self._record(family.shown), family.score, count - 1, family.matching)

    def _record(self, address: DocAddress) -> Record:
        return _DECODE(self._searcher.doc(address).get_first(STORED) or b"")

    def _column(self, field: str, addresses: list[DocAddress]) -> list[int]:
        values: Any = self._searcher.fast_field_values(field, addresses) if addresses else []
        return values  # type: ignore[no-any-return]


def _opened(folder: Path) -> tuple[generations.Generation, Index]:
    """The current generation; twice over, should a writer replace it between reading its name and opening it."""
    for attempt in range(3):
        generation = generations.current(folder)
        try:
            return generation, Index.open(str(folder / generation.generation))
        except (ValueError, OSError) as error:
            if attempt == 2:
                raise CaseError("index-missing", folder=str(folder)) from error
    raise AssertionError


def _tree(query: str | Node, zone: tzinfo) -> Node:
    return parse(query, zone) if isinstance(query, str) else query


def _term(field: str, value: str) -> Query:
    text = analysis.keyword(value)
    return Query.const_score_query(Query.term_query(SCHEMA, field, text), 1.0) if text else Query.empty_query()


def _run(ask: Callable[[], Any]) -> Any:
    """Tantivy's own refusals (a pattern of too many words) as an error that a person can act on."""
    try:
        return ask()
    except ValueError as error:
        raise InputError("query-broad", position=1) from error


def _count(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]


def _facet(field: str, buckets: Iterable[dict[str, Any]], size: int) -> list[tuple[str, int]]:
    counted = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    if field == "month":
        return sorted(counted)
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))[:size]
