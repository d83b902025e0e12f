"""Feeds the full-text index from the store; the index is a cache and is always built whole."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from django.db.models import Count

from crible.index.record import Record
from crible.index.writer import Writer
from crible.model.evidence import Says
from crible.model.facts import Mailbox
from crible.model.facts import Reading as Facts
from crible.model.grade import Level
from crible.sift.boxes import Boxes
from crible.sift.dossier import CHUNK, named, paths
from crible.sift.kinds import short_type
from crible.sift.packing import inflate, unpack_reading
from crible.sift.sorted import bare_path
from crible.sift.texts import joined, recognised
from crible.sift.within import places_of, private_of, within_private
from crible.store.models import Document, Entry, Evidence, Reading, Relation, Weighing

THREADS = 2
"""Of Tantivy: one kept the coordinator waiting wherever texts are long."""
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
        last = 0
        rows = Document.objects.order_by("pk").values_list(
            "pk", "sha256", "path", "size", "state", "container", "reference"
        )
        while chunk := [Listed(*row) for row in rows.filter(pk__gt=last)[:CHUNK]]:
            last = chunk[-1].pk
            for record in marked.mark(chunk, boxes) if marked else records(chunk, boxes):
                writer.add(record)
            tick(len(chunk))


class Unweighed:
    """Marks records whose documents are not weighed yet, and remembers which of them look private."""

    def __init__(self) -> None:
        self._closed: set[int] = set()

    def mark(self, documents: Sequence["Listed"], boxes: Boxes) -> Iterator[Record]:
        """The records of these documents, which come in the order of their keys: containers before their members."""
        keys = [document.pk for document in documents]
        weighed = set(Weighing.objects.filter(pk__in=keys).values_list("pk", flat=True))
        self._close([pk for pk in keys if pk not in weighed])
        for document, record in zip(documents, records(documents, boxes), strict=True):
            if document.pk in weighed:
                yield record
            elif not record.mime:
                yield replace(record, private=document.pk in self._closed)
            else:
                badges = (*record.badges, PROVISIONAL)
                yield replace(record, grade=Level.UNATTESTED, badges=badges, private=document.pk in self._closed)

    def _close(self, keys: Sequence[int]) -> None:
        for pk, facts in Reading.objects.filter(pk__in=keys).values_list("pk", "facts").iterator():
            sorting = unpack_reading(bytes(facts)).sorting
            if sorting and sorting.private:
                self._closed.add(pk)
        rows = Entry.objects.filter(document__in=keys, parent__isnull=False).order_by("document_id")
        for pk, parent in rows.values_list("document_id", "parent_id").iterator():
            if parent in self._closed and pk is not None:
                self._closed.add(pk)


class Listed(NamedTuple):
    """The columns of a document that the index needs."""

    pk: int
    sha256: bytes | memoryview
    path: str
    size: int
    state: str
    container: str
    reference: bool = False


def records(documents: Sequence[Listed], boxes: Boxes) -> Iterator[Record]:
    """What the index is told of documents.

    Asks for single columns: whole dossiers (`sift.dossier`) took half of the time of a build.
    """
    keys = [document.pk for document in documents]
    read, weighed = Reading.objects.filter(pk__in=keys), Weighing.objects.filter(pk__in=keys)
    readings = {pk: row for pk, *row in read.values_list("pk", "facts", "text")}
    pictured = recognised(keys)
    weighings = {pk: row for pk, *row in weighed.values_list("pk", "grade", "family", "thread", "private")}
    private = within_private([pk for pk in keys if pk not in weighings])
    held = set(Relation.objects.filter(document__in=keys, kind="within").values_list("document_id", flat=True))
    listed, spoke = _listed(keys), _spoke(keys)
    parts = _counted([document.pk for document in documents if document.container == "mail"])
    places = places_of(keys)
    holders = private_of(parent for parent in places.values() if parent is not None)
    for document in documents:
        pk, name = document.pk, bytes(document.sha256).hex()
        facts, text = readings.get(pk, (b"", b""))
        grade, family, thread, closed = weighings.get(pk, (None, name, "", pk in private))
        where = paths(document.path, listed[pk])
        if not closed:  # what lies open elsewhere must not tell what a private mail calls it
            where = tuple(bare_path(path) if places.get(path) in holders else path for path in where)
        bare = Record(
            id=name,
            family=family,
            type=short_type("", document.container),
            status=document.state,
            path=where[0],
            paths=where,
            name=named(where[0]),
            text=joined(inflate(bytes(text)), pictured.get(pk, "")),
            grade=grade["level"] if grade else "",
            badges=tuple(grade["badges"]) if grade else (),
            checks=tuple(sorted(spoke[pk])),
            thread=thread,
            private=closed,
            inclusive=pk not in held,
            reference=document.reference,
            attachments=parts[pk],
            boxes=tuple(sorted({boxes.name(path) for path in where})),
            size=document.size,
        )
        yield _told(bare, unpack_reading(bytes(facts)), document.container) if facts else bare


def _told(bare: Record, reading: Facts, container: str) -> Record:
    """The record with what was read of the document."""
    mail = reading.mail
    read = replace(
        bare,
        mime=reading.mime,
        type=short_type(reading.mime, container),
        language=reading.language,
        date=reading.seconds,
        wire=reading.wire.hex(),
        sort=reading.sorting.name if reading.sorting else "",
        named=_named(reading),
    )
    if mail is None:
        return replace(read, subject=reading.file.title if reading.file else "")
    receivers = (*mail.to, *mail.cc, *mail.bcc)
    sender = mail.senders[0].address if mail.senders else ""
    return replace(
        read,
        kind="mail",
        subject=mail.subject,
        name="",
        senders=_people(mail.senders),
        recipients=_people(receivers),
        cc=_people(mail.cc),
        from_address=sender,
        to_addresses=tuple(one.address for one in receivers),
        from_domain=sender.rpartition("@")[2],
        message_id=mail.message_id,
    )


def _named(reading: Facts) -> tuple[tuple[str, str], ...]:
    """Whom and what the text names, and the paper's own number."""
    if reading.sorting is None:
        return ()
    found = tuple((entity.kind, entity.text) for entity in reading.sorting.entities)
    paper = reading.sorting.finance
    return (*found, ("number", paper.number)) if paper and paper.number else found


def _listed(keys: Sequence[int]) -> dict[int, list[str]]:
    """Every path at which documents are listed."""
    found: dict[int, list[str]] = defaultdict(list)
    for document, path in Entry.objects.filter(document__in=keys).values_list("document_id", "path"):
        found[document or 0].append(path)
    return found


def _spoke(keys: Sequence[int]) -> dict[int, set[str]]:
    """The checks that said something of documents."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Evidence.objects.filter(document__in=keys, says__in=SPEAKS)
    for document, check in rows.values_list("document_id", "check_id"):
        found[document].add(check)
    return found


def _counted(keys: Sequence[int]) -> dict[int, int]:
    """How many parts mails list."""
    rows = Entry.objects.filter(parent__in=keys).values("parent").annotate(n=Count("pk"))
    return defaultdict(int, rows.values_list("parent", "n"))


def _people(mailboxes: tuple[Mailbox, ...]) -> tuple[str, ...]:
    return tuple(f"{one.name} {one.address}".strip() for one in mailboxes)
