"""What is told of a document's versions: its cluster in order, and how each differs from the one on show."""

from dataclasses import dataclass

from crible.assess.relations import Change, Within
from crible.assess.relations import Version as Edge
from crible.sift.packing import unpack
from crible.store.models import Relation, Version

MOST = 50
"""Versions that are listed."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """One version; the document on show is one of them."""

    id: str
    path: str
    level: str
    date: int | None
    """Its own, Unix seconds."""
    by: str = ""
    """What its place rests on: `lineage`, `date`, or empty where it is undatable."""
    side: str = ""
    """`earlier`, `later` or `same` than the one on show; empty if nothing tells."""
    similarity: int | None = None
    """Per cent of words shared with the one on show; None where the two were not set against each other."""
    changes: tuple[Change, ...] = ()
    """Theirs is what the version says."""
    count: int = 0
    reference: bool = False


def siblings(pk: int) -> tuple[Sibling, ...]:
    """A document's versions in their order, itself among them; empty where it has none. Three statements."""
    edges: dict[str, Edge] = {}
    rows = Relation.objects.filter(document=pk, kind="version").values_list("facts", "other__sha256")
    for facts, sha256 in rows:
        edges[bytes(sha256).hex()] = unpack(bytes(facts), Edge)
    cluster = Version.objects.filter(document=pk).values_list("cluster", flat=True).first()
    if cluster is None:
        return ()
    found = Version.objects.filter(cluster=bytes(cluster)).order_by("ordinal").values_list(
        "document__sha256",
        "document__path",
        "document__weighing__level",
        "document__reading__date",
        "by",
        "document__reference",
    )  # fmt: skip
    return tuple(
        _sibling(bytes(sha256).hex(), path, level or "", date, by, reference, edges)
        for sha256, path, level, date, by, reference in found[:MOST]
    )


def held_by(pk: int) -> tuple[str, str] | None:
    """Id and path of the later mail that holds all of this one; None where none does."""
    rows = Relation.objects.filter(document=pk, kind="within").values_list("facts", "other__path")
    row = rows.first()
    return (unpack(bytes(row[0]), Within).id, row[1]) if row else None


def _sibling(
    id_: str, path: str, level: str, date: int | None, by: str, reference: bool, edges: dict[str, Edge]
) -> Sibling:
    edge = edges.get(id_)
    if edge is None:
        return Sibling(id_, path, level, date, by, reference=reference)
    changes = edge.changes
    return Sibling(id_, path, level, date, by, edge.side, edge.similarity, changes, edge.count, reference)
