"""Which documents of a corpus may be near copies of one another: sketches that agree in a band, never each with each.

Memory is the sketches and one list of integers: 200 MB for 10^6 documents. Work is a sort for each band and what the
caps leave of the pairs, so that neither a thousand newsletters of one make nor a poisoned corpus becomes quadratic.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, groupby

from crible.index.sketch import BANDS, FIGURES, KEY

BUCKET = 24
"""Documents that agree in a band and are all set against one another. A larger bucket is a form (statements,
confirmations of orders): it is divided by the figures that they share, and what is still larger is put in order, each
set against the next `NEXT` only."""
NEXT = 4
OTHERS = 40
"""Candidates of one document; more are chance, or a form."""

Pair = tuple[int, int]


def candidates(sketches: Sequence[bytes]) -> Iterator[Pair]:
    """Pairs of positions (i < j) that may be near copies, each once. Empty sketches take no part.

    The order of `sketches` decides what a cap leaves out, so give them in the order of the documents' ids.
    """
    met: set[Pair] = set()
    counts = [0] * len(sketches)
    for pair in _pairs(sketches):
        first, second = pair
        if pair in met or counts[first] >= OTHERS or counts[second] >= OTHERS:
            continue
        met.add(pair)
        counts[first] += 1
        counts[second] += 1
        yield pair


def _pairs(sketches: Sequence[bytes]) -> Iterator[Pair]:
    everyone = [at for at, sketch in enumerate(sketches) if sketch]
    for band in range(BANDS):
        for bucket in _buckets(everyone, _key(sketches, band)):
            if len(bucket) <= BUCKET:
                yield from combinations(bucket, 2)
            else:
                yield from _crowded(bucket, sketches)


def _crowded(bucket: list[int], sketches: Sequence[bytes]) -> Iterator[Pair]:
    for figure in range(FIGURES):
        for smaller in _buckets(bucket, _key(sketches, BANDS + figure)):
            if len(smaller) <= BUCKET:
                yield from combinations(smaller, 2)
            else:
                yield from _neighbours(smaller, sketches)


def _neighbours(bucket: list[int], sketches: Sequence[bytes]) -> Iterator[Pair]:
    figures = KEY * BANDS
    ordered = sorted(bucket, key=lambda at: (sketches[at][figures:], sketches[at], at))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEXT]:
            yield min(one, other), max(one, other)


def _key(sketches: Sequence[bytes], part: int) -> Callable[[int], bytes]:
    start, end = part * KEY, (part + 1) * KEY
    return lambda at: sketches[at][start:end]


def _buckets(positions: Sequence[int], key: Callable[[int], bytes]) -> Iterator[list[int]]:
    """Positions that agree, those of two or more, each in rising order."""
    for _, group in groupby(sorted(positions, key=key), key=key):
        bucket = list(group)
        if len(bucket) > 1:
            yield bucket
