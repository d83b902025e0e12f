"""Feeds the full-text index from the store; the index is a cache and is always built whole."""

from collections.abc import Callable
from pathlib import Path

from crible.index.record import Record
from crible.index.writer import Writer
from crible.model.evidence import Says
from crible.model.facts import Mailbox
from crible.sift.boxes import Boxes
from crible.sift.dossier import CHUNK, Dossier, dossiers
from crible.sift.kinds import short_type
from crible.sift.packing import inflate
from crible.store.models import Document, Reading

THREADS = 2
"""Of Tantivy: one kept the coordinator waiting wherever texts are long."""
SPEAKS = frozenset({Says.SUPPORTS, Says.QUESTIONS})


def rebuild(folder: Path, tick: Callable[[int], None]) -> None:
    """Build the index of the case at hand beside the one in use, and swap it in."""
    boxes = Boxes.of_case()
    with Writer(folder, threads=THREADS) as writer:
        last = 0
        while chunk := list(Document.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = chunk[-1].pk
            keys = [document.pk for document in chunk]
            texts = dict(Reading.objects.filter(pk__in=keys).values_list("pk", "text"))
            for dossier in dossiers(chunk):
                writer.add(record(dossier, inflate(bytes(texts.get(dossier.pk, b""))), boxes))
            tick(len(chunk))


def record(dossier: Dossier, text: str, boxes: Boxes) -> Record:
    """What the index is told of one document."""
    reading, grade = dossier.reading, dossier.grade
    mail = reading.mail if reading else None
    receivers = (*mail.to, *mail.cc, *mail.bcc) if mail else ()
    sender = mail.senders[0].address if mail and mail.senders else ""
    return Record(
        id=dossier.id,
        family=dossier.family,
        kind=dossier.kind,
        mime=reading.mime if reading else "",
        type=short_type(reading.mime if reading else "", dossier.container),
        status=dossier.status,
        path=dossier.paths[0],
        paths=dossier.paths,
        subject=mail.subject if mail else (reading.file.title if reading and reading.file else ""),
        name="" if mail else dossier.name,
        text=text,
        language=reading.language if reading else "",
        senders=_people(mail.senders) if mail else (),
        recipients=_people(receivers),
        cc=_people(mail.cc) if mail else (),
        from_address=sender,
        to_addresses=tuple(one.address for one in receivers),
        from_domain=sender.rpartition("@")[2],
        date=reading.seconds if reading else None,
        grade=grade.level if grade else "",
        badges=grade.badges if grade else (),
        checks=tuple(sorted({one.check for one in dossier.weighed if one.evidence.says in SPEAKS})),
        thread=dossier.thread,
        attachments=len(dossier.members),
        boxes=tuple(sorted({boxes.name(path) for path in dossier.paths})),
        size=dossier.size,
        wire=reading.wire.hex() if reading else "",
        message_id=mail.message_id if mail else "",
    )


def _people(mailboxes: tuple[Mailbox, ...]) -> tuple[str, ...]:
    return tuple(f"{one.name} {one.address}".strip() for one in mailboxes)
