"""Reads the mails of a mailbox while it is still being unpacked.

A level ends before the next begins, and a compressed mailbox is three of them: while one child unpacks it, the others
stood idle, on two cores for a fifth of a sift of one mailbox. What a mail's reading says depends on its bytes alone. So
a child that has nothing else to do reads what is there of them, and the answer is kept: when the turn of that mail
comes, on its own level, it is taken instead of asked for. Nothing is committed before, so levels decide as ever which
path is whose. Whatever goes wrong here is forgotten, and the mail read in its turn.
"""

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from crible.intake.budget import Budget
from crible.model.entry import Resume
from crible.sandbox.events import Done, Fault, Frame
from crible.sandbox.pool import Pool
from crible.sift.boundary import BrokenReplyError
from crible.sift.gather import CHECKPOINT, Finding, Gathering, Member
from crible.sift.slices import as_named
from crible.sift.wire import Job, Outcome, Request, decode, encode_request
from crible.store.blobs import Blobs, Writing

STEP = 2 << 20
"""New bytes of a mailbox that are worth another look for mails in it."""
MAILS, BYTES = 16, 1 << 20
"""Mails that travel as one task: half of a task in its turn, which should not have to wait for them."""
LOOK, MOST = 64 << 20, 1024
"""Bytes and mails of one look: what it lists is held in memory."""
KEPT, HELD = 2 << 30, 200_000
"""Bytes of answers kept, in a file, and what is held of them in memory, answers and members; no more is asked for then.
"""
BOXES = 32
"""Mailboxes that are read ahead at once, each an open file; where there are more, no child is idle."""
HEAD = 16
LEVELS = 2
"""From what holds a mailbox to its mails."""

Span = tuple[int, int]
"""Offset and length of a mail within its mailbox."""


class Answer(NamedTuple):
    """What a mail holds, and where its outcome lies in the file of answers."""

    members: tuple[Member, ...]
    at: int
    size: int


@dataclass(eq=False)
class Box:
    """A mailbox that is being unpacked."""

    writing: Writing
    descriptor: int
    name: str
    level: int
    """On which it is unpacked."""
    walked: int = 0
    """Bytes looked through for mails."""
    resume: Resume = field(default_factory=lambda: Resume(0, 0, 0))
    waiting: deque[Member] = field(default_factory=deque)
    """Mails found and not yet asked for."""
    answers: dict[Span, Answer] = field(default_factory=dict)
    closed: bool = False
    """No further mail of it is asked for."""


@dataclass
class Asked:
    """A task on its way: a walk through what is new of a mailbox, or some of its mails."""

    box: Box
    gathering: Gathering
    walk: bool
    members: list[Member] = field(default_factory=list)


class Ahead:
    """One per run, of the coordinator; `take` is to see every event of the pool first."""

    def __init__(self, pool: Pool, blobs: Blobs, budget: Budget) -> None:
        self._pool, self._blobs, self._budget = pool, blobs, budget
        self._boxes: list[Box] = []
        self._asked: dict[int, Asked] = {}
        self._numbers = count(-1, -1)  # those of the coordinator go the other way
        self._size = self._held = 0
        self.read = self.taken = 0
        """Answers that came, and those of them that were wanted in the end."""

    def __enter__(self) -> Self:
        self._file = tempfile.TemporaryFile(dir=self._blobs.folder, buffering=0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for box in list(self._boxes):
            self._forget(box)
        self._file.close()

    def see(self, gathering: Gathering, level: int) -> None:
        """Look whether a task of this level is unpacking a mailbox that is not known yet."""
        begun, writing = gathering.begun, gathering.writing
        if begun is None or writing is None or writing.size < STEP:
            return
        if any(box.writing is writing for box in self._boxes):
            return
        self._tidy()
        if len(self._boxes) >= BOXES:
            return
        try:
            descriptor = writing.peek()
        except OSError:
            return
        head = os.pread(descriptor, HEAD, 0).lstrip(b"\xef\xbb\xbf\r\n")
        # What is none is remembered too: it is not to be opened again with every piece of it.
        self._boxes.append(Box(writing, descriptor, begun.name, level, closed=not head.startswith(b"From ")))

    def ended(self, level: int) -> None:
        """Forget what was kept for this level and those before it: it is over."""
        for box in list(self._boxes):
            if box.level + LEVELS <= level:
                self._forget(box)

    def feed(self) -> None:
        """Give children that have nothing to do the next mails, or what is new of a mailbox to look through."""
        while self._pool.idle and self._size < KEPT and self._held < HELD:
            if not any(self._ask(box) for box in self._boxes if not box.closed):
                return

    def take(self, event: Frame | Done | Fault) -> bool:
        """Whether the event answers a task of ours; what it says is then kept."""
        number = int(str(event.key))
        asked = self._asked.get(number)
        if asked is None:
            return False
        if not isinstance(event, Frame):
            del self._asked[number]
        try:
            if isinstance(event, Fault):
                raise BrokenReplyError(event.code)
            for finding in asked.gathering.take(event.payload):
                self._keep(asked, finding, event.payload)
            if isinstance(event, Done) and asked.gathering.done < len(asked.gathering.jobs):
                raise BrokenReplyError("fewer outcomes than jobs")
        except BrokenReplyError:
            asked.gathering.drop()
            asked.box.closed = True
            self._asked.pop(number, None)  # what else it says is nobody's
        return True

    def finding(self, sha256: bytes, job: Job) -> Finding | None:
        """What was read ahead for this job on a document in the blob of that hash; it is forgotten here."""
        if not (job.mail and job.quoted) or job.attempt:
            return None
        answer = None
        for box in (box for box in self._boxes if box.writing.sha256 == sha256):  # several, of copies of one mailbox
            box.closed = True  # its mails' turn has come
            box.waiting.clear()
            answer = self._taken(box, (job.offset, job.length)) or answer
        if answer is None:
            return None
        try:
            outcome = decode(os.pread(self._file.fileno(), answer.size, answer.at))
        except (msgspec.DecodeError, OSError):  # nested to the very depth that was decoded when it came; a broken disk
            return None
        assert isinstance(outcome, Outcome)  # noqa: S101  (it was one when it came)
        self.taken += 1
        return Finding(job, answer.members, replace(outcome, document=job.document))

    def _ask(self, box: Box) -> bool:
        """Submit one task of this mailbox, if there is anything to ask."""
        if box.waiting:
            mails = list(_batch(box.waiting))
            jobs = [Job(n, one.offset, one.length, one.name, mail=True, quoted=True) for n, one in enumerate(mails)]
            self._submit(box, Gathering(jobs, self._blobs, partial(as_named, box.descriptor)), walk=False)
            return True
        size = min(box.writing.size, box.walked + LOOK)
        looking = any(asked.box is box and asked.walk for asked in self._asked.values())
        if looking or not box.writing.going or size - box.walked < STEP:
            return False
        box.writing.flush()
        box.walked = size
        job = Job(0, 0, size, box.name, resume=box.resume if box.resume.ordinal else None)
        # A mail is known by its place alone, and held against the bytes in its turn.
        self._submit(box, Gathering([job], self._blobs, lambda _job, _slices: True), walk=True)
        return True

    def _tidy(self) -> None:
        """Forget mailboxes of which nothing can be wanted any more, and begin the file anew where none is left."""
        asked = [asked.box for asked in self._asked.values()]
        for box in list(self._boxes):
            dropped = not (box.writing.going or box.writing.sha256)  # its bytes would keep their room on the disk
            box.closed |= dropped
            if box not in asked and (dropped or not (box.writing.going or box.answers or box.waiting)):
                self._forget(box)
        if not asked and not any(box.answers for box in self._boxes):
            self._size = 0

    def _taken(self, box: Box, span: Span) -> Answer | None:
        answer = box.answers.pop(span, None)
        self._held -= 1 + len(answer.members) if answer else 0
        return answer

    def _forget(self, box: Box) -> None:
        for span in list(box.answers):
            self._taken(box, span)
        os.close(box.descriptor)
        self._boxes.remove(box)

    def _submit(self, box: Box, gathering: Gathering, *, walk: bool) -> None:
        number = next(self._numbers)
        self._asked[number] = Asked(box, gathering, walk)
        entries = min(self._budget.entries, box.resume.ordinal + MOST)
        budget = replace(self._budget, entries=entries) if walk else self._budget
        request = Request(jobs=tuple(gathering.jobs), budget=budget)
        self._pool.submit(number, encode_request(request), [box.descriptor])

    def _keep(self, asked: Asked, finding: Finding, frame: bytes) -> None:
        asked.members += finding.members
        if len(asked.members) > MOST + CHECKPOINT:
            raise BrokenReplyError("more members than asked for")
        if asked.walk and not all(one.sliced for one in finding.members):
            # A slice lies within the bytes that are there; of anything else a child may say that it lies beyond, and
            # what was read of a mail before it was there would be taken for the mail.
            raise BrokenReplyError("no slice of a mailbox")
        if finding.outcome is None:
            return
        members, asked.members = tuple(asked.members), []
        if asked.walk:
            self._found(asked.box, members, finding.outcome)
            return
        answer = Answer(members, self._size, len(frame))
        self._size += len(frame)
        with suppress(OSError):
            if os.pwrite(self._file.fileno(), frame, answer.at) == answer.size:
                asked.box.answers[finding.job.offset, finding.job.length] = answer
                self.read += 1
                self._held += 1 + len(members)

    def _found(self, box: Box, mails: tuple[Member, ...], outcome: Outcome) -> None:
        """All but the last, which goes on where more has been unpacked by now."""
        if outcome.container != "mbox":
            box.closed = True
        whole = mails[:-1]
        if whole and not box.closed:
            sliced = box.resume.sliced + sum(one.length for one in whole)
            box.resume = Resume(mails[-1].ordinal, whole[-1].offset + whole[-1].length, sliced)
            if len(mails) == MOST:
                box.walked = box.resume.offset  # more have been unpacked than were asked for
            box.waiting.extend(whole)


def _batch(waiting: deque[Member]) -> Iterator[Member]:
    """The next mails, taken off the list."""
    size = 0
    for _ in range(MAILS):
        if not waiting or (size and size + waiting[0].length > BYTES):
            return
        size += waiting[0].length
        yield waiting.popleft()
