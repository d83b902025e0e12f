"""The words of the ledger: every item ends in one final state, with a reason where it was not simply read."""

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where an item stands. `TODO` and `RUNNING` are not final."""

    TODO = "todo"
    RUNNING = "running"
    """The pessimistic mark: set before work, replaced in the transaction that holds the work's output."""
    READ = "read"
    DUPLICATE = "duplicate"
    """Same bytes as another item; one document with several paths."""
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    IGNORED = "ignored"
    """Listed by its container but holding no bytes to read: a folder, a link, a device."""
    QUARANTINED = "quarantined"
    """Its reader died on it more often than allowed; never tried again by itself."""


FINAL = frozenset(State) - {State.TODO, State.RUNNING}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item did not end as read: a message key of domain `ledger` and its parameters."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


class Isolation(StrEnum):
    """How well a parser was walled in, as probed on the machine, never as configured."""

    FULL = "full"
    """Resource limits, Landlock and seccomp all took hold."""
    PARTIAL = "partial"
    """Resource limits only, or one of the two walls (macOS, old kernels)."""
    NONE = "none"
