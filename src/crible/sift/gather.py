"""Puts together what a child says of its jobs: members with their bytes, then the outcome, one finding at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from crible.model.entry import Begin, End, Refused, Slice
from crible.model.ledger import Reason, State
from crible.sift.wire import Covered, Job, Message, Outcome, decode
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


class BrokenReplyError(Exception):
    """A child said something out of turn or of the wrong type."""


@dataclass
class Gathering:
    """What one task has said so far."""

    jobs: Sequence[Job]
    blobs: Blobs
    done: int = 0
    _members: list[Member] = field(default_factory=list)
    _begun: Begin | None = None
    _writing: Writing | None = None

    def take(self, untrusted_frame: bytes) -> Iterator[Finding]:
        """Add one frame; yields a finding when a job ended, or when a long walk is worth a checkpoint."""
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
        if len(self._members) >= CHECKPOINT and self._begun is None:
            yield Finding(self.jobs[self.done], self._flush())

    def drop(self) -> None:
        """Forget the unfinished job; its child is gone."""
        self._members.clear()
        self._begun = None
        if self._writing is not None:
            self._writing.drop()
            self._writing = None

    def _add(self, message: Message) -> None:
        if isinstance(message, tuple):
            self._members += [_sliced(entry) for entry in message]
        elif isinstance(message, Begin):
            self._begun, self._writing = message, self.blobs.writing()
        elif isinstance(message, Refused):
            self._refuse(message)
        elif isinstance(message, Covered | Outcome) or self._writing is None or self._begun is None:
            raise BrokenReplyError(f"{type(message).__name__} out of turn")
        elif isinstance(message, End):
            self._keep(self._begun, self._writing)
        else:
            self._writing.write(message)

    def _keep(self, begun: Begin, writing: Writing) -> None:
        sha256, size = writing.keep()
        self._writing = self._begun = None
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
                declared=begun.declared,
                instants=begun.instants,
            )
        )

    def _refuse(self, entry: Refused) -> None:
        if self._writing is not None:
            self._writing.drop()
            self._writing = self._begun = None
        self._members.append(
            Member(
                entry.ordinal,
                entry.name,
                entry.raw_name,
                declared=entry.declared,
                state=entry.state,
                reason=entry.reason,
            )
        )

    def _end(self, outcome: Outcome) -> Finding:
        job = self.jobs[self.done]
        if outcome.document != job.document or self._begun is not None:
            raise BrokenReplyError("an outcome out of turn")
        self.done += 1
        return Finding(job, self._flush(), outcome)

    def _flush(self) -> tuple[Member, ...]:
        members = tuple(self._members)
        self._members = []
        return members


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
