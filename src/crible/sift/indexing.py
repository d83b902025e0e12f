"""Feeds the full-text index from the store; the index is a cache and is always built whole."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Count, Max, TextField
from django.db.models.functions import Cast

from crible.index.record import Record
from crible.index.writer import Writer
from crible.model.evidence import Says
from crible.model.grade import Level
from crible.sift.boxes import Boxes
from crible.sift.dossier import named, paths
from crible.sift.kinds import short_type
from crible.sift.packing import inflate, unpack_reading
from crible.sift.sorted import bare_path
from crible.sift.texts import joined, recognised_between
from crible.sift.told import UNGRADED, UNREAD, Mail, graded, read
from crible.sift.within import private_of, within_private
from crible.store.models import Document, Entry, Evidence, Reading, Relation

THREADS = 2
"""Of Tantivy: one kept the coordinator waiting wherever texts are long."""
SPAN = 1000
"""Keys of documents asked about at once: making a query takes 0.7 ms, and there are nine. Texts come one by one."""
Span = tuple[int, int]
"""First and last key."""
FETCHED = 50
"""Documents, with their texts, that are in memory at once."""
SPEAKS = [Says.SUPPORTS, Says.QUESTIONS]
PROVISIONAL = "provisional"
"""The badge of a document that is read and not weighed."""


def rebuild(folder: Path, tick: Callable[[int], None], *, provisional: bool = False) -> None:
    """Build the index of the case at hand beside the one in use, and swap it in.

    A `provisional` one marks what is not weighed yet, and closes what any clue of its own may put on the private shelf,
    with what lies inside it: that is decided only once all has been seen.
    """
    boxes = Boxes.of_case()
    marked = Unweighed() if provisional else None
    with Writer(folder, threads=THREADS, provisional=provisional) as writer:
        last = Document.objects.aggregate(last=Max("pk"))["last"] or 0
        for first in range(1, last + 1, SPAN):
            span = (first, first + SPAN - 1)
            count = 0
            for record in marked.mark(span, boxes) if marked else (found for _, found in records(span, boxes)):
                writer.add(record)
                count += 1
            tick(count)


class Unweighed:
    """Marks records whose documents are not weighed yet, and remembers which of them look private."""

    def __init__(self) -> None:
        self._closed: set[int] = set()

    def mark(self, span: Span, boxes: Boxes) -> Iterator[Record]:
        """The records of these documents, whose spans come in order: containers before their members."""
        self._close(span)
        for row, record in records(span, boxes):
            if row.weighed:
                yield record
            elif not record.mime:
                yield replace(record, private=row.pk in self._closed)
            else:
                badges = (*record.badges, PROVISIONAL)
                yield replace(record, grade=Level.UNATTESTED, badges=badges, private=row.pk in self._closed)

    def _close(self, span: Span) -> None:
        unweighed = Reading.objects.filter(document__pk__range=span, document__weighing__isnull=True)
        for pk, facts in unweighed.values_list("pk", "facts").iterator():
            sorting = unpack_reading(bytes(facts)).sorting
            if sorting and sorting.private:
                self._closed.add(pk)
        rows = Entry.objects.filter(document__pk__range=span, parent__isnull=False).order_by("document_id")
        for pk, parent in rows.values_list("document_id", "parent_id").iterator():
            if parent in self._closed and pk is not None:
                self._closed.add(pk)


class Row(NamedTuple):
    """What three tables hold of a document for the index. The last are None for what was not read, or not weighed."""

    pk: int
    sha256: bytes | memoryview
    path: str
    size: int
    state: str
    container: str
    reference: bool
    date: int | None
    facts: bytes | memoryview | None
    text: bytes | memoryview | None
    grade: str | None
    family: str | None
    thread: str | None
    private: bool | None

    @property
    def weighed(self) -> bool:
        """Whether it has been weighed."""
        return self.grade is not None


def records(span: Span, boxes: Boxes) -> Iterator[tuple[Row, Record]]:
    """What the index is told of the documents whose keys lie in a span, both ends included; by key.

    Asks for single columns: whole dossiers (`sift.dossier`) took half of the time of a build. And asks by span: lists
    of keys took a fifth of what was left.
    """
    around = Around.of(span)
    for row in _rows(span):
        yield row, _record(row, around, boxes)


def _rows(span: Span) -> Iterator[Row]:
    rows = Document.objects.filter(pk__range=span).order_by("pk").values_list(
        "pk", "sha256", "path", "size", "state", "container", "reference",
        "reading__date", "reading__facts", "reading__text",
        Cast("weighing__grade", TextField()),  # as it is written: two of its values are wanted, Django reads them all
        "weighing__family", "weighing__thread", "weighing__private",
    )  # fmt: skip
    return map(Row._make, rows.iterator(chunk_size=FETCHED))


@dataclass(frozen=True, slots=True)
class Around:
    """What other tables say of the documents of a span, by key."""

    listed: dict[int, list[tuple[str, int | None]]]
    """Every path at which a document is listed, and what lists it there."""
    spoke: dict[int, set[str]]
    """The checks that said something of it."""
    parts: dict[int, int]
    """How many members it lists."""
    held: frozenset[int]
    """A later mail holds all of them."""
    pictured: dict[int, str]
    """What was recognised in them."""
    private: frozenset[int]
    """They are not weighed and lie nowhere but in what looks private."""
    holders: frozenset[int]
    """What looks private, of all that lists a document of the span."""

    @classmethod
    def of(cls, span: Span) -> "Around":
        """Those of the documents with these keys."""
        listed = _listed(span)
        unweighed = Document.objects.filter(pk__range=span, weighing__isnull=True).values_list("pk", flat=True)
        held = Relation.objects.filter(document__pk__range=span, kind="within").values_list("document_id", flat=True)
        return cls(
            listed,
            _spoke(span),
            _counted(span),
            frozenset(held),
            recognised_between(*span),
            within_private(list(unweighed)),
            private_of({parent for places in listed.values() for _, parent in places if parent is not None}),
        )


def _record(row: Row, around: Around, boxes: Boxes) -> Record:
    pk, name = row.pk, bytes(row.sha256).hex()
    closed = pk in around.private if row.private is None else row.private
    places = around.listed.get(pk, [])
    where = paths(row.path, (path for path, _ in places))
    if not closed:  # what lies open elsewhere must not tell what a private mail calls it
        inside = {path for path, parent in places if parent in around.holders}
        where = tuple(bare_path(path) if path in inside else path for path in where)
    facts = read(row.facts) if row.facts else UNREAD
    grade = graded(row.grade) if row.grade else UNGRADED
    title = facts.file.title if facts.file else ""
    return Record(
        id=name,
        family=name if row.family is None else row.family,
        mime=facts.mime,
        type=short_type(facts.mime, row.container),
        status=row.state,
        path=where[0],
        paths=where,
        text=joined(inflate(bytes(row.text or b"")), around.pictured.get(pk, "")),
        language=facts.language,
        date=row.date,
        grade=grade.level,
        badges=grade.badges,
        checks=tuple(sorted(around.spoke.get(pk, ()))),
        thread=row.thread or "",
        attachments=around.parts.get(pk, 0) if row.container == "mail" else 0,
        boxes=tuple(sorted({boxes.name(path) for path in where})),
        size=row.size,
        wire=facts.wire.hex(),
        sort=facts.sorting.name if facts.sorting else "",
        inclusive=pk not in around.held,
        reference=row.reference,
        private=closed,
        named=facts.sorting.named if facts.sorting else (),
        **(_of_mail(facts.mail) if facts.mail else {"subject": title, "name": named(where[0])}),
    )


def _of_mail(mail: Mail) -> dict[str, Any]:
    """What a record has of a mail alone."""
    receivers = (*mail.to, *mail.cc, *mail.bcc)
    return {
        "kind": "mail",
        "subject": mail.subject,
        "senders": tuple(map(str, mail.senders)),
        "recipients": tuple(map(str, receivers)),
        "cc": tuple(map(str, mail.cc)),
        "from_address": mail.sender,
        "to_addresses": tuple([one.address for one in receivers]),
        "from_domain": mail.sender.rpartition("@")[2],
        "message_id": mail.message_id,
    }


def _listed(span: Span) -> dict[int, list[tuple[str, int | None]]]:
    found: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    rows = Entry.objects.filter(document__pk__range=span).values_list("document_id", "path", "parent_id")
    for document, path, parent in rows.iterator():
        found[document or 0].append((path, parent))
    return found


def _spoke(span: Span) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Evidence.objects.filter(document__pk__range=span, says__in=SPEAKS)
    for document, check in rows.values_list("document_id", "check_id").iterator():
        found[document].add(check)
    return found


def _counted(span: Span) -> dict[int, int]:
    rows = (
        Entry.objects.filter(parent__pk__range=span, parent__container="mail").values("parent").annotate(n=Count("pk"))
    )
    return dict(rows.values_list("parent", "n"))
