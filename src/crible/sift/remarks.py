"""What is said of boxes and of the dump, made during the survey and stored before anything is weighed."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from crible.assess.boxes.intrusion import Trace, asks, may_ask, traces
from crible.assess.boxes.invoices import Series
from crible.assess.boxes.moments import DayOf, Ends, Placed, ends, placed
from crible.assess.boxes.months import absent_months
from crible.assess.boxes.owners import Clues, is_sent_folder, owner
from crible.assess.boxes.parents import References
from crible.assess.boxes.remark import Behind, Remark
from crible.assess.freemail import FREEMAIL
from crible.assess.lookalike import looks_like
from crible.assess.relations import Domains
from crible.model.evidence import Param
from crible.model.facts import MailFacts
from crible.model.facts import Reading as Facts
from crible.proof.alignment import organisational
from crible.sift.boxes import Boxes
from crible.sift.packing import unpack_reading
from crible.sift.standings import Standings
from crible.store import bulk
from crible.store.case import Case
from crible.store.models import Entry, Reading
from crible.store.models import Remark as Row

VERSION = 1
"""Raised when a remark may come out otherwise: stored ones are then made anew."""
KINDS = ("owner", "last", "absence", "intrusion")
CHUNK = 250
ROWS = 1_000


@dataclass(slots=True)
class _Box:
    clues: Clues = field(default_factory=Clues)
    ends: Ends = field(default_factory=Ends)
    months: Counter[str] = field(default_factory=Counter)


class Remarks:
    """A surveyor that hears every mail, and then says what it has to say of boxes."""

    def __init__(self, standings: Standings, zone: tzinfo) -> None:
        """Days and months are those of `zone`."""
        self._standings = standings
        self._day = DayOf(zone)
        self._places = _Places()
        self._boxes: dict[str, _Box] = defaultdict(_Box)
        self._references = References()
        self._series = Series()
        self._traces: dict[tuple[str, Trace], Behind] = defaultdict(Behind)
        self._to_read = array("q")

    def see(self, pk: int, id: str, reading: Facts) -> None:  # noqa: A002
        """Take in one document."""
        places = self._places.of(pk)
        mail = reading.mail
        if mail is None:
            for place in places:
                self._series.name(place.path.rpartition("/")[2])
            return
        moment = self._moment(pk, mail)
        day = self._day(moment.seconds) if moment else ""
        boxes = self._put(id, mail, places, moment, day[:7])
        self._references.take(id, boxes, day[:7], mail, moment.seconds if moment else None)
        self._series.take(id, boxes, mail)
        if boxes:
            for trace in traces(mail):
                self._traces[day, trace].add(id)
            if may_ask(mail):
                self._to_read.append(pk)

    def store(self, domains: Domains) -> None:
        """Replace the case's remarks by these, in a fixed order. Nothing is to be seen after that."""
        self._places.close()
        rows = [
            Row(
                kind=kind,
                box=one.box,
                ordinal=ordinal,
                message=one.message,
                params=one.params,
                strength=one.strength,
                day=one.day,
                refs=list(one.refs),
                count=one.count,
            )
            for kind, said in self._said(domains).items()
            for ordinal, one in enumerate(said)
        ]
        _forget()
        for start in range(0, len(rows), ROWS):
            with transaction.atomic(using=Row.objects.db):
                bulk.insert(rows[start : start + ROWS])

    def _said(self, domains: Domains) -> dict[str, list[Remark]]:
        names = sorted(self._boxes)
        owners = [said for name in names for said in owner(name, self._boxes[name].clues)]
        lasts = [said for name in names for said in ends(name, self._boxes[name].ends, self._day)]
        absences = [said for name in names for said in absent_months(name, self._boxes[name].months)]
        absences += [*self._references.remarks(), *self._series.remarks()]
        absences.sort(key=lambda one: one.box)
        own = frozenset(_owned(owners))
        self._read(own - FREEMAIL)
        self._compare(domains, own)
        return {"owner": owners, "last": lasts, "absence": absences, "intrusion": self._found(own - FREEMAIL)}

    def _put(
        self, name: str, mail: MailFacts, places: Sequence["Place"], moment: Placed | None, month: str
    ) -> tuple[str, ...]:
        """Count the mail in every box it lies in; those boxes. What is attached to a mail lies in none."""
        boxes: dict[str, str] = {}
        for place in places:
            if not place.attached:
                boxes.setdefault(place.box, place.path)
        for label, path in boxes.items():
            box = self._boxes[label]
            box.clues.take(mail, filed=is_sent_folder(path))
            box.ends.take(name, moment)
            if month:
                box.months[month] += 1
        return tuple(boxes)

    def _moment(self, pk: int, mail: MailFacts) -> Placed | None:
        standing = self._standings.get(pk)
        clocked = standing is not None and standing.clocked and not standing.spoiled
        return placed(mail, standing.signed_at if standing and clocked else None)

    def _read(self, own: frozenset[str]) -> None:
        """Second look, at texts, of mails that could ask for something."""
        for start in range(0, len(self._to_read), CHUNK):
            rows = Reading.objects.filter(pk__in=list(self._to_read[start : start + CHUNK])).order_by("pk")
            for pk, sha256, facts, text in rows.values_list("pk", "document__sha256", "facts", "text"):
                reading = unpack_reading(bytes(facts), bytes(text))
                mail = reading.mail
                if mail and (trace := asks(mail, reading.text)) and organisational(trace.domain) not in own:
                    moment = self._moment(pk, mail)
                    day = self._day(moment.seconds) if moment else ""
                    self._traces[day, trace].add(bytes(sha256).hex())

    def _compare(self, domains: Domains, own: frozenset[str]) -> None:
        """Rare sender domains that look like another; of the box owners' own, or of a frequent correspondent's."""
        alike = {name: like.domain for name in domains.counts if (like := looks_like(name, domains)) is not None}
        rows = Reading.objects.filter(kind="mail", sender_domain__in=sorted(alike))
        for domain, date, sha256 in rows.values_list("sender_domain", "date", "document__sha256"):
            message = "trace-look-alike-own" if alike[domain] in own else "trace-look-alike"
            day = self._day(date) if date is not None else ""
            self._traces[day, Trace(message, domain, alike[domain])].add(bytes(sha256).hex())

    def _found(self, own: frozenset[str]) -> list[Remark]:
        kept = sorted(key for key in self._traces if organisational(key[1].domain) not in own)
        return [_trace(day, trace, self._traces[day, trace]) for day, trace in kept]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a document."""

    path: str
    box: str
    attached: bool
    """Inside a mail rather than in the box itself."""


class _Places:
    """Places of documents that are asked for in the order of their keys: read along, never held."""

    def __init__(self) -> None:
        self._boxes = Boxes.of_case()
        rows = Entry.objects.filter(document__isnull=False).order_by("document_id", "path")
        told = rows.values_list("document_id", "path", "parent__container").iterator()
        self._rows = (row for row in told)
        self._next = next(self._rows, None)

    def close(self) -> None:
        """Hold no cursor any longer."""
        self._rows.close()

    def of(self, pk: int) -> list[Place]:
        found: list[Place] = []
        while self._next is not None and (self._next[0] or 0) <= pk:
            document, path, container = self._next
            if document == pk:
                found.append(Place(path, self._boxes.name(path), container == "mail"))
            self._next = next(self._rows, None)
        return found


def _trace(day: str, trace: Trace, behind: Behind) -> Remark:
    params: dict[str, Param] = {"domain": trace.domain, "other": trace.other, "count": behind.count}
    return Remark("intrusion", "", trace.message, params, day=day, refs=behind.refs, count=behind.count)


def zone_of(case: Case) -> tzinfo:
    """The zone whose days and months remarks go by: the case shows it too; UTC where it names none."""
    try:
        return ZoneInfo(str(case.settings.get("zone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _owned(owners: Iterable[Remark]) -> Iterator[str]:
    """Organisational domains of the addresses that boxes were found to belong to."""
    for one in owners:
        if one.message == "owner":
            yield organisational(str(one.params["address"]).rpartition("@")[2])


def _forget() -> None:
    while keys := list(Row.objects.filter(kind__in=KINDS).order_by("pk").values_list("pk", flat=True)[:ROWS]):
        with transaction.atomic(using=Row.objects.db):
            Row.objects.filter(pk__in=keys).delete()
