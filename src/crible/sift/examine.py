"""Examinations: what takes more than a reader's time, in children of its own, one document after the other.

Readers say what they want examined; a row waits in the store from that moment on, so nothing is lost to a `kill -9`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec
from django.db import transaction

from crible.model.errors import InputError
from crible.model.examined import CREDENTIALS, OCR, PDF, Credentials, PdfExamined, Recognised
from crible.model.ledger import Reason, State
from crible.sandbox.pool import Done, Fault, Frame, Limits, Pool
from crible.sandbox.template import Template
from crible.sift.boundary import BrokenReplyError, check_reason
from crible.sift.packing import deflate, pack, unpack, unpack_reading
from crible.sift.wire import Look, Looked
from crible.store.models import Blob, Examination


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of examination."""

    entry: str
    facts: type
    limits: Limits = field(default_factory=Limits)


KINDS = {
    PDF: Kind("crible.sift.examiners.pdf:handle", PdfExamined),
    CREDENTIALS: Kind("crible.sift.examiners.c2pa:handle", Credentials),
    OCR: Kind("crible.sift.examiners.ocr:handle", Recognised, Limits(cpu_seconds=600, silent_seconds=900)),
}
_LOOKED = msgspec.msgpack.Decoder(Looked)


def waiting(kind: str) -> int:
    """How many documents wait for this kind of examination."""
    return Examination.objects.filter(kind=kind, state=State.TODO).count()


@dataclass
class Examining:
    """One run of one kind over all that waits."""

    kind: str
    open_blob: Callable[[Blob], int]
    jobs: int = 1
    unsafe: bool = False
    tick: Callable[[int], None] = lambda _n: None
    stop: Callable[[], bool] = lambda: False
    template: Template | None = None
    """What its children are forked from."""
    _tasks: dict[int, Examination] = field(default_factory=dict)

    def run(self) -> bool:
        """Examine what waits; False if stopped before the end. No child is started where nothing waits."""
        if not waiting(self.kind):
            return True
        kind = KINDS[self.kind]
        size = min(self.jobs, waiting(self.kind))
        with Pool(kind.entry, size=size, limits=kind.limits, unsafe=self.unsafe, template=self.template) as pool:
            rows = _waiting(self.kind)
            self._fill(pool, rows)
            for event in pool.events():
                self._take(event)
                self._fill(pool, rows)
        return not waiting(self.kind)

    def _fill(self, pool: Pool, rows: Iterator[Examination]) -> None:
        while not self.stop() and pool.pending < pool.size * 2 and (row := next(rows, None)):
            self._submit(pool, row)

    def _submit(self, pool: Pool, row: Examination) -> None:
        document = row.document
        try:
            descriptor = self.open_blob(document.blob)
        except InputError as error:
            reason = Reason(error.code, {name: value for name, value in error.params.items() if name != "path"})
            self._keep(row, Looked(document.pk, reason=reason))
            return
        try:
            look = Look(document.pk, document.offset, document.size, document.reading.mime, _pages(row))
            self._tasks[document.pk] = row
            pool.submit(document.pk, msgspec.msgpack.encode((look,)), [descriptor])
        finally:
            os.close(descriptor)

    def _take(self, event: Frame | Done | Fault) -> None:
        if isinstance(event, Frame):
            return
        row = self._tasks.pop(int(str(event.key)))
        if isinstance(event, Fault):
            self._keep(row, Looked(row.document_id, reason=Reason(event.code, dict(event.params))))
            return
        try:
            looked = _checked(event.payload, row)
        # Deep nesting and bad UTF-8 come out of msgspec as errors of their own.
        except (msgspec.DecodeError, BrokenReplyError, RecursionError, UnicodeDecodeError) as error:
            looked = Looked(row.document_id, reason=Reason("reply-broken", {"detail": str(error)[:200]}))
        self._keep(row, looked)

    def _keep(self, row: Examination, looked: Looked) -> None:
        row.state = State.UNREADABLE if looked.reason else State.READ
        row.reason = msgspec.to_builtins(looked.reason) if looked.reason else None
        row.facts = looked.facts
        row.text = deflate(looked.text.encode("utf-8", "replace")) if looked.text else b""
        with transaction.atomic(using=Examination.objects.db):
            row.save(update_fields=["state", "reason", "facts", "text"])
        self.tick(1)


def _waiting(kind: str) -> Iterator[Examination]:
    """What waits, in the order of first listing; fetched by keys, so that rows may be written meanwhile."""
    rows = Examination.objects.filter(kind=kind, state=State.TODO)
    keys: Sequence[int] = list(rows.order_by("document__depth", "document__path").values_list("pk", flat=True))
    fetch = partial(Examination.objects.select_related("document__blob", "document__reading").get)
    for key in keys:
        yield fetch(pk=key)


def _pages(row: Examination) -> tuple[int, ...]:
    """Only recognition looks at single pages."""
    facts = unpack_reading(bytes(row.document.reading.facts)) if row.kind == OCR else None
    if facts is None or facts.file is None:
        return ()
    return facts.file.pages_without_text + tuple(
        each.page for each in (facts.file.pdf.compare if facts.file.pdf else ())
    )


def _checked(untrusted: bytes, row: Examination) -> Looked:
    """The child's answer, if it is one for this document: facts of the kind's type, a reason with its sentence.

    The facts are packed anew: what the type does not know is not kept.
    """
    looked = _LOOKED.decode(untrusted)
    if looked.document != row.document_id:
        raise BrokenReplyError("an examination out of turn")
    check_reason(looked.reason)
    if looked.reason:
        return Looked(looked.document, reason=looked.reason)
    return replace(looked, facts=pack(unpack(looked.facts, KINDS[row.kind].facts)))
