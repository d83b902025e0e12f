"""Finds the edges between documents, set-wise, after the barrier: twins, copies, quotes, neighbours, near copies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from typing import Any

from django.db import transaction
from django.db.models import Count

from crible.assess.compare import changes, identical
from crible.assess.relations import Copy, Standing
from crible.sift.attached import attached
from crible.sift.boilerplate import Boilerplate
from crible.sift.cover import Covering
from crible.sift.inclusive import within
from crible.sift.letters import Letters
from crible.sift.packing import inflate, pack, unpack, unpack_reading
from crible.sift.quoting import misquotes, quotes
from crible.sift.standings import Standings, rank
from crible.sift.versions import versions
from crible.sift.vicinity import near, neighbours
from crible.store import bulk
from crible.store.bulk import Fresh
from crible.store.models import Entry, Reading, Relation, Version

RELATED_VERSION = 1
"""Raised when edges are found otherwise than before."""
GROUP = 50
"""Documents of one Message-ID that are compared; a larger group is a broken mailer's constant, not copies."""
OTHERS = 5
"""Copies or twins that one document is set against."""
ROWS = 500
REDATED = 60
"""Seconds: all copies of one sending bear one Date, so mails further apart were sent twice."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One copy of a message, ready to be compared."""

    pk: int
    wire: bytes
    text: str
    attachments: frozenset[tuple[str, bytes]]
    standing: Standing
    sender: str
    date: int | None
    senders: frozenset[str]
    markup: bytes
    truncated: bool
    rebuilt: bool


def relate(standings: Standings, covering: Covering, *said: Iterable[bytes]) -> None:
    """Replace the case's relations by those of its present facts; what is `said` of them is written last, in order."""
    for model in (Relation, Version):
        while old := list(model._default_manager.values_list("pk", flat=True)[:ROWS]):
            model._default_manager.filter(pk__in=old).delete()
    for batch in chain(_packed(chain(_twins(standings), attached(_copies(standings, covering)))), *said):
        _write(batch)


def in_versions(standings: Standings) -> Iterator[bytes]:
    """Edges between versions of one document, and their order, in batches; reads only."""
    return _packed(versions(standings))


def in_texts(standings: Standings) -> Iterator[bytes]:
    """Edges between mails that quote, answer or hold one another, in batches; reads only."""
    letters = Letters()
    mails = (
        quotes(standings, letters),
        misquotes(standings, letters),
        neighbours(standings),
        near(standings),
        within(),
    )
    return _packed(chain.from_iterable(mails))


def _packed(rows: Iterator[Relation | Fresh]) -> Iterator[bytes]:
    """Rows as the database takes them, so many at a time, each time of one table."""
    for place, these in groupby(rows, lambda row: isinstance(row, Fresh)):
        while batch := list(islice(these, ROWS)):
            yield pack((place, bulk.prepared(batch)))


def _write(batch: bytes) -> None:
    place, rows = unpack(batch, tuple[bool, list[tuple[Any, ...]]])
    with transaction.atomic(using=Relation.objects.db):
        bulk.write(Version if place else Relation, rows)


def _twins(standings: Standings) -> Iterator[Relation]:
    for wire in _shared("wire"):
        mails = Reading.objects.filter(wire=wire, kind="mail").order_by("document__sha256")
        group = list(mails.values_list("document_id", flat=True)[:GROUP])
        ranked = standings.ranked(group)
        for ours in group:
            for other, standing in [found for found in ranked if found[0] != ours][:OTHERS]:
                yield Relation(kind="twin", document_id=ours, other_id=other, facts=pack(standing))


def _copies(standings: Standings, covering: Covering) -> Iterator[Relation]:
    boilerplate = Boilerplate()
    for message_id in _shared("message_id"):
        mails = Reading.objects.filter(message_id=message_id, kind="mail").select_related("document")
        group = list(mails.order_by("pk")[: GROUP + 1])
        if len(group) > GROUP or len({bytes(reading.wire) for reading in group}) < 2:
            continue
        copied = _all_copied(group, standings)
        ranked = sorted(copied, key=lambda one: rank(one.standing))
        for ours in copied:
            others = [other for other in ranked if other.wire != ours.wire]
            others.sort(key=lambda other: other.senders != ours.senders)  # strangers must not push a copy out
            for other in others[:OTHERS]:
                copy = _compare(ours, other, boilerplate)
                if other.standing.full and copy.same_sender and not ours.standing.full:
                    copy = replace(copy, covered=covering.covered(ours.pk, other.pk))
                yield Relation(kind="copy", document_id=ours.pk, other_id=other.pk, facts=pack(copy))


def _compare(ours: Copied, other: Copied, boilerplate: Boilerplate) -> Copy:
    names = tuple(sorted({name for name, _ in ours.attachments ^ other.attachments}))
    redated = ours.date is not None and other.date is not None and abs(ours.date - other.date) > REDATED
    same_sender = ours.senders == other.senders
    rebuilt = ours.rebuilt or other.rebuilt
    if same_sender and ours.text == other.text:
        same = not names and _shown_alike(ours, other)
        return Copy(other.standing, same_text=same, attachments_differ=names, redated=redated, rebuilt=rebuilt)
    found, only_added = changes(ours.text, other.text)
    if found:
        found, only_added = changes(ours.text, other.text, boilerplate=boilerplate.of(ours.sender, other.sender))
    return Copy(
        other.standing,
        same_text=not names and identical(ours.text, other.text) and _shown_alike(ours, other),
        changes=found[:20],
        attachments_differ=names,
        only_added=only_added,
        same_sender=same_sender,
        redated=redated,
        rebuilt=rebuilt,
    )


def _shown_alike(ours: Copied, other: Copied) -> bool:
    """Whether nothing of ours lies outside the text compared: beyond its cap, or in an HTML version of its own."""
    return not ours.truncated and not other.truncated and ours.markup in (b"", other.markup)


def _all_copied(group: Iterable[Reading], standings: Standings) -> list[Copied]:
    readings = {reading.pk: reading for reading in group}
    attached: dict[int, set[tuple[str, bytes]]] = {pk: set() for pk in readings}
    entries = Entry.objects.filter(parent__in=list(readings))
    for parent, name, sha256 in entries.values_list("parent_id", "name", "document__sha256"):
        # What we cannot read others may: it counts as a file of its own.
        attached[parent].add((name.partition("~")[2] or name, bytes(sha256 or b"")))
    return [_copied(row, frozenset(attached[pk]), standings) for pk, row in readings.items()]


def _copied(row: Reading, attached: frozenset[tuple[str, bytes]], standings: Standings) -> Copied:
    facts = unpack_reading(bytes(row.facts))
    mail = facts.mail
    return Copied(
        row.pk,
        bytes(row.wire),
        inflate(bytes(row.text)),
        attached,
        standings.of(row.pk, row.document),
        row.sender,
        row.date,
        senders=frozenset(box.address.lower() for box in mail.senders) if mail else frozenset(),
        markup=mail.alternatives.markup if mail else b"",
        truncated=facts.truncated > 0,
        rebuilt=mail is not None and "rebuilt" in mail.defects,
    )


def _shared(field: str) -> Iterator[bytes | str]:
    """Values of a column that more than one mail has."""
    groups = Reading.objects.filter(kind="mail").exclude(**{field: ""} if field == "message_id" else {})
    several = groups.values(field).annotate(times=Count("pk")).filter(times__gt=1).order_by(field)
    yield from several.values_list(field, flat=True)
