"""Builds an index from records, beside the one in use, and swaps it in when complete."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from tantivy import Document, Index

from crible.index import analysis, generations
from crible.index.record import Record
from crible.index.schema import GRADES, SCHEMA, STEMS, STORED

HEAP = 128_000_000
"""Bytes that Tantivy gathers before it writes a segment."""

NAMED_TEXTS = {"person": "person", "organisation": "org", "place": "place", "address": "place"}
NAMED_KEYWORDS = {
    "iban": "iban", "phone": "phone", "siren": "company", "siret": "company", "vat": "company", "email": "mentions",
    "number": "number",
}  # fmt: skip
"""Kinds of entities and the field that finds them. Social security and card numbers are left out: nobody publishes
by them, and an index of them is a prize."""

_FARTHEST = 1 << 62
"""A column holds 64 bits; a date beyond is nonsense that must not stop a build."""

_RANK = {str(grade): rank for rank, grade in enumerate(GRADES)}
_ENCODE = msgspec.json.Encoder().encode


class Writer:
    """One build of the whole index. Until `commit` returns, readers see the former one, and so they do after a kill.

    One writer per folder at a time (the case's lock sees to that). What search answers depends on the set of records
    alone, not on the order they are added in.
    """

    def __init__(self, folder: Path, heap: int = HEAP, threads: int = 1, *, provisional: bool = False) -> None:
        self._folder = folder
        self._provisional = provisional
        self._path = generations.begin(folder)
        index = Index(SCHEMA, path=str(self._path))
        analysis.register(index)
        self._writer = index.writer(heap, threads)
        self._families: dict[str, int] = {}
        self._documents = 0
        self._unsearchable = 0

    def add(self, record: Record) -> None:
        """Queue one record; each id once."""
        family = self._families.setdefault(record.family or record.id, len(self._families))
        self._writer.add_document(_document(record, family))
        self._documents += 1
        self._unsearchable += not record.text.strip()

    def commit(self) -> generations.Generation:
        """Finish the build and make it the index in use; the writer is spent."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        finished = generations.Generation(
            self._path.name, self._documents, self._unsearchable, provisional=self._provisional
        )
        generations.publish(self._folder, finished)
        return finished

    def abandon(self) -> None:
        """Drop the build; the former index stays as it is."""
        try:
            self._writer.wait_merging_threads()
        finally:
            shutil.rmtree(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or abandon if the block raised."""
        if kind is None:
            self.commit()
        else:
            self.abandon()


def _document(record: Record, family: int) -> Document:
    document = Document()
    _add_texts(document, record)
    _add_keywords(document, record)
    if record.date is not None and abs(record.date) < _FARTHEST:
        document.add_integer("date", record.date)
    document.add_integer("family_number", family)
    document.add_integer("rank", _RANK.get(record.grade, len(GRADES)))
    document.add_integer("tie", int(record.id[:15], 16))
    document.add_bytes(STORED, _stored(record))
    return document


def _add_texts(document: Document, record: Record) -> None:
    subject, name, text = (analysis.clean(part) for part in (record.subject, record.name, record.text))
    for field, value in (("subject", subject), ("name", name), ("text", text)):
        if value:
            document.add_text(field, value)
            if record.language in STEMS:
                document.add_text(STEMS[record.language], value)
    for kind, value in record.named:
        if named := NAMED_TEXTS.get(kind):
            document.add_text(named, analysis.clean(value))
    for field, people in (("from", record.senders), ("to", record.recipients), ("cc", record.cc)):
        for person in people:
            document.add_text(field, analysis.clean(person))


def _add_keywords(document: Document, record: Record) -> None:
    for field, value in _singles(record):
        if value:
            document.add_text(field, analysis.clean(value))
    for field, values in _multiples(record):
        for value in dict.fromkeys(values):
            if value:
                document.add_text(field, analysis.clean(value))


def _singles(record: Record) -> Iterable[tuple[str, str]]:
    yield "id", record.id
    yield "family", record.family or record.id
    yield "thread", record.thread
    yield "wire", record.wire
    yield "message_id", record.message_id
    yield "kind", record.kind
    yield "type", record.type
    yield "mime", record.mime
    yield "status", record.status
    yield "language", record.language
    yield "grade", record.grade
    yield "class", record.sort
    yield "private", "yes" if record.private else "no"
    yield "inclusive", "yes" if record.inclusive else "no"
    yield "reference", "yes" if record.reference else "no"
    yield "month", month(record.date)
    yield "from_address", record.from_address
    yield "from_domain", record.from_domain


def _multiples(record: Record) -> Iterable[tuple[str, Iterable[str]]]:
    yield "path", (record.path, *record.paths)
    yield "badge", record.badges
    yield "check", record.checks
    yield "box", record.boxes
    yield "to_address", record.to_addresses
    yield "to_domain", (address.rpartition("@")[2] for address in record.to_addresses)
    for kind, field in NAMED_KEYWORDS.items():
        yield field, (text for of, text in record.named if of == kind)
    yield "has", _has(record)


def _has(record: Record) -> Iterable[str]:
    if record.attachments:
        yield "attachment"
    if record.has_date:
        yield "date"
    if record.text.strip():
        yield "text"


def month(date: int | None) -> str:
    """`2017-04`, of UTC; empty without a date or for one beyond the years 1 to 9999."""
    if date is None:
        return ""
    try:
        return datetime.fromtimestamp(date, UTC).strftime("%Y-%m").rjust(7, "0")
    except (OverflowError, OSError, ValueError):
        return ""


def _stored(record: Record) -> bytes:
    bare = replace(record, text="", named=())
    try:
        return _ENCODE(bare)
    except UnicodeEncodeError:
        # Half a surrogate pair in a hostile header: shown as `?`, as it is indexed.
        fields = msgspec.to_builtins(bare)
        return _ENCODE(_encodable(fields))


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return value
