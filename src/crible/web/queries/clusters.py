"""Clusters of versions: near copies of one another, those first whose figures, names or dates differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from crible.assess.relations import Change
from crible.assess.relations import Version as Edge
from crible.model.grade import SIGNS
from crible.sift.packing import unpack
from crible.store.models import Document, Relation, Version
from crible.web.queries import shelf
from crible.web.queries.names import Named, listed, named
from crible.web.served import Served

PER_PAGE = 20
STEPS = 50
"""Versions of one cluster on a page."""
CHANGES = 3
"""Differences that are told in a line."""
BEST = [str(level) for level in SIGNS]
WORTH = ("iban", "number", "date", "name", "negation")
"""What is asked about first; a cluster counts by the first of these that differs in it."""


@dataclass(frozen=True, slots=True)
class _Member:
    pk: int
    id: str
    date: int | None
    private: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two versions that were set against each other."""

    ours: int
    theirs: int
    worth: int
    """Place in WORTH of the gravest of their differences; past its end where only words differ."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    id: str
    members: tuple[_Member, ...]
    pairs: tuple[_Pair, ...]

    @property
    def worth(self) -> int:
        return min((pair.worth for pair in self.pairs), default=len(WORTH) + 1)


@dataclass(frozen=True, slots=True)
class Cluster:
    """One line of the list."""

    id: str
    """Of its member with the smallest id."""
    count: int
    first: int | None
    last: int | None
    """Earliest and latest date that its members bear, Unix seconds."""
    kind: str
    """The gravest kind of difference; `words`, or empty where none was told."""
    ours: Named
    theirs: Named
    """The two that differ so; or the first two."""
    changes: tuple[Change, ...]
    more: int
    """Differences of the two that are not among `changes`."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """One page of them."""

    clusters: tuple[Cluster, ...]
    total: int
    closed: int
    """Clusters of which less than two versions are off the closed shelf."""


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and what changed since the one before it."""

    named: Named
    by: str
    """What its place rests on: `lineage`, `date`, or empty."""
    reference: bool
    before: Named | None
    changes: tuple[Change, ...] = ()
    """Ours is what the one before says."""
    count: int = 0
    similarity: int | None = None
    """None where the sift did not set the two against each other."""

    @property
    def tied(self) -> bool:
        """It bears the very date of the one before."""
        return self.by == "date" and self.before is not None and self.named.date == self.before.date

    @property
    def more(self) -> int:
        """Differences that are not listed."""
        return max(0, self.count - len(self.changes))


def clusters(served: Served, number: int) -> Clusters:
    """A page of the list; three statements once the case's clusters are known."""
    every = served.kept("version-clusters", _every)
    visible = [one for one in map(_visible, every) if len(one.members) > 1]
    visible.sort(key=lambda one: (one.worth, -len(one.members), one.id))
    some = visible[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Clusters(tuple(_told(some)), len(visible), len(every) - len(visible))


def _every() -> tuple[_Cluster, ...]:
    """All of the case: two statements, and each pair's differences read once."""
    members: dict[bytes, list[_Member]] = {}
    rows = Version.objects.order_by("cluster", "ordinal").values_list(
        "cluster", "document_id", "document__sha256", "document__reading__date", "document__weighing__private"
    )
    for cluster, pk, sha256, date, private in rows.iterator():
        members.setdefault(bytes(cluster), []).append(_Member(pk, bytes(sha256).hex(), date, private is not False))
    pairs: dict[int, list[_Pair]] = {}
    for pk, other, facts in _relations().iterator():
        if pk < other:
            pairs.setdefault(pk, []).append(_Pair(pk, other, _worth(unpack(bytes(facts), Edge).changes)))
    return tuple(
        _Cluster(cluster.hex(), tuple(some), tuple(pair for one in some for pair in pairs.get(one.pk, ())))
        for cluster, some in members.items()
    )


def _relations() -> QuerySet[Relation, tuple[int, int, bytes | memoryview]]:
    return Relation.objects.filter(kind="version").values_list("document_id", "other_id", "facts")


def _worth(changes: Iterable[Change]) -> int:
    kinds = {kind for change in changes for kind in change.kinds}
    return next((place for place, kind in enumerate(WORTH) if kind in kinds), len(WORTH))


def _visible(cluster: _Cluster) -> _Cluster:
    """Without what lies on the closed shelf: it has no place among what is shown first."""
    closed = {one.pk for one in cluster.members if one.private and shelf.closed(one.id, private=True)}
    if not closed:
        return cluster
    return _Cluster(
        cluster.id,
        tuple(one for one in cluster.members if one.pk not in closed),
        tuple(pair for pair in cluster.pairs if not closed & {pair.ours, pair.theirs}),
    )


def _told(some: Sequence[_Cluster]) -> Iterator[Cluster]:
    pairs = {one.id: min(one.pairs, key=lambda pair: (pair.worth, pair.ours), default=None) for one in some}
    keys = [pk for pair in pairs.values() if pair for pk in (pair.ours, pair.theirs)]
    found = _relations().filter(document__in=keys, other__in=keys) if keys else ()
    edges = {(pk, other): unpack(bytes(facts), Edge) for pk, other, facts in found}
    ids = {member.pk: member.id for one in some for member in one.members}
    names = named(ids.values())
    for one in some:
        pair = pairs[one.id]
        first, second = (pair.ours, pair.theirs) if pair else (one.members[0].pk, one.members[1].pk)
        if _grade(names[ids[first]]) < _grade(names[ids[second]]):
            first, second = second, first  # what is vouched for stands on the right, as the signed copy does
        edge = edges.get((first, second))
        changes = edge.changes[:CHANGES] if edge else ()
        dates = [member.date for member in one.members if member.date is not None]
        yield Cluster(
            one.id,
            len(one.members),
            min(dates, default=None),
            max(dates, default=None),
            (*WORTH, "words")[pair.worth] if pair and changes else "",
            names[ids[first]],
            names[ids[second]],
            changes,
            max(0, edge.count - len(changes)) if edge else 0,
        )


def _grade(one: Named) -> int:
    return BEST.index(one.level) if one.level in BEST else len(BEST)


def steps(cluster: str, number: int) -> tuple[list[Step], int]:
    """A page of a cluster's versions in their order, and how many there are; four statements."""
    of = Version.objects.filter(cluster=bytes.fromhex(cluster)).order_by("ordinal")
    start = (number - 1) * STEPS
    # One more before the page: its first version is told against it.
    rows = list(of.values_list("document_id", "by", "document__reference")[max(0, start - 1) : start + STEPS])
    keys = [pk for pk, _, _ in rows]
    found = Document.objects.filter(pk__in=keys)
    known = dict(zip(found.order_by("pk").values_list("pk", flat=True), listed(found.order_by("pk")), strict=True))
    edges = _consecutive(keys)
    told = [
        _step(known, edges, rows[place - 1][0] if place else None, *row)
        for place, row in enumerate(rows)
        if row[0] in known
    ]
    return told[1 if start else 0 :], of.count()


def cluster_of(pk: int) -> str:
    """The cluster of a document that has versions."""
    return bytes(Version.objects.filter(document=pk).values_list("cluster", flat=True).get()).hex()


def _consecutive(keys: Sequence[int]) -> dict[tuple[int, int], Edge]:
    """What each says of the one that follows it, where the two were set against each other."""
    wanted = set(pairwise(keys))
    rows = _relations().filter(document__in=keys, other__in=keys)
    return {(pk, other): unpack(bytes(facts), Edge) for pk, other, facts in rows if (pk, other) in wanted}


def _step(
    known: Mapping[int, Named],
    edges: Mapping[tuple[int, int], Edge],
    before: int | None,
    pk: int,
    by: str,
    reference: bool,
) -> Step:
    named_, last = known[pk], known.get(before) if before is not None else None
    edge = edges.get((before, pk)) if before is not None else None
    if edge is None or last is None or named_.closed or last.closed:
        return Step(named_, by, reference, last)
    return Step(named_, by, reference, last, edge.changes, edge.count, edge.similarity)
