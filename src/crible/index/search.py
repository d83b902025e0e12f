"""Asks an index: one hit per message family, facets, and what a search could not cover."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from operator import neg
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec
import tantivy
from tantivy import DocAddress, Order, Query

from crible.index import analysis, generations
from crible.index.opening import opened
from crible.index.query import compiled
from crible.index.record import Record
from crible.index.schema import FACETS, KEYWORDS, SCHEMA, STORED
from crible.index.snippet import Snippet, snippet
from crible.index.syntax import parse
from crible.index.tree import Node
from crible.model.errors import InputError

CAP = 20_000
"""Documents looked at for families: up to so many finds, the count of families is exact."""

NO_SNIPPET = Snippet("", (), 0, cut_before=False, cut_after=False)
FACET_VALUES = 20
"""Values of a facet, by default."""

_FETCHED = 2_000
"""Facet values fetched before the cut: among equal counts, the first in the alphabet must win, not in the index."""

KEPT = 24
"""Answers kept for the next page of the same search, or the next document of it; at CAP an order takes about 3 MB."""

T = TypeVar("T")
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


class _Order(NamedTuple):
    """The documents of a search in the order asked for, column by column, and their families."""

    total: int
    scores: Sequence[float]
    addresses: Sequence[DocAddress]
    numbers: Sequence[int]
    """Each document's family, as the index numbers them."""
    ranks: Sequence[int]
    families: list[int]
    """Each once, in order."""


class Searcher:
    """A reader of the generation that was current when it was made; a rebuild does not disturb it.

    May be used by several threads. Raises CaseError where there is no index, or one of another version.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = opened(folder)
        self.generation = self._opened.generation
        analysis.register(self._opened.index)
        self._searcher = self._opened.index.searcher()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

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
        order = self._order(_tree(query, zone), sort)
        hits = tuple(self._hits(order, order.families[offset : offset + limit]))
        return Results(order.total, len(order.families), order.total <= CAP, hits)

    def families(self, query: str | Node, zone: tzinfo = UTC) -> tuple[int, dict[int, int]]:
        """Documents found, and their families by number, each with the best rank (of GRADES) of those matching.

        Families of the first CAP documents in the order of their ids; numbers mean something in this generation only.
        """
        wanted = compiled(_tree(query, zone))
        found = _run(lambda: self._searcher.search(wanted, limit=CAP, order_by_field="tie", order=Order.Asc))
        addresses = [address for _, address in found.hits]
        best: dict[int, int] = {}
        for number, rank in zip(self._column("family_number", addresses), self._column("rank", addresses), strict=True):
            if rank < best.get(number, rank + 1):
                best[number] = rank
        return _count(found), best

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
        tree = _tree(query, zone)
        return self.once(("facets", tree, tuple(fields), size), lambda: self._counted(tree, fields, size))

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

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """An answer of this generation, made again only when many others were asked for since."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _order(self, tree: Node, sort: Sort) -> _Order:
        return self.once((sort, tree), lambda: self._found(tree, sort))

    def _counted(self, tree: Node, fields: Sequence[str], size: int) -> dict[str, list[tuple[str, int]]]:
        wanted = {field: {"terms": {"field": field, "size": max(_FETCHED, size)}} for field in fields}
        query = compiled(tree)
        answer: dict[str, Any] = _run(lambda: self._searcher.aggregate(query, wanted))
        return {field: _facet(field, answer[field]["buckets"], size) for field in fields}

    def _found(self, tree: Node, sort: Sort) -> _Order:
        """The first CAP documents that match, in order; equals by id, not by place in the index.

        All by whole columns and plain tuples: at CAP, a function of ours called for each would take longer than the
        index itself does.
        """
        query = compiled(tree)
        by, order = (None if sort == "relevance" else "date"), _ORDERS.get(sort, Order.Desc)
        found = _run(lambda: self._searcher.search(query, limit=CAP, order_by_field=by, order=order))
        values, unordered = zip(*found.hits, strict=True) if found.count else ((), ())
        ties = self._column("tie", unordered)
        if sort == "relevance":
            ordered = sorted(zip(map(neg, values), ties, range(len(ties)), strict=True))
        else:
            sign = 1 if sort == "date" else -1
            keys = ((date is None, sign * (date or 0)) for date in values)
            ordered = sorted(zip(keys, ties, range(len(ties)), strict=True))
        places = [row[2] for row in ordered]
        scores = [values[place] for place in places] if sort == "relevance" else [0.0] * len(places)
        addresses = [unordered[place] for place in places]
        numbers, ranks = self._column("family_number", addresses), self._column("rank", addresses)
        return _Order(_count(found), scores, addresses, numbers, ranks, list(dict.fromkeys(numbers)))

    def _hits(self, order: _Order, families: Sequence[int]) -> Iterator[Hit]:
        """The copy that stands for each: of the best rank, then first in the order."""
        best: dict[int, tuple[int, int]] = {}
        wanted = set(families)
        copies = [(number, at) for at, number in enumerate(order.numbers) if number in wanted]
        for number, at in copies:
            shown = (order.ranks[at], at)
            if shown < best.get(number, (shown[0] + 1, 0)):
                best[number] = shown
        matching = Counter(number for number, _ in copies)
        for number in families:
            at = best[number][1]
            members = Query.term_query(SCHEMA, "family_number", number)
            count = _count(self._searcher.search(members, limit=1))
            yield Hit(self._record(order.addresses[at]), order.scores[at], count - 1, matching[number])

    def _record(self, address: DocAddress) -> Record:
        return _DECODE(self._searcher.doc(address).get_first(STORED) or b"")

    def _column(self, field: str, addresses: Sequence[DocAddress]) -> list[int]:
        values: Any = self._searcher.fast_field_values(field, list(addresses)) if addresses else []
        return values  # type: ignore[no-any-return]


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
