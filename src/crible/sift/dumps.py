"""Two dumps of one case held against each other, container by container: a mirror re-packed, a later release.

Every item of either side is counted once: the same, the same but for line ends and quoting, moved, changed, unread,
missing or added. Mails in a mailbox have no name but a number, which says nothing: they are known by bytes, then by
Message-ID.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from crible.assess.compare import likeness
from crible.assess.relations import Change
from crible.model.errors import InputError
from crible.sift.packing import inflate
from crible.store.models import Entry, Reading, Source

Kind = Literal["same", "reframed", "moved", "changed", "unread", "missing", "added"]
KINDS: tuple[Kind, ...] = ("same", "reframed", "moved", "changed", "unread", "missing", "added")
LEAVES = frozenset({"", "mail", "file"})
"""Documents that are compared as one: what a mail or a file holds changes with it."""
NUMBERED = frozenset({"mbox", "pst"})
"""Containers whose members are named by their place: one mail more, and all behind it have other names."""
ROWS = 500
COMPARED = 200
"""Changed items whose words are set against each other."""


@dataclass(frozen=True, slots=True)
class Item:
    """One leaf of a dump."""

    place: str
    """Path below the dump."""
    container: str
    """Path of the container that lists it, below the dump; empty for the dump itself."""
    named: bool
    """Its place is its name, not a number."""
    pk: int
    sha256: bytes
    """Empty where it has no bytes here."""
    entry: int = 0
    """Its line in the ledger, where it has no bytes: a container met twice lists it once."""
    wire: bytes = b""
    message_id: str = ""

    @property
    def id(self) -> str:
        """SHA-256, hex; empty where it has no bytes."""
        return self.sha256.hex()


@dataclass(frozen=True, slots=True)
class Pair:
    """What became of one item, or of two that are one."""

    kind: Kind
    ours: Item | None
    theirs: Item | None
    changes: tuple[Change, ...] = ()
    """Of changed ones whose text is known on both sides: the passages that tell something first."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One dump against another."""

    ours: str
    theirs: str
    pairs: tuple[Pair, ...]
    """All, in the order of `KINDS`, then by path."""

    def of(self, *kinds: Kind) -> list[Pair]:
        """The pairs of these kinds."""
        return [pair for pair in self.pairs if pair.kind in kinds]

    def counts(self) -> dict[Kind, int]:
        """How many of each kind.

        Ours are all but the added ones, theirs all but the missing ones.
        """
        counted = Counter(pair.kind for pair in self.pairs)
        return {kind: counted[kind] for kind in KINDS}

    def by_container(self) -> list[tuple[str, dict[Kind, int]]]:
        """The same for each container that has any: what lies there in ours, and what theirs adds there."""
        counted: dict[str, Counter[Kind]] = defaultdict(Counter)
        for pair in self.pairs:
            lies = pair.ours or pair.theirs
            if lies is not None:
                counted[lies.container][pair.kind] += 1
        return [(name, {kind: counted[name][kind] for kind in KINDS}) for name in sorted(counted)]


def compare(ours: str, theirs: str) -> Comparison:
    """Hold two dumps, or two containers, of the case at hand against each other.

    Each is the label of a source or the path of a container. Raises InputError for a name that is neither.
    """
    pairs = sorted(_paired(_listed(ours), _listed(theirs)), key=_order)
    return Comparison(ours, theirs, tuple(_worded(pairs)))


def as_json(found: Comparison) -> dict[str, object]:
    """As `crible compare --json` prints it: counts, containers, and every item that is not the same."""
    told = found.of(*KINDS[1:])
    return {
        "format": 1,
        "ours": found.ours,
        "theirs": found.theirs,
        "counts": found.counts(),
        "containers": [{"path": name, **counts} for name, counts in found.by_container()],
        "items": [_line(pair) for pair in told],
    }


def _line(pair: Pair) -> dict[str, object]:
    return {
        "kind": pair.kind,
        "ours": pair.ours.place if pair.ours else None,
        "theirs": pair.theirs.place if pair.theirs else None,
        "id": pair.ours.id or None if pair.ours else None,
        "their_id": pair.theirs.id or None if pair.theirs else None,
        "changes": [{"ours": one.ours, "theirs": one.theirs, "kinds": list(one.kinds)} for one in pair.changes],
    }


def _listed(name: str) -> list[Item]:
    """All leaves below a source or a container."""
    entries = Entry.objects.order_by("ordinal")
    source = Source.objects.filter(label=name).first()
    if source is not None:
        level, kind = entries.filter(source=source), source.kind
    else:
        entry = Entry.objects.filter(path=name, document__isnull=False).select_related("document").first()
        if entry is None or entry.document is None or entry.document.container in LEAVES:
            known = ", ".join(Source.objects.order_by("label").values_list("label", flat=True))
            raise InputError("compare-unknown", name=name, known=known)
        level, kind = entries.filter(parent=entry.document), entry.document.container
    return [*_told(_leaves([("", kind, list(level.values_list(*COLUMNS)))]))]


COLUMNS = ("pk", "name", "document_id", "document__sha256", "document__container")
Row = tuple[int, str, int | None, bytes | None, str | None]


def _leaves(level: list[tuple[str, str, list[Row]]]) -> list[Item]:
    """Walks down level by level: (place of what lists them, its kind, rows) to leaves."""
    found: list[Item] = []
    while level:
        below: list[tuple[str, str, int]] = []
        for place, kind, rows in level:
            for entry, name, pk, sha256, container in rows:
                here = f"{place}/{name}".strip("/")
                if pk is None or sha256 is None or container in LEAVES or container is None:
                    line = 0 if sha256 else entry
                    found.append(Item(here, place, kind not in NUMBERED, pk or 0, bytes(sha256 or b""), line))
                else:
                    below.append((here, container, pk))
        members = _members({pk for _, _, pk in below})
        level = [(place, kind, members[pk]) for place, kind, pk in below]
    return found


def _members(keys: set[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for some in _chunks(sorted(keys)):
        rows = Entry.objects.filter(parent__in=some).order_by("parent", "ordinal")
        for parent, *row in rows.values_list("parent_id", *COLUMNS):
            found[parent or 0].append(tuple(row))
    return found


def _told(items: list[Item]) -> Iterator[Item]:
    """The items, those that are mails with Message-ID and wire form."""
    read: dict[int, tuple[str, bytes]] = {}
    for some in _chunks(sorted({item.pk for item in items})):
        rows = Reading.objects.filter(pk__in=some, kind="mail").values_list("pk", "message_id", "wire")
        read |= {pk: (message_id, bytes(wire)) for pk, message_id, wire in rows}
    for item in items:
        message_id, wire = read.get(item.pk, ("", b""))
        yield replace(item, message_id=message_id, wire=wire) if wire else item


def _paired(ours: list[Item], theirs: list[Item]) -> Iterator[Pair]:
    """Every item once. Each step takes what the one before has left."""
    steps: tuple[tuple[Kind, Callable[[Item], object]], ...] = (
        ("same", lambda item: (item.place, item.sha256, item.entry)),
        ("same", lambda item: not item.named and item.sha256 and (item.container, item.sha256)),
        ("reframed", lambda item: item.wire and (item.container, item.wire)),
        ("moved", lambda item: item.sha256),
        ("moved", lambda item: item.wire),
        ("changed", lambda item: item.message_id and (item.container, item.message_id)),
        ("changed", lambda item: item.message_id),
        ("changed", lambda item: item.named and not item.message_id and item.place),
    )
    for kind, key in steps:
        waiting: dict[object, list[Item]] = defaultdict(list)
        for item in reversed(theirs):
            waiting[key(item)].append(item)
        left = []
        taken: set[int] = set()
        for item in ours:
            name = key(item)
            if name and waiting.get(name):
                other = waiting[name].pop()
                taken.add(id(other))
                told = item.sha256 and other.sha256
                yield Pair(kind if told or kind == "same" else "unread", item, other)
            else:
                left.append(item)
        ours, theirs = left, [item for item in theirs if id(item) not in taken]
    yield from (Pair("missing", item, None) for item in ours)
    yield from (Pair("added", None, item) for item in theirs)


def _order(pair: Pair) -> tuple[int, str, str]:
    return KINDS.index(pair.kind), pair.ours.place if pair.ours else "", pair.theirs.place if pair.theirs else ""


def _worded(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs, the first of the changed ones with what differs."""
    room = COMPARED
    for pair in pairs:
        if pair.kind != "changed" or not room or pair.ours is None or pair.theirs is None:
            yield pair
            continue
        room -= 1
        texts = dict(Reading.objects.filter(pk__in=[pair.ours.pk, pair.theirs.pk]).values_list("pk", "text"))
        mine, its = (inflate(bytes(texts.get(key) or b"\0")) for key in (pair.ours.pk, pair.theirs.pk))
        yield replace(pair, changes=likeness(mine, its).changes) if mine and its else pair


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), ROWS):
        yield keys[start : start + ROWS]
