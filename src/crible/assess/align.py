"""Which words of one text stand in another, in order: patience alignment, near-linear whatever the input.

difflib was rejected: without autojunk two windows of 2,000 alternating words cost it minutes, with autojunk it drops
the frequent words that figures stand between.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

GRAMS = (8, 3, 1)
"""Lengths of the unique runs that texts are anchored on, one after another inside what is still unmatched."""
NEAR = 80
"""Single words anchor only in gaps up to this long; further apart a shared word is chance."""


class Block(NamedTuple):
    """`a[i:i+n] == b[j:j+n]`."""

    i: int
    j: int
    n: int


def align(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """Matching runs in order in both, not overlapping, adjoining ones joined."""
    blocks: list[Block] = []
    work = [(0, len(a), 0, len(b), 0)]
    while work:
        a0, a1, b0, b1, level = work.pop()
        a0, a1, b0, b1 = _trim(a, b, a0, a1, b0, b1, blocks)
        if a0 == a1 or b0 == b1 or level == len(GRAMS):
            continue
        size = GRAMS[level]
        if size == 1 and max(a1 - a0, b1 - b0) > NEAR:
            continue
        at_a, at_b = a0, b0
        for i, j in _anchors(a, b, a0, a1, b0, b1, size):
            if i < at_a or j < at_b:
                continue  # inside a run that an earlier anchor already grew over
            n = _grow(a, b, i, j, a1, b1)
            blocks.append(Block(i, j, n))
            work.append((at_a, i, at_b, j, level + 1))
            at_a, at_b = i + n, j + n
        work.append((at_a, a1, at_b, b1, level + 1))
    return _joined(sorted(blocks))


def _trim(
    a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, blocks: list[Block]
) -> tuple[int, int, int, int]:
    n = _grow(a, b, a0, b0, a1, b1)
    if n:
        blocks.append(Block(a0, b0, n))
        a0, b0 = a0 + n, b0 + n
    n = 0
    while a1 - n > a0 and b1 - n > b0 and a[a1 - n - 1] == b[b1 - n - 1]:
        n += 1
    if n:
        blocks.append(Block(a1 - n, b1 - n, n))
    return a0, a1 - n, b0, b1 - n


def _grow(a: Sequence[str], b: Sequence[str], i: int, j: int, a1: int, b1: int) -> int:
    n = 0
    while i + n < a1 and j + n < b1 and a[i + n] == b[j + n]:
        n += 1
    return n


def _anchors(
    a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, size: int
) -> list[tuple[int, int]]:
    """Runs of `size` words that stand once on each side, as (i, j), rising in both."""
    ours = _once(_runs(a, a0, a1, size))
    theirs = _once((j, gram) for j, gram in _runs(b, b0, b1, size) if gram in ours)
    return _rising(sorted((i, j) for gram, j in theirs.items() if j >= 0 and (i := ours[gram]) >= 0))


def _runs(words: Sequence[str], start: int, end: int, size: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every run of `size` words, with where it begins."""
    return enumerate(zip(*(words[start + at : end] for at in range(size)), strict=False), start)


def _once(runs: Iterable[tuple[int, tuple[str, ...]]]) -> dict[tuple[str, ...], int]:
    """Where each run stands; -1 for one that stands twice."""
    found: dict[tuple[str, ...], int] = {}
    for at, gram in runs:
        if found.setdefault(gram, at) != at:
            found[gram] = -1
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs (sorted by i) that rises in j too."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before[at] = ends[place - 1] if place else -1
        if place == len(tails):
            tails.append(j)
            ends.append(at)
        else:
            tails[place], ends[place] = j, at
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _joined(blocks: list[Block]) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if last and last.i + last.n == block.i and last.j + last.n == block.j:
            result[-1] = Block(last.i, last.j, last.n + block.n)
        else:
            result.append(block)
    return result
