"""A search as its address states it: a query, facets chosen, an order, a page."""

import re
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from django.http import QueryDict

from crible.index.search import Hit, Results, Searcher, Sort
from crible.index.snippet import Snippet
from crible.index.syntax import parse
from crible.index.tree import All, Node
from crible.sift.texts import texts_by_id
from crible.web.queries import shelf
from crible.web.served import Served

PER_PAGE = 20
LAST_PAGE = 1_000
SORTS = ("relevance", "-date", "date")
FACETS = ("grade", "class", "kind", "type", "box", "from_address", "language", "badge", "check", "status", "month")
FIELD_OF = {"from_address": "from", "month": "date"}
"""The query field by which a facet's value is asked for, where it is not the facet's own name."""
MOST_CHOSEN = 30
_ADDRESS = re.compile(r"[\w.+%=-]+@[\w.-]+\.[\w-]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    query: str = ""
    chosen: tuple[str, ...] = ()
    """Terms of the query language that facets added (`grade:"proven"`)."""
    sort: str = "relevance"
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> "Asked":
        """As given; what makes no sense falls back to the ordinary."""
        sort, page = given.get("sort", ""), given.get("page", "")
        chosen = tuple(dict.fromkeys(one for one in given.getlist("in") if one))[:MOST_CHOSEN]
        return cls(
            given.get("q", "").strip(),
            chosen,
            sort if sort in SORTS else "relevance",
            min(int(page), LAST_PAGE) if page.isascii() and page.isdigit() and int(page[:6]) > 0 else 1,
        )

    def address(self, **changed: object) -> str:
        """The query string that asks for this, changed so; a change other than of the page goes to the first."""
        asked = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        pairs = [("q", asked.query)] + [("in", one) for one in asked.chosen]
        pairs += [("sort", asked.sort)] if asked.sort != "relevance" else []
        pairs += [("page", str(asked.page))] if asked.page > 1 else []
        return "?" + urlencode(pairs)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    value: str
    count: int
    chosen: bool
    address: str
    """With it, or without it where it is chosen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with the passage that shows why."""

    hit: Hit
    snippet: Snippet

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The passage in pieces, each with whether it is a find."""
        pieces, at = [], 0
        for start, end in self.snippet.highlights:
            pieces += [(self.snippet.text[at:start], False), (self.snippet.text[start:end], True)]
            at = end
        return [piece for piece in [*pieces, (self.snippet.text[at:], False)] if piece[0]]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search."""

    results: Results
    hits: list[Shown]
    facets: dict[str, list[Choice]]
    closed: int = 0
    """Documents that match and lie on the closed shelf: neither among the hits nor in any other count here."""


def search(served: Served, asked: Asked) -> Found:
    """Ask the index; one statement to the store, for the texts of the page. Raises InputError for a bad query."""
    searcher = served.searcher()
    tree = _tree(asked, served)
    sort = cast("Sort", asked.sort)
    closed = searcher.count(shelf.shelved(tree))
    tree = shelf.visible(tree)
    results = searcher.search(tree, offset=(asked.page - 1) * PER_PAGE, limit=PER_PAGE, sort=sort, zone=served.zone)
    texts = texts_by_id([hit.record.id for hit in results.hits])
    hits = [Shown(hit, searcher.snippet(tree, hit, texts.get(hit.record.id, ""), opened=True)) for hit in results.hits]
    return Found(results, hits, _facets(searcher, tree, asked), closed)


def term(facet: str, value: str) -> str:
    """The term that asks for a facet's value. Values come from the dump: quoted, they cannot be read as operators."""
    field = FIELD_OF.get(facet, facet)
    if facet == "month" or (facet == "from_address" and _ADDRESS.fullmatch(value)):
        return f"{field}:{value}"
    return f'{field}:"{value}"' if '"' not in value else f"{field}:\u201c{value.replace(chr(0x201D), ' ')}\u201d"


def _tree(asked: Asked, served: Served) -> Node:
    trees = [parse(one, served.zone) for one in (asked.query, *asked.chosen)]
    return trees[0] if len(trees) == 1 else All(tuple(trees))


def _facets(searcher: Searcher, tree: Node, asked: Asked) -> dict[str, list[Choice]]:
    found = searcher.facets(tree, FACETS)
    choices = {
        facet: [_choice(facet, value, count, asked) for value, count in found[facet] if value] for facet in FACETS
    }
    # A facet of one value tells nothing apart, unless it is chosen and can be let go.
    return {facet: of for facet, of in choices.items() if len(of) > 1 or any(one.chosen for one in of)}


def _choice(facet: str, value: str, count: int, asked: Asked) -> Choice:
    wanted = term(facet, value)
    chosen = wanted in asked.chosen
    others = tuple(one for one in asked.chosen if one != wanted) if chosen else (*asked.chosen, wanted)
    return Choice(value, count, chosen, asked.address(chosen=others))
