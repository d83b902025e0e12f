"""Works off the ledger, level by level: claims documents, hands them to the sandbox, commits what comes back.

Levels (depth below the source) are finished one after the other, so that which entry of a document comes first, and
what a depth budget refuses, never depend on timing. Within a level order is free.
"""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.db.models import Min, QuerySet

from crible.intake.budget import Budget
from crible.model.entry import Resume, Slice
from crible.model.errors import InputError
from crible.model.ledger import Reason, State
from crible.sandbox.pool import Done, Fault, Frame, Pool
from crible.sift import levels
from crible.sift.ahead import Ahead
from crible.sift.boundary import BrokenReplyError
from crible.sift.commit import Committer
from crible.sift.gather import Finding, Gathering
from crible.sift.origins import Origins
from crible.sift.slices import as_named
from crible.sift.wire import Job, Outcome, Request, encode_request
from crible.store.blobs import Blobs
from crible.store.models import Blob, Document

CLAIM = 1024
"""Documents claimed by one update."""
BATCH_DOCUMENTS = 32
BATCH_BYTES = 2 << 20
"""Mails of one container that travel as one task: many enough to hide the round trip, few enough to lose little."""
SMALL_FILES = 8
SMALL_BYTES = 256 << 10
"""Files that travel as one task: one by one a child has read them while a commit is written, and stands idle."""
WAITING = 64
WAITING_BYTES = 4 << 20
"""Tasks that wait for a child: so many, as long as they are small."""
COMMIT = 128
"""Findings, or members, that make a transaction: while one is written, children fill their pipes and wait. The pipes
hold a megabyte: at 64 the coordinator took 7 % longer for 4,253 mails, at 256 as long."""
ATTEMPTS = 2
HARD = frozenset({"time-limit", "cpu-limit", "memory-limit", "reply-too-large"})
"""Faults that say something about the document itself: met alone, or after the last attempt, it is unreadable."""


@dataclass
class Task:
    """Documents on their way through the sandbox together."""

    documents: list[Document]
    blobs: list[Blob]
    """What their bytes are ranges of."""
    gathering: Gathering

    @cached_property
    def size(self) -> int:
        """Bytes of its documents."""
        return _bytes(self.documents)

    @cached_property
    def rows(self) -> dict[int, Document]:
        """Its documents by primary key."""
        return {document.pk: document for document in self.documents}


@dataclass
class Coordinator:
    """One per case and run."""

    pool: Pool
    committer: Committer
    blobs: Blobs
    tick: Callable[[int, int], None]
    """Told of (documents, bytes) as they end."""
    stop: Callable[[], bool] = lambda: False
    """Asked between tasks: True finishes what is running and ends."""
    expect: Callable[[int], None] = lambda _documents: None
    """Told how many documents are still known to come, each time a level begins."""
    foresee: Callable[[str], None] = lambda _kind: None
    """Told which examination a document wants, as soon as it is known."""
    budget: Budget = field(default_factory=Budget)
    ahead: Ahead = field(init=False)
    """What idle children read of mailboxes before their turn; of one run."""
    _tasks: dict[int, Task] = field(default_factory=dict)
    _serial: int = 0
    _pending: list[tuple[Finding, Document]] = field(default_factory=list)
    _lines: int = 0
    """Findings and members pending."""
    _origins: Origins = field(default_factory=Origins)
    _alone: set[int] = field(default_factory=set)
    """Files on which a child died in company: what that says is known when it dies on them alone."""

    def run(self) -> bool:
        """Work until nothing is to do; False if stopped before."""
        Document.objects.filter(state=State.RUNNING).update(state=State.TODO)
        self.blobs.sweep()
        with Ahead(self.pool, self.blobs, self.budget) as self.ahead:
            return self._levels()

    def _levels(self) -> bool:
        while (depth := _next_level()) is not None:
            levels.first_paths(depth)
            self.committer.moved = levels.taken_paths(depth)
            self.expect(_todo().count())
            self._level(depth)
            if self.stop():
                return False
        return True

    def _level(self, depth: int) -> None:
        tasks = self._claims(depth)
        self._fill(tasks)
        for event in self.pool.events():
            if not self.ahead.take(event):
                self._take(event)
            if not isinstance(event, Frame):  # of thirty-two events only the last makes room
                self._fill(tasks)
            if self._tasks and not self.stop():
                self.ahead.feed()
        self._commit()
        self.ahead.ended(depth)

    def _fill(self, tasks: Iterator[Task]) -> None:
        """Keep a few tasks waiting, no more: what waits is lost time when the user stops."""
        while not self.stop() and self._room() and (task := next(tasks, None)):
            self._submit(task)

    def _room(self) -> bool:
        """A commit must not leave the children idle: small documents may wait in numbers, large ones a few a child."""
        if self.pool.descriptors >= max(WAITING, self.pool.size * 3):  # each is an open file of ours until then
            return False
        waiting = self.pool.pending
        if waiting < self.pool.size * 3:
            return True
        return waiting < WAITING and sum(task.size for task in self._tasks.values()) < WAITING_BYTES

    def _submit(self, task: Task) -> None:
        jobs = zip(task.documents, task.gathering.jobs, strict=True)
        left = [document for document, job in jobs if not self._known(task, job)]
        if not left:
            return
        task = task if len(left) == len(task.documents) else self._task(left)
        self._serial += 1
        self._tasks[self._serial] = task
        try:
            self._hand(task)
        except InputError as error:
            self._missing(self._tasks.pop(self._serial), error)

    def _hand(self, task: Task) -> None:
        descriptors: list[int] = []
        try:
            descriptors.extend(map(self.open_blob, task.blobs))
            request = Request(jobs=tuple(task.gathering.jobs), budget=self.budget)
            self.pool.submit(self._serial, encode_request(request), descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _known(self, task: Task, job: Job) -> bool:
        """Whether the answer is there already."""
        finding = self.ahead.finding(bytes(task.blobs[job.blob].sha256), job)
        if finding is not None:
            self._add(finding, task)
        return finding is not None

    def open_blob(self, blob: Blob) -> int:
        """A read-only descriptor on a blob's bytes; InputError where bytes left in place are not what was taken."""
        kept = bytes(blob.sha256)
        if not blob.origin or self.blobs.path(kept).exists():
            return self.blobs.open(kept)
        return self._origins.open(blob.origin, kept)

    def _missing(self, task: Task, error: InputError) -> None:
        """A blob of the task is not there: each is asked for by itself, and the rows of one say so."""
        if len(task.blobs) == 1:
            self._lost(task, error)
            return
        for document in task.documents:
            self._submit(self._task([document]))

    def _lost(self, task: Task, error: InputError) -> None:
        """The bytes of these documents are gone: each is a row that says so, without naming this machine's folders."""
        reason = Reason(error.code, {name: value for name, value in error.params.items() if name != "path"})
        for document in task.documents:
            outcome = Outcome(document.pk, State.UNREADABLE, reason)
            self._add(Finding(_job(document), (), outcome), task)

    def _claims(self, depth: int) -> Iterator[Task]:
        while True:
            todo = _todo().filter(depth=depth).select_related("blob")
            claimed = list(todo.order_by("attempts", "blob_id", "offset")[:CLAIM])
            if not claimed:
                return
            Document.objects.filter(pk__in=[document.pk for document in claimed]).update(state=State.RUNNING)
            for document in claimed:
                document.state = State.RUNNING
            yield from map(self._task, sorted(_together(claimed, self._alone), key=_bytes, reverse=True))

    def _task(self, documents: list[Document]) -> Task:
        blobs = list(dict.fromkeys(document.blob for document in documents))
        jobs = [_job(document, blobs.index(document.blob)) for document in documents]
        return Task(documents, blobs, Gathering(jobs, self.blobs, partial(self._as_named, blobs)))

    def _as_named(self, blobs: Sequence[Blob], job: Job, slices: Sequence[Slice]) -> bool:
        descriptor = self.open_blob(blobs[job.blob])
        try:
            return as_named(descriptor, job, slices)
        finally:
            os.close(descriptor)

    def _take(self, event: Frame | Done | Fault) -> None:
        key = int(str(event.key))
        task = self._tasks.get(key)
        if task is None:
            return
        if isinstance(event, Fault):
            del self._tasks[key]
            self._fault(task, event)
            return
        try:
            for finding in task.gathering.take(event.payload):
                self._add(finding, task)
            if isinstance(event, Done) and task.gathering.done < len(task.documents):
                raise BrokenReplyError("fewer outcomes than jobs")
        except BrokenReplyError as error:
            del self._tasks[key]
            self._fault(task, Fault(event.key, "reply-broken", {"detail": str(error)[:200]}))
            return
        if isinstance(event, Done):
            del self._tasks[key]
        else:
            self.ahead.see(task.gathering, task.documents[0].depth)

    def _add(self, finding: Finding, task: Task) -> None:
        document = task.rows[finding.job.document]
        self._pending.append((finding, document))
        self._lines += 1 + len(finding.members)
        if finding.outcome is not None:
            file = finding.outcome.reading.file if finding.outcome.reading else None
            for kind in file.wants if file else ():
                self.foresee(kind)
            self.tick(1, document.size)
        if finding.outcome is None or self._lines >= COMMIT:
            self._commit()

    def _commit(self) -> None:
        if self._pending:
            self.committer.commit([f for f, _ in self._pending], {d.pk: d for _, d in self._pending})
            self._pending.clear()
            self._lines = 0

    def _fault(self, task: Task, fault: Fault) -> None:
        """The child died on the first unfinished document; those behind it were never begun and cost no attempt."""
        task.gathering.drop()
        self._commit()
        unfinished = task.documents[task.gathering.done :]
        if not unfinished:
            return
        culprit, *rest = unfinished
        company = len(task.documents) > 1 and not culprit.mail
        again = unfinished if company else rest
        Document.objects.filter(pk__in=[document.pk for document in again]).update(state=State.TODO)
        if company:
            self._alone.add(culprit.pk)
            return
        culprit.attempts += 1
        settled = fault.code in HARD and len(task.documents) == 1
        if culprit.attempts < ATTEMPTS and not settled:
            Document.objects.filter(pk=culprit.pk).update(state=State.TODO, attempts=culprit.attempts)
            return
        state = State.UNREADABLE if fault.code in HARD else State.QUARANTINED
        Document.objects.filter(pk=culprit.pk).update(attempts=culprit.attempts)
        outcome = Outcome(culprit.pk, state, Reason(fault.code, dict(fault.params)))
        self._add(Finding(_job(culprit), (), outcome), task)


def _next_level() -> int | None:
    levels.vouched_late()
    depth: int | None = _todo().aggregate(Min("depth"))["depth__min"]
    return depth


def _todo() -> QuerySet[Document]:
    return Document.objects.filter(state=State.TODO)


def _job(document: Document, blob: int = 0) -> Job:
    return Job(
        document.pk,
        document.offset,
        document.size,
        document.path.rpartition("/")[2],
        mail=document.mail,
        quoted=document.quoted,
        resume=Resume(*document.checkpoint) if document.checkpoint else None,
        attempt=document.attempts,
        blob=blob,
    )


def _bytes(documents: Sequence[Document]) -> int:
    """What a task brings. The largest goes first: at a level's end no child waits long for the other."""
    return sum(document.size for document in documents)


def _together(documents: Iterable[Document], alone: Container[int]) -> Iterator[list[Document]]:
    """Cut claims into tasks: neighbouring mails of one blob, or small files; what a child died on travels alone."""
    batch: list[Document] = []
    for document in documents:
        if batch and not _joins(document, batch, alone):
            yield batch
            batch = []
        batch.append(document)
    if batch:
        yield batch


def _joins(document: Document, batch: Sequence[Document], alone: Container[int]) -> bool:
    """Whether a document travels with those before it."""
    last, size = batch[-1], _bytes(batch) + document.size
    if document.attempts or last.attempts or document.mail is not last.mail:
        return False
    if document.mail:
        return document.blob_id == last.blob_id and len(batch) < BATCH_DOCUMENTS and size <= BATCH_BYTES
    return len(batch) < SMALL_FILES and size <= SMALL_BYTES and document.pk not in alone and last.pk not in alone
