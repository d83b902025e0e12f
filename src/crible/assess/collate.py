"""Two whole texts beside each other: runs that agree and passages that differ, in order, nothing left out."""

from dataclasses import dataclass

from crible.assess.compare import TELLING, passages
from crible.assess.tokens import MOST, placed

LONGEST = 200_000
"""Characters of each text that are set beside each other."""
DIFFERENCES = 300
"""Passages that are told apart; what follows the last of them is one passage more."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of both texts, each as written."""

    ours: str
    theirs: str
    kinds: tuple[str, ...] = ()
    """Of `Change.kinds`; empty where the two say the same, be it spaced or quoted otherwise."""

    @property
    def telling(self) -> bool:
        """A number, date, name, negation or account differs, or something stands on one side only."""
        return bool(TELLING.intersection(self.kinds))


@dataclass(frozen=True, slots=True)
class Collated:
    """All of it."""

    runs: tuple[Run, ...]
    cut: bool
    """Of one text or both only the beginning was compared; the rest is in no run."""

    @property
    def differing(self) -> tuple[Run, ...]:
        """The passages that differ, in order."""
        return tuple(run for run in self.runs if run.kinds)


def collate(ours: str, theirs: str) -> Collated:
    """Set side by side, up to 20,000 words and 200,000 characters of each."""
    (a, at_a), (b, at_b) = placed(ours[:LONGEST]), placed(theirs[:LONGEST])
    end_a, end_b = _end(ours, at_a), _end(theirs, at_b)
    runs: list[Run] = []
    i = j = 0
    for (a0, a1, b0, b1), change in passages(a, b, DIFFERENCES + 1):
        last = len(runs) == 2 * DIFFERENCES
        start_a, stop_a = _range(at_a, a0, a1, below=_below(theirs, at_b, b0))
        start_b, stop_b = _range(at_b, b0, b1, below=_below(ours, at_a, a0))
        stop_a, stop_b = (end_a, end_b) if last else (stop_a, stop_b)
        runs.append(Run(ours[i:start_a], theirs[j:start_b]))
        runs.append(Run(ours[start_a:stop_a], theirs[start_b:stop_b], ("words",) if last else change.kinds))
        i, j = stop_a, stop_b
    runs.append(Run(ours[i:end_a], theirs[j:end_b]))
    cut = end_a < len(ours) or end_b < len(theirs)
    return Collated(tuple(run for run in runs if run.ours or run.theirs), cut)


def _range(at: list[tuple[int, int]], start: int, end: int, *, below: bool) -> tuple[int, int]:
    """Characters of these words; for none the place behind the word before, or that of the next if it is `below`."""
    if start < end:
        return at[start][0], at[end - 1][1]
    here = at[start][0] if below and start < len(at) else at[start - 1][1] if start else 0
    return here, here


def _below(text: str, at: list[tuple[int, int]], word: int) -> bool:
    """Whether a word begins a line, so that a passage without a counterpart stands beside the line it was put above."""
    if not 0 < word < len(at):
        return False
    return "\n" in text[at[word - 1][1] : at[word][0]]


def _end(text: str, at: list[tuple[int, int]]) -> int:
    """Up to where a text was compared."""
    if len(at) >= MOST:
        return at[-1][1]
    return min(len(text), LONGEST)
