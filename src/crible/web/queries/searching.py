"""A search of the desk: hits with why they were found, facets, the spread over time, and what was left out."""

from dataclasses import dataclass
from typing import cast

from crible.index.record import Record
from crible.index.search import NO_SNIPPET, Hit, Results, Sort
from crible.index.snippet import Snippet, snippet
from crible.index.tree import Node
from crible.sift.texts import texts_by_id
from crible.web.queries import shelf
from crible.web.queries.asked import FACETS, LAST_PAGE, MOST_CHOSEN, PER_PAGE, SORTS, Asked, term
from crible.web.queries.faceted import Facet, counts, facets
from crible.web.queries.names import file_name
from crible.web.queries.spread import Chart, chart
from crible.web.queries.trees import parts
from crible.web.served import Served

__all__ = [
    "FACETS", "LAST_PAGE", "MOST_CHOSEN", "PER_PAGE", "SORTS", "Asked", "Found", "Shown", "search", "term", "visible",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with the passage that shows why."""

    hit: Hit
    snippet: Snippet
    title: Snippet = NO_SNIPPET
    """Its subject or file name."""

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The passage in pieces, each with whether it is a find."""
        return _pieces(self.snippet)

    @property
    def titled(self) -> list[tuple[str, bool]]:
        """The title in pieces; empty where nothing names it."""
        return _pieces(self.title)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search."""

    results: Results
    hits: list[Shown]
    facets: list[Facet]
    chart: Chart | None
    closed: int = 0
    """Documents that match and lie on the closed shelf: neither among the hits nor in any other count here."""


def search(served: Served, asked: Asked) -> Found:
    """Ask the index; one statement to the store, for the texts of the page. Raises InputError for a bad query."""
    searcher = served.searcher()
    wanted = parts(asked, served.zone)
    closed = searcher.count(shelf.shelved(wanted.whole))
    tree = shelf.visible(wanted.whole)
    results = page(served, asked, tree)
    texts = texts_by_id([hit.record.id for hit in results.hits])
    hits = [
        Shown(hit, searcher.snippet(tree, hit, texts.get(hit.record.id, ""), opened=True), title(tree, hit.record))
        for hit in results.hits
    ]
    found = counts(searcher, wanted, shelf.visible, asked.more)
    return Found(results, hits, facets(found, asked), chart(found["month"], asked), closed)


def title(tree: Node, record: Record) -> Snippet:
    """What a hit is called, with the finds in it."""
    name = (record.subject if record.kind == "mail" else "") or record.name or file_name(record.path)
    return snippet(tree, name, record.language)


def visible(served: Served, asked: Asked) -> Node:
    """What it asks the index, without what lies on the closed shelf."""
    return shelf.visible(parts(asked, served.zone).whole)


def page(served: Served, asked: Asked, tree: Node, around: int = 0) -> Results:
    """The hits of its page, with so many before and after it."""
    first = (asked.page - 1) * PER_PAGE
    offset = max(0, first - around)
    limit = first + PER_PAGE + around - offset
    return served.searcher().search(tree, offset=offset, limit=limit, sort=cast("Sort", asked.sort), zone=served.zone)


def _pieces(passage: Snippet) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in passage.highlights:
        pieces += [(passage.text[at:start], False), (passage.text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (passage.text[at:], False)] if piece[0]]
