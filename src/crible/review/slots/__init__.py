"""Where a mark lives: a slot of a document, whose value can be read, set, and set back. Undo knows nothing else."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from crible.review.models import User
from crible.review.slots import assigned, decision, note, second, star, state, tag

Read = Callable[[str, Collection[str], str], dict[str, Any]]
"""Case, documents, key: the value of each document, the kind's own `none` where there is nothing."""
Write = Callable[[str, Mapping[str, Any], str, User], None]
"""Case, documents with their values, key, who writes."""

KINDS: dict[str, tuple[Read, Write]] = {
    "state": (state.read, state.write),
    "tag": (tag.read, tag.write),
    "star": (star.read, star.write),
    "note": (note.read, note.write),
    "assigned": (assigned.read, assigned.write),
    "decision": (decision.read, decision.write),
    "second": (second.read, second.write),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of mark, and which of that kind: the tag's name, the note's number, whose star."""

    kind: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind

    @classmethod
    def of(cls, text: str) -> "Slot":
        """As `str` writes it."""
        kind, _, key = text.partition(":")
        return cls(kind, key)

    def read(self, case: str, documents: Collection[str]) -> dict[str, Any]:
        """The value of each of these documents."""
        return KINDS[self.kind][0](case, documents, self.key)

    def write(self, case: str, values: Mapping[str, Any], by: User) -> None:
        """Set them."""
        KINDS[self.kind][1](case, values, self.key, by)
