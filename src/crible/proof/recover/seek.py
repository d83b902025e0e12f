"""The search for one modulus: which signatures are paired, and when a number that comes out is believed."""

import json
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from crible.model.errors import InputError
from crible.proof.recover.modulus import EXPONENTS, FEWEST, SIZES, Sample, common, fits, refined, verified

Progress = Callable[[float, float], None]
"""Told every second or so: seconds of the attempt at hand, and how many it will take in all; 0 while not known."""
TRIES = 3
"""Pairs tried with each exponent. With 9 headers of 10 intact, one in 150 keys is missed."""
CHECKED = 400
"""Other signatures that a candidate is held against."""
_CHEAP = 1000
_RATIO = 55.0
"""Both powers and the gcd, in powers: 52 for 1024 bits, 60 for 2048 (GMP 6.3)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A key that verifies signatures it was not computed from."""

    modulus: int
    exponent: int
    verified: int
    """Other signatures that verify, of at most `CHECKED` tried."""
    tried: int
    """Other signatures it was held against."""
    seconds: float = 0.0


def search(
    samples: Sequence[Sample],
    known: Sequence[tuple[int, int]] = (),
    progress: Progress = lambda _seconds, _of: None,
    exponents: Sequence[int] = EXPONENTS,
) -> Found | None:
    """The key that made signatures of one selector, or None: which says nothing, the headers may all be altered.

    `samples` are of different mails whose body is as it was signed, in the order of their dates: neighbours are paired,
    for a selector may change its key. `known` are moduli and exponents of other
    selectors: a signer with many customers may use one key for all, and then no gcd is needed.
    """
    usable = _usable(samples)
    if len(usable) < FEWEST + 2:
        return None
    size = len(usable[0].signature)
    began = time.monotonic()
    for modulus, exponent in known:
        if fits(modulus, size) and (found := _believed(modulus, exponent, usable[:CHECKED], ())):
            return found
    for exponent in exponents:
        for pair in islice(_pairs(usable), TRIES):
            divisor = _divisor(pair, exponent, size, progress)
            others = [sample for sample in usable if sample not in pair]
            candidate = refined(divisor, others[:CHECKED], size, exponent)
            if fits(candidate, size) and (found := _believed(candidate, exponent, others[:CHECKED], pair)):
                return Found(found.modulus, exponent, found.verified, found.tried, time.monotonic() - began)
    return None


def _usable(samples: Sequence[Sample]) -> list[Sample]:
    """One of each signature and digest, of the most frequent length that moduli have.

    Others are dropped first: a thousand signatures of 100 kB, which anybody can type, would cost hours and gigabytes.
    """
    fitting = [sample for sample in samples if len(sample.signature) in SIZES and sample.message is not None]
    once = {(sample.number, sample.digest): sample for sample in fitting}
    lengths = Counter(len(sample.signature) for sample in once.values())
    size = max(lengths, key=lambda length: (lengths[length], length), default=0)
    met: dict[bytes, Sample] = {}
    for sample in once.values():
        if len(sample.signature) == size:
            met.setdefault(sample.digest, sample)
    return list(met.values())


def _pairs(samples: Sequence[Sample]) -> Iterator[tuple[Sample, Sample]]:
    """Neighbours from the middle, then from the quarters: no signature is used twice."""
    last, used = len(samples) - 2, set[int]()
    for share in (0.5, 0.25, 0.75, 0.125, 0.875):
        at = int(share * last)
        if not used & {at, at + 1}:
            used |= {at, at + 1}
            yield samples[at], samples[at + 1]


def _believed(modulus: int, exponent: int, others: Sequence[Sample], pair: Sequence[Sample]) -> Found | None:
    if verified(modulus, exponent, pair) < len(pair):
        return None
    count = verified(modulus, exponent, others)
    return Found(modulus, exponent, count, len(others)) if count >= FEWEST else None


def _divisor(pair: tuple[Sample, Sample], exponent: int, size: int, progress: Progress) -> int:
    numbers = [(sample.number, sample.message or 0) for sample in pair]
    if exponent < _CHEAP:
        return common(numbers, exponent)
    question = {"exponent": exponent, "size": size, "pair": [[f"{s:x}", f"{m:x}"] for s, m in numbers]}
    return _asked(json.dumps(question), progress)


def _asked(question: str, progress: Progress) -> int:
    """What a child of ours answers; it is ended with us, however we end."""
    command = [sys.executable, "-m", "crible.proof.recover.child"]
    began, lines, of = time.monotonic(), list[str](), 0.0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
        if child.stdin is None or child.stdout is None:
            raise InputError("recover-child")
        try:
            child.stdin.write(question)
            child.stdin.close()
            while len(lines) < 2:
                if select.select([child.stdout], [], [], 1.0)[0]:
                    if not (line := child.stdout.readline()):
                        raise InputError("recover-child")
                    lines.append(line.strip())
                    of = of or _RATIO * float(lines[0])
                progress(time.monotonic() - began, of)
        finally:
            child.kill()
    return int(lines[1], 16)
