"""Two documents side by side: fields, words, attachments, and what each side's signatures prove of it."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from crible.assess.collate import Collated, Run, collate
from crible.assess.relations import Standing
from crible.model.facts import Mailbox, MailFacts
from crible.model.instant import Instant
from crible.sift.dossier import Dossier, Member
from crible.sift.packing import unpack
from crible.sift.said import said
from crible.sift.texts import texts
from crible.store.models import Standing as Row
from crible.web.queries.bands import Band, bands
from crible.web.queries.names import file_name, named

READ_BY = ("from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id")
"""Fields a reader goes by; the others are folded away."""
PEOPLE = 50
ROWS = 400
"""Bands of text on one page."""
LISTED = 60
"""Differences that are listed above the text."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of both; either side may be empty."""

    name: str
    ours: str
    theirs: str
    signed: tuple[bool, bool]
    """Whether it lies under the signature that each side's proof rests on."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment by name; a side without it is None."""

    name: str
    ours: Member | None
    theirs: Member | None
    closed: bool = False
    """It lies on the closed shelf: even its name is left out."""

    @property
    def both(self) -> bool:
        """There on both sides, with bytes, so that the two can be set side by side as well."""
        return bool(self.ours and self.theirs and self.ours.id and self.theirs.id)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    dossier: Dossier
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it."""

    sides: tuple[Side, Side]
    fields: tuple[Field, ...]
    """Those that differ and that a reader goes by."""
    folded: tuple[Field, ...]
    """The others that differ."""
    attachments: tuple[Attachment, ...]
    same_attachments: int
    text: Collated
    bands: tuple[Band, ...]
    more: int
    """Bands that are left out."""

    @property
    def differing(self) -> tuple[Run, ...]:
        """Passages that differ."""
        return self.text.differing

    @property
    def told(self) -> int:
        """Those that concern a number, a date, a name, an account or a negation."""
        return sum(run.telling for run in self.differing)

    @property
    def listed(self) -> tuple[Run, ...]:
        """The first of them, in order."""
        return self.differing[:LISTED]

    @property
    def unlisted(self) -> int:
        """How many are not."""
        return max(0, len(self.differing) - LISTED)

    @property
    def worded(self) -> bool:
        """Whether there are words at all."""
        return bool(self.text.runs)


def compare(ours: Dossier, theirs: Dossier) -> Comparison:
    """Four statements beside the dossiers, at most."""
    sides = _sides(ours, theirs)
    found = texts([ours.pk, theirs.pk])
    text = collate(found.get(ours.pk, ""), found.get(theirs.pk, ""))
    fields = list(_fields(sides))
    attachments, same = _attachments(ours.members, theirs.members)
    rows = list(bands(text.runs))
    return Comparison(
        sides,
        tuple(one for one in fields if one.name in READ_BY),
        tuple(one for one in fields if one.name not in READ_BY),
        attachments,
        same,
        text,
        tuple(rows[:ROWS]),
        max(0, len(rows) - ROWS),
    )


def _sides(ours: Dossier, theirs: Dossier) -> tuple[Side, Side]:
    rows = Row.objects.filter(document__in=[ours.pk, theirs.pk])
    standings = {row.document_id: unpack(bytes(row.facts), Standing) for row in rows}
    return Side(ours, standings.get(ours.pk)), Side(theirs, standings.get(theirs.pk))


def _fields(sides: tuple[Side, Side]) -> Iterator[Field]:
    """Fields that differ, but for spacing."""
    ours, theirs = (_said(side.dossier) for side in sides)
    for name in dict.fromkeys([*ours, *theirs]):
        one, other = ours.get(name, ""), theirs.get(name, "")
        if one.split() != other.split():
            signed = (_signs(sides[0].standing, name), _signs(sides[1].standing, name))
            yield Field(name, one, other, signed)


def _signs(standing: Standing | None, name: str) -> bool:
    return standing is not None and name in standing.signed


def _said(dossier: Dossier) -> Mapping[str, str]:
    """Fields by name, as they stand there."""
    reading = dossier.reading
    if reading is None:
        return {}
    if reading.mail is not None:
        return _header(reading.mail)
    stated = {one.key: _stated(one.value) for one in said(reading.file)} if reading.file else {}
    return {"mime": reading.mime, **stated}


def _stated(value: str | int | Instant) -> str:
    if not isinstance(value, Instant):
        return str(value)
    with suppress(ValueError, OverflowError, OSError):
        return value.raw or value.iso()
    return "?"


def _header(mail: MailFacts) -> dict[str, str]:
    return {
        "from": _people(mail.senders),
        "sender": _people(mail.sender),
        "reply-to": _people(mail.reply_to),
        "to": _people(mail.to),
        "cc": _people(mail.cc),
        "bcc": _people(mail.bcc),
        "subject": mail.subject,
        "date": _date(mail),
        "message-id": mail.message_id,
        "in-reply-to": mail.in_reply_to,
        "references": " ".join(mail.references[-PEOPLE:]),
        "list-id": mail.list_id,
        "x-mailer": mail.mailer,
        "content-type": mail.content_type,
        "delivered-to": ", ".join(mail.delivered),
        "received": "\n".join(filter(None, (f"{hop.source} → {hop.by}".strip(" →") for hop in mail.hops))),
    }


def _people(boxes: tuple[Mailbox, ...]) -> str:
    named = [f"{one.name} <{one.address}>" if one.name else one.address for one in boxes[:PEOPLE]]
    return ", ".join([*named, f"… {len(boxes)}"] if len(boxes) > PEOPLE else named)


def _date(mail: MailFacts) -> str:
    """As it is written: one moment in another zone is another spelling, and is shown as such."""
    if mail.date is None:
        return ""
    with suppress(ValueError, OverflowError, OSError):
        return mail.date.raw or mail.date.iso()
    return "?"


def _attachments(ours: tuple[Member, ...], theirs: tuple[Member, ...]) -> tuple[tuple[Attachment, ...], int]:
    """Those that differ, by name, and how many are the same bytes on both sides."""
    same = {one.id for one in ours if one.id} & {one.id for one in theirs if one.id}
    left = [one for one in ours if one.id not in same]
    right = [one for one in theirs if one.id not in same]
    hidden = {one.id for one in named(one.id for one in (*left, *right)).values() if one.closed}
    found: list[Attachment] = []
    for one in left:
        twin = next((other for other in right if file_name(other.name) == file_name(one.name)), None)
        if twin is not None:
            right.remove(twin)
        found.append(_attachment(one, twin, hidden))
    return (*found, *(_attachment(None, one, hidden) for one in right)), len(same)


def _attachment(one: Member | None, twin: Member | None, hidden: Collection[str]) -> Attachment:
    first = one or twin
    closed = any(member and member.id in hidden for member in (one, twin))
    return Attachment(file_name(first.name) if first and not closed else "", one, twin, closed)
