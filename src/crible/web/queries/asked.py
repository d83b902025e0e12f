"""A search as its address states it: a query, what was chosen beside it, an order, a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from crible.web.queries.marked import lift

PER_PAGE = 20
LAST_PAGE = 1_000
SORTS = ("relevance", "-date", "date")
FACETS = ("grade", "class", "kind", "type", "box", "from_address", "language", "badge", "check", "status", "month")
FIELD_OF = {"from_address": "from", "month": "date"}
"""The query field by which a facet's value is asked for, where it is not the facet's own name."""
MOST_CHOSEN = 30
_ADDRESS = re.compile(r"[\w.+%=-]+@[\w.-]+\.[\w-]+")
_DATES = re.compile(r"date:[0-9.-]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    query: str = ""
    chosen: tuple[str, ...] = ()
    """Terms of the query language (`grade:"proven"`, `-type:"pdf"`, `date:2017-01..2017-03`), `cluster:SHA-256`,
    and marks (`tag:budget`), which were lifted out of the words."""
    sort: str = "relevance"
    page: int = 1
    more: str = ""
    """The facet that is shown with all its values."""

    @classmethod
    def of(cls, given: QueryDict) -> "Asked":
        """As given; what makes no sense falls back to the ordinary."""
        sort, page, more = given.get("sort", ""), given.get("page", ""), given.get("more", "")
        query, marks = lift(given.get("q", "").strip())
        chosen = tuple(dict.fromkeys(one for one in (*given.getlist("in"), *marks) if one))[:MOST_CHOSEN]
        return cls(
            query,
            chosen,
            sort if sort in SORTS else "relevance",
            min(int(page[:6]), LAST_PAGE) if page.isascii() and page.isdigit() and int(page[:6]) > 0 else 1,
            more if more in FACETS else "",
        )

    def address(self, **changed: object) -> str:
        """The query string that asks for this, changed so; a change other than of the page goes to the first."""
        asked = replace(self, **{"page": 1, "more": "", **changed})  # type: ignore[arg-type]
        pairs = [("q", asked.query)] + [("in", one) for one in asked.chosen]
        pairs += [("sort", asked.sort)] if asked.sort != "relevance" else []
        pairs += [("more", asked.more)] if asked.more else []
        pairs += [("page", str(asked.page))] if asked.page > 1 else []
        return "?" + urlencode(pairs)

    @property
    def kept(self) -> str:
        """What it asks, without order and page: two searches of the same kind have the same."""
        return self.address(sort="relevance")[1:]

    @property
    def here(self) -> str:
        """What leads back to this very page of it."""
        return self.address(page=self.page)[1:]

    @property
    def inside(self) -> str:
        """The words as one term, to search among what they found."""
        return f"({self.query})" if self.query else ""

    @property
    def anything(self) -> bool:
        """Whether it asks for something rather than for all there is."""
        return bool(self.chosen or self.query.strip("* "))

    @property
    def dates(self) -> tuple[str, ...]:
        """The spans of time chosen."""
        return tuple(one for one in self.chosen if _DATES.fullmatch(one))

    @property
    def undated(self) -> tuple[str, ...]:
        """All that is chosen but spans of time."""
        return tuple(one for one in self.chosen if not _DATES.fullmatch(one))

    def without(self, *terms: str) -> tuple[str, ...]:
        """What is chosen, these left out."""
        return tuple(one for one in self.chosen if one not in terms)


def term(facet: str, value: str) -> str:
    """The term that asks for a facet's value. Values come from the dump: quoted, they cannot be read as operators."""
    field = FIELD_OF.get(facet, facet)
    if facet == "month" or (facet == "from_address" and _ADDRESS.fullmatch(value)):
        return f"{field}:{value}"
    return f'{field}:"{value}"' if '"' not in value else f"{field}:\u201c{value.replace(chr(0x201D), ' ')}\u201d"


def span(first: str, last: str) -> str:
    """The term for a span of months or years, both ends within; either may be empty."""
    return f"date:{first}" if first == last else f"date:{first}..{last}"


def fields(asked: Asked, leaving: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a form carries along so that it asks for the same, but for these parameters."""
    pairs = [("q", asked.query), *(("in", one) for one in asked.chosen)]
    pairs += [("sort", asked.sort)] if asked.sort != "relevance" else []
    left = set(leaving)
    return [(name, value) for name, value in pairs if name not in left]
