"""Windows on made-up bytes, and a reader of entries that insists on the contract of `crible.model.entry`."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from crible.intake.budget import Budget
from crible.intake.walk import walk
from crible.model.entry import Begin, Closed, End, Entry, Refused, Slice
from crible.model.ledger import State
from crible.sandbox.window import Window


@dataclass
class Member:
    """One member as a consumer ends up with it."""

    name: str
    data: bytes | None
    entry: Slice | Begin | Refused
    reason: str = ""
    state: State | None = None


@dataclass
class Account:
    """All members and what the walker closed with."""

    closed: Closed
    members: list[Member] = field(default_factory=list)
    produced: int = 0
    sliced: int = 0

    @property
    def data(self) -> dict[str, bytes | None]:
        return {member.name: member.data for member in self.members}

    @property
    def reasons(self) -> dict[str, str]:
        return {member.name: member.reason for member in self.members if member.reason}

    @property
    def remainder(self) -> str | None:
        return self.closed.remainder.code if self.closed.remainder else None


Take = Callable[..., Account]


@pytest.fixture(scope="session")
def window() -> Iterator[Callable[[bytes], Window]]:
    """A window on some bytes; valid until the next one is asked for."""
    with tempfile.TemporaryFile() as file:

        def put(data: bytes) -> Window:
            file.seek(0)
            file.truncate()
            file.write(data)
            file.flush()
            return Window(file.fileno(), 0, len(data))

        yield put


@pytest.fixture(scope="session")
def account() -> Callable[..., Account]:
    """Consume entries; fails where they break the contract. `keep=False` does not hold on to decoded bytes."""
    return _consume


@pytest.fixture(scope="session")
def take(window: Callable[[bytes], Window]) -> Take:
    """Walk some bytes as a container of the kind named."""

    def run(kind: str, data: bytes, name: str = "leak", budget: Budget | None = None, **more: object) -> Account:
        opened = window(data)
        return _consume(walk(kind, opened, name, budget or Budget(), **more), opened)  # type: ignore[arg-type]

    return run


def _consume(entries: Iterable[Entry], window: Window, *, keep: bool = True, first: int = 0) -> Account:
    account = Account(Closed(-1))
    open_member: Begin | None = None
    body, size = [], 0
    for entry in entries:
        assert account.closed.listed < 0, "nothing may follow Closed"
        match entry:
            case bytes():
                assert open_member, "bytes outside a member"
                assert 0 < len(entry) <= 1 << 20
                size += len(entry)
                body.append(entry if keep else b"")
            case Begin():
                assert open_member is None
                open_member, body, size = entry, [], 0
            case End():
                assert open_member
                assert entry.produced == size
                account.produced += size
                _add(account, Member(open_member.name, b"".join(body), open_member), first)
                open_member = None
            case Refused():
                assert open_member is None or (open_member.ordinal, open_member.name) == (entry.ordinal, entry.name)
                assert entry.state in (State.UNREADABLE, State.ENCRYPTED, State.IGNORED)
                _add(account, Member(entry.name, None, entry, entry.reason.code, entry.state), first)
                open_member = None
            case Slice():
                assert open_member is None
                assert 0 <= entry.offset <= entry.offset + entry.length <= window.length
                data = window.read(entry.offset, entry.length)
                assert hashlib.sha256(data).digest() == entry.sha256
                account.sliced += entry.length
                _add(account, Member(entry.name, data if keep else b"", entry), first)
            case Closed():
                assert open_member is None
                account.closed = entry
    assert account.closed.listed == first + len(account.members), "every listed member is a row, and no other"
    assert len({member.name for member in account.members}) == len(account.members)
    return account


def _add(account: Account, member: Member, first: int) -> None:
    ordinal = member.entry.ordinal
    assert ordinal == first + len(account.members)
    account.members.append(member)
