"""One container with what it lists, and one line of the ledger with all that is known of it."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Count
from django.http import Http404

from crible.model.instant import Instant
from crible.sift.packing import unpack_reading
from crible.sift.sorted import bare_path
from crible.sift.within import private_of
from crible.store.models import Document, Entry, Examination, Reading
from crible.web.queries import shelf
from crible.web.queries.account import Container, Item, container, items, states_of

ELSEWHERE = 20
"""Other places of the same bytes that are shown."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A container: what it says it lists, and what became of that."""

    container: Container
    size: int
    states: dict[str, int]
    sliced: int
    """Bytes of its members that are slices of it."""
    closed: bool
    place: int | None
    """The line at which it is listed itself."""

    @property
    def out(self) -> int:
        """Members that ended."""
        return sum(n for state, n in self.states.items() if state != "todo")


def whole(id: str) -> tuple[Whole, Any]:  # noqa: A002
    """A container by its whole id, and its members in the order in which it lists them; Http404 for anything else."""
    found = Document.objects.filter(sha256=bytes.fromhex(id)).exclude(container="").annotate(entered=Count("members"))
    document = found.first()
    if document is None:
        raise Http404
    private = _private(document.pk)
    closed = shelf.closed(id, private=private)
    members = Entry.objects.filter(parent=document)
    lengths = sum(members.filter(document__isnull=False).values_list("length", flat=True)) if _flat(document) else 0
    place = Entry.objects.filter(path=document.path, document=document).values_list("pk", flat=True).first()
    shown = container(document, private=private)
    states = states_of(members)
    return Whole(shown, document.size, states, lengths, closed, place), members.order_by("ordinal", "pk")


def _flat(document: Document) -> bool:
    return document.container == "mbox"


def _private(pk: int) -> bool:
    return pk in private_of([pk])


@dataclass(frozen=True, slots=True)
class Examined:
    """One examination, done or not."""

    kind: str
    state: str
    pages: int
    reason: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the ledger."""

    item: Item
    name: str
    raw_name: bytes
    """As the container writes it, where that is no UTF-8 or not what is shown; else empty."""
    ordinal: int
    depth: int
    offset: int
    length: int
    declared: int | None
    instants: tuple[Instant, ...]
    closed: bool
    parent: str
    """Id of what lists it; empty at the top."""
    parent_path: str
    source: str
    size: int | None
    """Bytes that came of it; None where none did."""
    isolation: str
    attempts: int
    container: bool
    elsewhere: tuple[Item, ...]
    others: int
    """Further places of the same bytes, shown or not."""
    examined: tuple[Examined, ...]
    defects: tuple[str, ...]
    """What was odd and could be read past; `second-reader` where the first reader gave up."""


def place(pk: int) -> Place:
    """That line; Http404 where the case has none of this number."""
    rows = Entry.objects.filter(pk=pk).select_related("document", "parent", "source")
    entry = rows.first()
    if entry is None:
        raise Http404
    item = items(rows)[0]
    document = entry.document
    closed = item.path != entry.path or _inside_closed(entry)
    others = Entry.objects.filter(document=document).exclude(pk=pk) if document else Entry.objects.none()
    return Place(
        item=item,
        name=bare_path(entry.path).rpartition("/")[2] if closed else entry.name,
        raw_name=b"" if closed else _odd(bytes(entry.raw_name), entry.name),
        ordinal=entry.ordinal,
        depth=entry.depth,
        offset=entry.offset,
        length=entry.length,
        declared=entry.declared,
        instants=tuple(msgspec.convert(entry.instants, list[Instant])),
        closed=closed,
        parent=bytes(entry.parent.sha256).hex() if entry.parent else "",
        parent_path=_path(entry.parent, closed=closed),
        source=entry.source.label if entry.source else "",
        size=document.size if document else None,
        isolation=document.isolation if document else "",
        attempts=document.attempts if document else 0,
        container=bool(document and document.container),
        elsewhere=tuple(items(others.order_by("path", "pk")[:ELSEWHERE])),
        others=others.count(),
        examined=_examined(document),
        defects=_defects(document),
    )


def _path(parent: Document | None, *, closed: bool) -> str:
    path = parent.path if parent else ""
    return bare_path(path) if closed else path


def _inside_closed(entry: Entry) -> bool:
    known = [one for one in (entry.document, entry.parent) if one is not None]
    return any(shelf.closed(bytes(one.sha256).hex(), private=_private(one.pk)) for one in known)


def _odd(raw: bytes, name: str) -> bytes:
    """A part of a mail is shown under its number, a tilde and its name."""
    try:
        return b"" if name.endswith(raw.decode()) else raw
    except UnicodeDecodeError:
        return raw


def _examined(document: Document | None) -> tuple[Examined, ...]:
    if document is None:
        return ()
    rows = Examination.objects.filter(document=document).order_by("kind")
    return tuple(Examined(row.kind, row.state, row.pages, row.reason) for row in rows)


def _defects(document: Document | None) -> tuple[str, ...]:
    facts = Reading.objects.filter(document=document).values_list("facts", flat=True).first() if document else None
    if not facts:
        return ()
    reading = unpack_reading(bytes(facts))
    return reading.file.defects if reading.file else ()
