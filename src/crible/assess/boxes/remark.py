"""One thing said of a box or of the dump: a message key of domain `remarks` with its parameters, never a sentence."""

from bisect import insort
from dataclasses import dataclass, field

from crible.model.evidence import Param, Strength

MOST = 50
"""Documents named behind a remark."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said, of which box, on which day, and which documents stand behind it."""

    kind: str
    """`owner`, `last`, `absence` or `intrusion`."""
    box: str
    message: str
    params: dict[str, Param] = field(default_factory=dict)
    strength: Strength = Strength.NONE
    day: str = ""
    """ISO date."""
    refs: tuple[str, ...] = ()
    count: int = 0


class Behind:
    """The documents behind a remark: how many, and the first `MOST` in order of their ids, whatever order they come."""

    __slots__ = ("_ids", "count")

    def __init__(self) -> None:
        self.count = 0
        self._ids: list[str] = []

    def add(self, id: str) -> None:  # noqa: A002  (the SHA-256 is called so everywhere)
        """Count one document; it is met once."""
        self.count += 1
        if len(self._ids) < MOST or id < self._ids[-1]:
            insort(self._ids, id)
            del self._ids[MOST:]

    @property
    def refs(self) -> tuple[str, ...]:
        """The ids, sorted."""
        return tuple(self._ids)
