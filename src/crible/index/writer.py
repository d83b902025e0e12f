"""Builds an index from records, beside the one in use, and swaps it in when complete."""

import shutil
from collections.abc import Iterable
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
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

_DAY = 86_400
_FARTHEST = 1 << 62
"""A column holds 64 bits; a date beyond is nonsense that must not stop a build."""

_RANK = {str(grade): rank for rank, grade in enumerate(GRADES)}
_ENCODE = msgspec.json.Encoder().encode
_SHOWN = [field for field in fields(Record) if field.name not in ("text", "named")]
_shown = attrgetter(*(field.name for field in _SHOWN))
_Shown = msgspec.defstruct(
    "_Shown",
    [(f.name, f.type) if f.default is MISSING else (f.name, f.type, f.default) for f in _SHOWN],
    omit_defaults=True,
)
"""A record as it is kept in the index. Where a default of `Record` changes, so does the schema's version: a value that
is the default's is not written. Copying the record without its text took twice as long as encoding it."""


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
        self._unsearchable += not record.has_text

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
    _add_named(document, record)
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
    for field, people in (("from", record.senders), ("to", record.recipients), ("cc", record.cc)):
        for person in people:
            document.add_text(field, analysis.clean(person))


def _add_named(document: Document, record: Record) -> None:
    for kind, value in record.named:
        if text := NAMED_TEXTS.get(kind):
            document.add_text(text, analysis.clean(value))
    for kind, value in dict.fromkeys(record.named):
        if value and (keyword := NAMED_KEYWORDS.get(kind)):
            document.add_text(keyword, analysis.clean(value))


def _add_keywords(document: Document, record: Record) -> None:
    for field, value in _singles(record):
        if value:
            document.add_text(field, analysis.clean(value))
    for field, values in _multiples(record):
        for value in dict.fromkeys(values):
            if value:
                document.add_text(field, analysis.clean(value))


def _singles(record: Record) -> Iterable[tuple[str, str]]:
    return (
        ("id", record.id),
        ("family", record.family or record.id),
        ("thread", record.thread),
        ("wire", record.wire),
        ("message_id", record.message_id),
        ("kind", record.kind),
        ("type", record.type),
        ("mime", record.mime),
        ("status", record.status),
        ("language", record.language),
        ("grade", record.grade),
        ("class", record.sort),
        ("private", "yes" if record.private else "no"),
        ("inclusive", "yes" if record.inclusive else "no"),
        ("reference", "yes" if record.reference else "no"),
        ("month", month(record.date)),
        ("from_address", record.from_address),
        ("from_domain", record.from_domain),
    )


def _multiples(record: Record) -> Iterable[tuple[str, Iterable[str]]]:
    return (
        ("path", (record.path, *record.paths)),
        ("badge", record.badges),
        ("check", record.checks),
        ("box", record.boxes),
        ("to_address", record.to_addresses),
        ("to_domain", [address.rpartition("@")[2] for address in record.to_addresses]),
        ("has", _has(record)),
    )


def _has(record: Record) -> Iterable[str]:
    if record.attachments:
        yield "attachment"
    if record.has_date:
        yield "date"
    if record.has_text:
        yield "text"


def month(date: int | None) -> str:
    """`2017-04`, of UTC; empty without a date or for one beyond the years 1 to 9999."""
    return "" if date is None else _month_of_day(date // _DAY)


@lru_cache(maxsize=4096)
def _month_of_day(day: int) -> str:
    try:
        return datetime.fromtimestamp(day * _DAY, UTC).strftime("%Y-%m").rjust(7, "0")
    except (OverflowError, OSError, ValueError):
        return ""


def _stored(record: Record) -> bytes:
    bare = _Shown(*_shown(record))
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
