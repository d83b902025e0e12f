"""From what an address asks for to the tree that the index is asked: OR within a facet, AND between them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from crible.index.fields import canonical
from crible.index.query import compiled
from crible.index.syntax import check_together, parse
from crible.index.tree import All, Any, Everything, Node, Not, Term
from crible.model.errors import InputError
from crible.store.models import Version
from crible.web.queries import marked as marks
from crible.web.queries import shelf
from crible.web.queries.asked import FACETS, FIELD_OF, Asked

CLUSTER = re.compile(r"cluster:([0-9a-f]{64})")
"""Near copies of one another: the query language knows nothing of them, since the index does not."""
MOST_MEMBERS = 1_000
MOST_MARKS = 8
"""Marks of one search: each may be 5,000 documents by id, and thirty took 5 s."""
_NAME = re.compile(r"([a-z_-]+):")
_GROUPS = frozenset(FIELD_OF.get(facet, facet) for facet in FACETS)


@dataclass(frozen=True, slots=True)
class Parts:
    """A search in the parts that narrow it."""

    words: Node
    groups: Mapping[str, Node] = field(default_factory=dict)
    """By field of the query language: any of the values chosen of it."""
    rest: tuple[Node, ...] = ()
    """What must be so besides: scopes, values excluded."""

    @property
    def whole(self) -> Node:
        """All of it."""
        return self.without("")

    def without(self, name: str) -> Node:
        """All of it but what was chosen of one field: what a facet's other values would bring."""
        groups = (node for name_of, node in self.groups.items() if name_of != name)
        return _all([self.words, *groups, *self.rest])


def parts(asked: Asked, zone: tzinfo) -> Parts:
    """Raises InputError (`query-…`) for what cannot be read; facts must be open where it asks for near copies."""
    groups: dict[str, list[Node]] = {}
    rest: list[Node] = []
    asking: list[Node] = []
    if sum(marks.read(one) is not None for one in asked.chosen) > MOST_MARKS:
        raise InputError("query-terms", position=1, most=MOST_MARKS)
    for one in asked.chosen:
        cluster, marked = CLUSTER.fullmatch(one), marks.read(one)
        if cluster or marked:
            rest.append(
                members(cluster[1]) if cluster else marks.node(shelf.case(), marked) if marked else Everything()
            )
            continue
        node = read(one, zone)
        asking.append(node)
        name = _group(one, node)
        groups.setdefault(name, []).append(node) if name else rest.append(node)
    either = {name: nodes[0] if len(nodes) == 1 else Any(tuple(nodes)) for name, nodes in groups.items()}
    words = read(asked.query, zone)
    check_together([words, *asking])
    return Parts(words, either, tuple(rest))


def read(query: str, zone: tzinfo) -> Node:
    """The tree of one query. Raises InputError, too, where nothing in it holds a letter or digit.

    The index passes such a term over: beside another condition (the closed shelf's, say) it would find everything.
    """
    tree = parse(query, zone)
    compiled(tree)
    return tree


def members(cluster: str) -> Node:
    """The documents of a cluster of near copies, at most MOST_MEMBERS, by id."""
    rows = Version.objects.filter(cluster=bytes.fromhex(cluster)).order_by("document__sha256")
    ids = [bytes(sha256).hex() for sha256 in rows.values_list("document__sha256", flat=True)[:MOST_MEMBERS]]
    if not ids:
        raise InputError("query-value", position=1, field="cluster", value=cluster[:12], values="…")
    return any_of(ids)


def any_of(ids: Iterable[str]) -> Node:
    """Documents with these ids (SHA-256, hex)."""
    return Any(tuple(Term(one, "word", 1, "id") for one in ids))


def _group(text: str, node: Node) -> str:
    """The field whose values are alternatives; empty for what stands by itself (`-type:pdf`, `after:2017`, `(…)`)."""
    name = _NAME.match(text)
    found = canonical(name[1]) if name else None
    if found is None or found.name not in _GROUPS or isinstance(node, All | Any | Not):
        return ""
    return found.name


def _all(nodes: Iterable[Node]) -> Node:
    kept = [node for node in nodes if not isinstance(node, Everything)]
    return All(tuple(kept)) if len(kept) > 1 else kept[0] if kept else Everything()
