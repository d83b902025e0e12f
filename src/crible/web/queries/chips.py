"""What was chosen beside the words, in words, each one step from being let go."""

import re
from dataclasses import dataclass

from crible.index.fields import canonical
from crible.index.syntax import parse
from crible.index.tree import Node, Not, Term
from crible.web.queries import marked as marks
from crible.web.queries import shelf
from crible.web.queries.asked import FACETS, FIELD_OF, Asked
from crible.web.queries.trees import CLUSTER, members
from crible.web.served import Served

_FACET_OF = {field: facet for facet, field in FIELD_OF.items()}
_NAMED = re.compile(r"-?([a-z_-]+):")
_DATES = re.compile(r"date:([0-9-]*)(\.\.)?([0-9-]*)")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing chosen."""

    kind: str
    """`facet`, `dates`, `thread`, `family`, `cluster`, `mark`, or `query` for what is shown as it is written."""
    text: str
    """A facet's value, a mark's, the title of a mail or file (empty where none may be shown), or the query."""
    address: str
    """Without it."""
    facet: str = ""
    excluded: bool = False
    first: str = ""
    last: str = ""


def chips(served: Served, asked: Asked) -> list[Chip]:
    """In the order chosen. For what can be read only: the search was run before."""
    return [_chip(served, one, asked.address(chosen=asked.without(one))) for one in asked.chosen]


def _chip(served: Served, text: str, address: str) -> Chip:
    cluster = CLUSTER.fullmatch(text)
    if cluster:
        return Chip("cluster", _title(served, members(cluster[1])), address)
    marked = marks.read(text)
    if marked:
        return Chip("mark", marked.value, address, marked.kind, marked.excluded)
    dates = _DATES.fullmatch(text)
    if dates:
        return Chip("dates", text, address, first=dates[1], last=dates[3] if dates[2] else dates[1])
    named = _NAMED.match(text)
    field = canonical(named[1]) if named else None
    node = parse(text, served.zone)
    excluded = isinstance(node, Not)
    inner = node.inner if isinstance(node, Not) else node
    if field is None or not isinstance(inner, Term):
        return Chip("query", text, address)
    if field.name in ("thread", "family"):
        return Chip(field.name, _title(served, inner), address, excluded=excluded)
    facet = _FACET_OF.get(field.name, field.name)
    # A field without a facet (to, subject, has …) is shown as it is written.
    return Chip("facet", inner.text, address, facet, excluded) if facet in FACETS else Chip("query", text, address)


def _title(served: Served, node: Node) -> str:
    """The earliest document of a scope that may be named, by subject or file name."""
    found = served.searcher().search(shelf.visible(node), limit=1, sort="date").hits
    if not found:
        return ""
    record = found[0].record
    return record.subject or record.name or record.path.rpartition("/")[2]
