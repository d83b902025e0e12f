"""What a pool says of its tasks. `key` is whatever the caller gave; frames of one task come in order, then its end."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of a task's output. Untrusted."""

    key: object
    payload: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """A task's end; what its entry point returned. Untrusted."""

    key: object
    payload: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """A task's end without a reply: a message key of domain `ledger` and its parameters.

    `worker-died` {signal}, `time-limit` {seconds}, `cpu-limit` {seconds}, `memory-limit`, `reply-too-large` {limit},
    `reply-broken`, `reader-error` {error}. The child is replaced.
    """

    key: object
    code: str
    params: dict[str, str | int] = field(default_factory=dict)


Event = Frame | Done | Fault
