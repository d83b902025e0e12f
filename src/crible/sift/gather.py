"""Puts together what a child says of its jobs: members with their bytes, then the outcome, one finding at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from crible.model.entry import Begin, End, Refused, Slice
from crible.model.ledger import Reason, State
from crible.sift.boundary import LARGEST, BrokenReplyError, check_member, check_outcome
from crible.sift.wire import Job, Message, Outcome, decode
from crible.store.blobs import Blobs, Writing

CHECKPOINT = 400
"""Members after which an unfinished walk is committed as far as it got."""


@dataclass(frozen=True, slots=True)
class Member:
    """One listed member, its bytes hashed and kept; or a reason why it has none."""

    ordinal: int
    name: str
    raw_name: bytes = b""
    sha256: bytes | None = None
    size: int = 0
    sliced: bool = False
    """Its bytes are a range of the parent's."""
    offset: int = 0
    length: int = 0
    mail: bool = False
    quoted: bool = False
    declared: int | None = None
    instants: tuple[object, ...] = ()
    state: State | None = None
    reason: Reason | None = None

    @property
    def readable(self) -> bool:
        """Whether it has bytes that make a document."""
        return self.sha256 is not None and self.state is None


@dataclass(frozen=True, slots=True)
class Finding:
    """Members of one document, and its outcome once there is one."""

    job: Job
    members: tuple[Member, ...]
    outcome: Outcome | None = None


@dataclass
class Gathering:
    """What one task has said so far."""

    jobs: Sequence[Job]
    blobs: Blobs
    as_named: Callable[[Job, Sequence[Slice]], bool]
    """Whether slices have the hashes that the child gave them; asks the bytes."""
    done: int = 0
    _members: list[Member] = field(default_factory=list)
    _last: int = -1
    """Ordinal of the present job's last member."""
    begun: Begin | None = None
    """The member whose bytes are coming."""
    writing: Writing | None = None
    """They, as far as they have come."""

    def take(self, untrusted_frame: bytes) -> Iterator[Finding]:
        """Add one frame; yields a finding when a job ended, or when a long walk is worth a checkpoint.

        Raises BrokenReplyError for what a child cannot honestly say here; `drop` then forgets the unfinished job. So it
        does for a file that lists many members in company: were it committed in part, whether it met a cap in the end
        would depend on who travelled with it.
        """
        try:
            message = decode(untrusted_frame)
        except msgspec.DecodeError as error:
            raise BrokenReplyError(str(error)) from error
        if self.done >= len(self.jobs):
            raise BrokenReplyError("more outcomes than jobs")
        if isinstance(message, Outcome):
            yield self._end(message)
            return
        self._add(message)
        if len(self._members) >= CHECKPOINT and self.begun is None:
            if len(self.jobs) > 1 and not self.jobs[self.done].mail:
                raise BrokenReplyError("a long walk in company")
            yield Finding(self.jobs[self.done], self._flush())

    def drop(self) -> None:
        """Forget the unfinished job; its child is gone."""
        self._members.clear()
        self._last = -1
        self.begun = None
        if self.writing is not None:
            self.writing.drop()
            self.writing = None

    def _add(self, message: Message) -> None:
        if isinstance(message, Refused):
            self._refuse(message)
        elif self.begun is None or self.writing is None:
            self._between(message)
        elif isinstance(message, bytes):
            self.writing.write(message)
        elif isinstance(message, End):
            self._keep(self.begun, self.writing)
        else:
            raise BrokenReplyError(f"{type(message).__name__} inside a member")

    def _between(self, message: Message) -> None:
        """A message while no member is open."""
        if isinstance(message, tuple):
            for entry in message:
                self._check(entry)
            if not self.as_named(self.jobs[self.done], message):
                raise BrokenReplyError("a slice of another hash")
            self._members += map(_sliced, message)
        elif isinstance(message, Begin):
            self._check(message)
            self.begun, self.writing = message, self.blobs.writing()
        else:
            raise BrokenReplyError(f"{type(message).__name__} out of turn")

    def _check(self, entry: Slice | Begin | Refused) -> None:
        check_member(entry, self.jobs[self.done], self._last)
        if not isinstance(entry, Begin):
            self._last = entry.ordinal

    def _keep(self, begun: Begin, writing: Writing) -> None:
        self._last = begun.ordinal
        sha256, size = writing.keep()
        self.writing = self.begun = None
        self._members.append(
            Member(
                begun.ordinal,
                begun.name,
                begun.raw_name,
                sha256,
                size,
                offset=begun.offset,
                length=begun.length,
                mail=begun.mail,
                declared=_held(begun.declared),
                instants=begun.instants,
            )
        )

    def _refuse(self, entry: Refused) -> None:
        if self.begun is not None and entry.ordinal != self.begun.ordinal:
            raise BrokenReplyError("another member refused than the one begun")
        self._check(entry)
        if self.writing is not None:
            self.writing.drop()
            self.writing = self.begun = None
        self._members.append(
            Member(
                entry.ordinal,
                entry.name,
                entry.raw_name,
                declared=_held(entry.declared),
                state=entry.state,
                reason=entry.reason,
            )
        )

    def _end(self, outcome: Outcome) -> Finding:
        job = self.jobs[self.done]
        if self.begun is not None:
            raise BrokenReplyError("an outcome inside a member")
        check_outcome(outcome, job)
        self.done += 1
        self._last = -1
        return Finding(job, self._flush(), outcome)

    def _flush(self) -> tuple[Member, ...]:
        members = tuple(self._members)
        self._members = []
        return members


def _held(declared: int | None) -> int | None:
    """A container may declare any number; columns end at 2^63."""
    return None if declared is None else max(0, min(declared, LARGEST))


def _sliced(entry: Slice) -> Member:
    return Member(
        entry.ordinal,
        entry.name,
        entry.raw_name,
        entry.sha256,
        entry.length,
        sliced=True,
        offset=entry.offset,
        length=entry.length,
        mail=entry.mail,
        quoted=entry.quoted,
        instants=entry.instants,
    )
