"""Two texts cut into bands that stand side by side: passages that differ, and lines that agree."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crible.assess.collate import Run

FOLDED = 20
"""Lines that agree, in a row, are folded away from this many on."""


@dataclass(slots=True)
class Band:
    """Some lines of both texts."""

    runs: list[tuple[int, Run]] = field(default_factory=list)
    """Each with the number of its difference from 1, or 0."""
    lines: int = 0
    """Where nothing differs: how many lines there are."""

    @property
    def folded(self) -> bool:
        """It is long and agrees: whoever looks for differences need not read it."""
        return self.lines >= FOLDED

    @property
    def differs(self) -> bool:
        """Whether a difference begins in it."""
        return any(number for number, _ in self.runs)


def bands(runs: tuple[Run, ...]) -> Iterator[Band]:
    """The runs cut where both texts end a line, so that what belongs together stands side by side."""
    band, number = Band(), 0
    for run in runs:
        if run.kinds:
            number += 1
            band.runs.append((number, run))
            continue
        head, middle, tail = _cut(run)
        band.runs.append((0, head))
        if middle is None:
            continue
        yield band
        if middle.ours.strip() or middle.theirs.strip():
            yield Band([(0, middle)], max(middle.ours.count("\n"), middle.theirs.count("\n"), 1))
        band = Band([(0, tail)] if tail.ours or tail.theirs else [])
    if band.runs:
        yield band


def _cut(run: Run) -> tuple[Run, Run | None, Run]:
    """Up to its first end of line, the whole lines, and what follows its last; one piece where a side has no end."""
    nothing = Run("", "")
    ends = [(text.find("\n") + 1, text.rfind("\n") + 1) for text in (run.ours, run.theirs)]
    if not all(first for first, _ in ends):
        return run, None, nothing
    (a, b), (c, d) = ends
    return (
        Run(run.ours[:a], run.theirs[:c]),
        Run(run.ours[a:b], run.theirs[c:d]),
        Run(run.ours[b:], run.theirs[d:]),
    )
