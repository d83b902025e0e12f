"""One choice after another of the forms that a header's fields may have had, at a fixed sum of their costs."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from crible.proof.repair.work import NODE, Work

if TYPE_CHECKING:
    from hashlib import _Hash


LONG = 4 << 10
"""Bytes behind a form that are joined to it beforehand: of the 400 forms of 16 names that takes 26 MB at most."""
STROKE = 1 << 16
"""Bytes that are kept to be hashed at one stroke for each segment; more than that is hashed field by field."""


@dataclass(slots=True)
class Segment:
    """What enters the hash at one place: the `nth` mention's form of the group chosen, then fixed bytes."""

    group: int
    nth: int
    first: bool
    """Here the group's form is chosen; at its further mentions it is settled."""
    tail: bytes = b""


class Tailed(Sequence[bytes]):
    """Forms, and long bytes behind each, joined when asked for: a field of 4 MB behind 400 forms would be 1.6 GB."""

    def __init__(self, forms: Sequence[bytes], tail: bytes) -> None:
        self._forms, self._tail = forms, tail

    def __len__(self) -> int:
        return len(self._forms)

    @overload
    def __getitem__(self, at: int) -> bytes: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...

    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        """The form of that number, or several, each with what is behind it."""
        return Tailed(self._forms[at], self._tail) if isinstance(at, slice) else self._forms[at] + self._tail


def tailed(forms: Sequence[bytes], tail: bytes) -> Sequence[bytes]:
    """Each form with the bytes behind it."""
    return [form + tail for form in forms] if len(tail) <= LONG else Tailed(forms, tail)


@dataclass
class Descent:
    """The hash of what is chosen already is kept; each choice costs work as if it were hashed on its own."""

    segments: Sequence[Segment]
    pieces: Sequence[Sequence[bytes]]
    """For each segment and each form of its group, what enters the hash, the fixed bytes behind it included."""
    costs: Sequence[Sequence[int]]
    """Of the same forms, in ascending order; the first alone costs nothing: it is what is stored."""
    digest: bytes
    work: Work
    spent: bool = False
    """The work did not suffice."""
    chosen: dict[int, int] = field(default_factory=dict)
    """By group, once it is found; groups that are missing stand as stored."""
    most: list[int] = field(init=False)
    """The dearest sum that the segments from each on can still add."""
    _stored: list[bytes | None] = field(init=False)
    """What the segments from each on put into the hash if nothing is altered in them; None if that depends on earlier
    choices, or is too long to be kept."""
    _prices: list[int] = field(init=False)
    """The work of the same."""

    def __post_init__(self) -> None:
        count = len(self.segments)
        self.most, self._prices = [0] * (count + 1), [0] * (count + 1)
        self._stored = [b""] * (count + 1)
        for at in range(count - 1, -1, -1):
            segment, following = self.segments[at], self._stored[at + 1]
            self.most[at] = self.most[at + 1] + (self.costs[at][-1] if segment.first else 0)
            piece = self.pieces[at][0]
            self._prices[at] = self._prices[at + 1] + len(piece) + NODE
            kept = segment.first and following is not None and len(piece) + len(following) <= STROKE
            self._stored[at] = piece + following if kept and following is not None else None

    def go(self, state: "_Hash", left: int, at: int = 0, chosen: dict[int, int] | None = None) -> bool:
        """Whether a choice for the segments from `at` on, of that sum of costs, gives the digest."""
        chosen = {} if chosen is None else chosen
        at = self._settled(state, at, chosen)
        if self.spent or at == len(self.segments):
            return not self.spent and not left and self._agrees(state, chosen)
        segment, pieces, costs = self.segments[at], self.pieces[at], self.costs[at]
        low, high = bisect_left(costs, left - self.most[at + 1]), bisect_right(costs, left)
        stored, price = self._stored[at + 1], self._prices[at + 1] + NODE
        for index in range(low, high):
            rest = left - costs[index]
            chosen[segment.group] = index
            # At the last choice that costs anything, all behind it stands as stored and is hashed at one stroke: a
            # third of the time of hashing it field by field, for the same work.
            if rest or stored is None or not self.work.take(price + len(pieces[index])):
                if self._further(state, at, chosen, index, rest):
                    return True
                if self.spent:
                    return False
                continue
            following = state.copy()
            following.update(pieces[index] + stored)
            if following.digest() == self.digest:
                self.chosen = {one.group: chosen[one.group] for one in self.segments[: at + 1]}
                return True
        return False

    def _settled(self, state: "_Hash", at: int, chosen: dict[int, int]) -> int:
        """Hash the segments from `at` on that leave no choice; where the next choice is, or the end.

        In a loop: a header may hold, and h= name, one field six hundred times, deeper than Python calls reach.
        """
        while at < len(self.segments) and not self.segments[at].first:
            piece = self.pieces[at][chosen[self.segments[at].group]]
            if not self.work.spend(len(piece)):
                self.spent = True
                break
            state.update(piece)
            at += 1
        return at

    def _further(self, state: "_Hash", at: int, chosen: dict[int, int], index: int, rest: int) -> bool:
        piece = self.pieces[at][index]
        if not self.work.spend(len(piece)):
            self.spent = True
            return False
        following = state.copy()
        following.update(piece)
        return self.go(following, rest, at + 1, chosen)

    def _agrees(self, state: "_Hash", chosen: dict[int, int]) -> bool:
        if state.digest() != self.digest:
            return False
        self.chosen = dict(chosen)
        return True
