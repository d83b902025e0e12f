"""The arithmetic: from a pair of signatures to a modulus, and what a number must be like to pass for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import gmpy2

from crible.proof.dkim.pkcs1 import encoded, reveal

EXPONENTS = (3, 17, 65537)
"""Cheapest first: the first two take milliseconds, and nearly every key has the last (RFC 8017 leaves the choice)."""
FEWEST = 3
"""Other messages that must verify under a modulus before it is believed to be one."""
SIZES = frozenset(bits // 8 for bits in (512, 768, 1024, 1280, 1536, 2048, 3072, 4096))
"""Bytes of the moduli that were ever deployed for mail. A 4096-bit one costs 0.4 GB and about four minutes."""
_SMALL = 20_000
"""Primes below it are divided out: a prime p is common to two unrelated numbers with a chance of 1/p**2."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A signature and what it should be a signature of, if the header it stands in is as it was signed."""

    signature: bytes
    digest: bytes
    """Of the canonical signed header fields, as stored."""
    hash_name: str = "sha256"

    @property
    def message(self) -> int | None:
        """EMSA-PKCS1-v1_5 of the digest in as many bytes as the signature has; None where it does not fit."""
        found = encoded(self.digest, self.hash_name, len(self.signature))
        return None if found is None else int.from_bytes(found, "big")

    @property
    def number(self) -> int:
        """The signature as a number."""
        return int.from_bytes(self.signature, "big")


def common(pair: Sequence[tuple[int, int]], exponent: int) -> int:
    """The greatest common divisor of both s**e - m, without small primes.

    `pair` holds (s, m) twice. With e = 65537 and 2048 bits the numbers have 134 million bits each: 80 s on one core,
    0.2 GB. Reducing one by the other first saves nothing, since they are of one length.
    """
    (s1, m1), (s2, m2) = pair
    first = abs(gmpy2.mpz(s1) ** exponent - m1)
    second = abs(gmpy2.mpz(s2) ** exponent - m2)
    return int(_stripped(gmpy2.gcd(first, second)))


def refined(divisor: int, others: Iterable[Sample], size: int, exponent: int) -> int:
    """A divisor that is longer than the signatures, with what other signatures do not share taken out of it.

    These are powers modulo the divisor, a few microseconds each. A signature whose header was altered shares nothing
    and is passed over.
    """
    for other in others:
        if divisor.bit_length() <= 8 * size:
            break
        if (message := other.message) is not None:
            shared = gmpy2.gcd(divisor, gmpy2.powmod(other.number, exponent, divisor) - message)
            if shared.bit_length() > 8 * size - 8:
                divisor = int(_stripped(shared))
    return divisor


def fits(modulus: int, size: int) -> bool:
    """Whether a number can be an RSA modulus of `size` bytes, by length and make.

    Composite, no power, and of the full length: a prime would let anybody sign (Fermat), and a number from which small
    factors had to be divided out is too short here.
    """
    if size not in SIZES or not 8 * size - 8 < modulus.bit_length() <= 8 * size:
        return False
    return bool(modulus & 1) and not gmpy2.is_prime(modulus) and not gmpy2.is_power(modulus)


def verified(modulus: int, exponent: int, samples: Iterable[Sample]) -> int:
    """How many of the samples are signatures under this key of the digests they stand with."""
    return sum(_verifies(modulus, exponent, sample) for sample in samples)


def _verifies(modulus: int, exponent: int, sample: Sample) -> bool:
    message = reveal(sample.signature, modulus, exponent)
    return message is not None and message == encoded(sample.digest, sample.hash_name, len(message))


def _stripped(number: Any) -> Any:
    while number > 1 and (small := gmpy2.gcd(number, _primorial())) > 1:
        number //= small
    return number


@cache
def _primorial() -> Any:
    return gmpy2.primorial(_SMALL)
