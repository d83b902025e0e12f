"""All that the store knows of a document, gathered for those who show it: export, index, desk, command line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from crible.assess.private import ATTACHED
from crible.model.evidence import Bears, Evidence, Says, Span, Strength, Weighed
from crible.model.facts import Reading as Facts
from crible.model.grade import Grade
from crible.model.ledger import State
from crible.sift.packing import unpack_reading
from crible.sift.within import within_private
from crible.store.models import Document, Entry, Reading, Weighing
from crible.store.models import Evidence as Row

CHUNK = 250


@dataclass(frozen=True, slots=True)
class Member:
    """Something a document lists: an attachment, an attached mail, a member of an archive."""

    id: str
    """SHA-256, hex; empty where it has no bytes."""
    name: str
    path: str
    size: int
    state: str
    reason: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document with its neighbours' names, without its text."""

    pk: int
    id: str
    size: int
    status: State
    reason: dict[str, object] | None
    isolation: str
    container: str
    paths: tuple[str, ...]
    """Smallest of the shallowest level first."""
    parents: tuple[str, ...]
    members: tuple[Member, ...]
    reading: Facts | None
    grade: Grade | None
    weighed: tuple[Weighed, ...]
    silent: tuple[str, ...]
    family: str
    thread: str
    private: tuple[str, ...]
    """Why it looks private, as keys of domain `classes`; empty if it does not."""
    reference: bool = False
    """Not of the dump: the user gave it to compare with."""

    @property
    def kind(self) -> str:
        """`mail` or `file`."""
        return "mail" if self.reading is not None and self.reading.mail is not None else "file"

    @property
    def name(self) -> str:
        """What it was called where it was first met."""
        return named(self.paths[0]) if self.paths else ""


def named(path: str) -> str:
    """The last component of a path, part number cut off."""
    last = path.rpartition("/")[2]
    number, tilde, name = last.partition("~")
    return name if tilde and number.replace(".", "").isdigit() else last


def paths(first: str, listed: Iterable[str]) -> tuple[str, ...]:
    """A document's paths, `first` (of the shallowest level the smallest) before the others, which are sorted."""
    return tuple(dict.fromkeys([first, *sorted(listed)]))


def dossiers(documents: Sequence[Document]) -> list[Dossier]:
    """The dossiers of documents at hand, in their order; a handful of queries for all of them."""
    keys = [document.pk for document in documents]
    readings = {row.pk: row for row in Reading.objects.filter(pk__in=keys).defer("text", "local")}
    weighings = {row.pk: row for row in Weighing.objects.filter(pk__in=keys)}
    private = within_private([pk for pk in keys if pk not in weighings])
    entries = _entries(keys)
    members = _members([document.pk for document in documents if document.container])
    evidence: dict[int, list[Weighed]] = defaultdict(list)
    for row in Row.objects.filter(document__in=keys).order_by("ordinal"):
        evidence[row.document_id].append(weighed(row))
    return [
        _dossier(
            d, readings.get(d.pk), weighings.get(d.pk), entries[d.pk], members[d.pk], evidence[d.pk], d.pk in private
        )
        for d in documents
    ]


def everything() -> Iterator[Dossier]:
    """Every document of the case, sorted by id."""
    last = b""
    while chunk := list(Document.objects.filter(sha256__gt=last).order_by("sha256")[:CHUNK]):
        last = bytes(chunk[-1].sha256)
        yield from dossiers(chunk)


def weighed(row: Row) -> Weighed:
    """A stored answer as the model has it."""
    evidence = Evidence(
        Says(row.says),
        row.message,
        row.params,
        row.where,
        tuple(row.refs),
        spans=tuple(msgspec.convert(row.spans, list[Span])),
    )
    return Weighed(row.check_id, row.version, evidence, Strength(row.strength), Bears(row.bears_on))


def _dossier(
    document: Document,
    reading: Reading | None,
    weighing: Weighing | None,
    entries: list[tuple[str, bytes | None]],
    members: list[Member],
    evidence: list[Weighed],
    within: bool,
) -> Dossier:
    return Dossier(
        pk=document.pk,
        id=bytes(document.sha256).hex(),
        size=document.size,
        status=State(document.state),
        reason=document.reason,
        isolation=document.isolation,
        container=document.container,
        paths=paths(document.path, (path for path, _ in entries)),
        parents=tuple(sorted({parent.hex() for _, parent in entries if parent is not None})),
        members=tuple(members),
        reading=unpack_reading(bytes(reading.facts)) if reading else None,
        grade=msgspec.convert(weighing.grade, Grade) if weighing else None,
        weighed=tuple(evidence),
        silent=tuple(weighing.silent) if weighing else (),
        family=weighing.family if weighing else bytes(document.sha256).hex(),
        thread=weighing.thread if weighing else "",
        private=tuple(weighing.private_why) if weighing else (ATTACHED,) if within else (),
        reference=document.reference,
    )


def _entries(keys: Sequence[int]) -> dict[int, list[tuple[str, bytes | None]]]:
    found: dict[int, list[tuple[str, bytes | None]]] = defaultdict(list)
    rows = Entry.objects.filter(document__in=keys).values_list("document_id", "path", "parent__sha256")
    for document, path, parent in rows:
        found[document or 0].append((path, bytes(parent) if parent is not None else None))
    return found


def _members(keys: Sequence[int]) -> dict[int, list[Member]]:
    """What mails carry; members of larger containers are listed by the ledger, page by page."""
    found: dict[int, list[Member]] = defaultdict(list)
    rows = Entry.objects.filter(parent__in=keys, parent__container="mail").select_related("document")
    for row in rows.order_by("ordinal"):
        document = row.document
        found[row.parent_id or 0].append(
            Member(
                bytes(document.sha256).hex() if document else "",
                row.name,
                row.path,
                document.size if document else 0,
                document.state if document else row.state,
                document.reason if document else row.reason,
            )
        )
    return found
