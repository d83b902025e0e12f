"""Moduli from signatures: found, refused, interrupted."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import gmpy2
import pytest

from crible.proof.dkim.pkcs1 import encoded
from crible.proof.recover import EXPONENTS, Sample, fits, search, verified
from crible.proof.recover.modulus import common, refined
from crible.proof.recover.seek import _pairs


class Signer:
    """An RSA key of a small public exponent, so that a gcd takes milliseconds; primes from a counter, never reused."""

    def __init__(self, seed: int, exponent: int = 3, bits: int = 512) -> None:
        self.exponent, self.size = exponent, bits // 8
        primes, start = [], (3 << (bits // 2 - 2)) + (seed << 64)
        while len(primes) < 2:
            start = int(gmpy2.next_prime(start + 2**40))
            if (start - 1) % exponent:
                primes.append(start)
        self.modulus = primes[0] * primes[1]
        self._private = int(gmpy2.invert(exponent, (primes[0] - 1) * (primes[1] - 1)))

    def sample(self, text: str, hash_name: str = "sha256") -> Sample:
        digest = hashlib.new(hash_name, text.encode()).digest()
        message = int.from_bytes(encoded(digest, hash_name, self.size), "big")
        return Sample(
            int(gmpy2.powmod(message, self._private, self.modulus)).to_bytes(self.size, "big"), digest, hash_name
        )

    def samples(self, count: int, hash_name: str = "sha256") -> list[Sample]:
        return [self.sample(f"mail {number}", hash_name) for number in range(count)]


def altered(sample: Sample) -> Sample:
    """As stored after somebody changed a signed field."""
    return Sample(sample.signature, hashlib.sha256(b"altered" + sample.digest).digest())


@pytest.mark.parametrize("exponent", [3, 17])
@pytest.mark.parametrize("hash_name", ["sha256", "sha1"])
def test_a_modulus_is_found_and_verifies_the_others(exponent: int, hash_name: str) -> None:
    signer = Signer(1, exponent)
    found = search(signer.samples(6, hash_name))
    assert found is not None
    assert (found.modulus, found.exponent) == (signer.modulus, exponent)
    assert (found.verified, found.tried) == (4, 4)


def test_a_large_exponent_in_a_process_of_its_own() -> None:
    """A quarter of the usual one, for speed: the numbers have eight million bits."""
    signer, told = Signer(2, 16411), list[tuple[float, float]]()
    found = search(signer.samples(6), (), lambda seconds, of: told.append((seconds, of)), exponents=[16411])
    assert found is not None
    assert found.modulus == signer.modulus
    assert EXPONENTS == (3, 17, 65537)
    assert told[-1][1] > 0, "an estimate"


def test_five_messages_are_the_fewest() -> None:
    samples = Signer(3).samples(5)
    assert search(samples) is not None
    assert search(samples[:4]) is None, "two for the gcd leave only two to verify"
    repeated = [*samples[:4], *samples[:4]]
    assert search(repeated) is None, "the same message twice is one message"


def test_a_modulus_that_verifies_fewer_than_three_others_is_none() -> None:
    samples = Signer(4).samples(8)
    middle = samples[3:5]
    others = [altered(sample) for sample in (*samples[:2], *samples[5:])]
    assert search([*others[:2], samples[2], *middle, *others[2:]], exponents=[3]) is None


def test_altered_headers_say_nothing_and_another_pair_is_tried() -> None:
    signer = Signer(5)
    samples = signer.samples(9)
    at = [index for pair in list(_pairs(samples))[:1] for sample in pair for index in [samples.index(sample)]]
    spoiled = [altered(sample) if index == at[0] else sample for index, sample in enumerate(samples)]
    found = search(spoiled)
    assert found is not None
    assert found.modulus == signer.modulus
    assert found.verified == found.tried - 1


def test_two_holders_under_one_selector() -> None:
    """Of neighbours of one key the modulus is found; the other's mails do not count for it."""
    first, second = Signer(6), Signer(7)
    found = search([*first.samples(9), *second.samples(3)])
    assert found is not None
    assert found.modulus == first.modulus
    assert found.verified == 7


def test_a_key_of_another_selector_needs_no_gcd(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = Signer(8, 65537)
    monkeypatch.setattr("crible.proof.recover.seek._asked", lambda *_: pytest.fail("a gcd was asked for"))
    found = search(signer.samples(5), known=[(Signer(9).modulus, 3), (signer.modulus, 65537)])
    assert found is not None
    assert found.modulus == signer.modulus
    assert found.verified == 5


def test_what_passes_for_a_modulus() -> None:
    signer = Signer(10)
    prime = int(gmpy2.next_prime(1 << 511))
    assert fits(signer.modulus, 64)
    assert not fits(prime, 64), "under a prime anybody can sign"
    assert not fits(signer.modulus // 3 | 1, 64) or (signer.modulus // 3 | 1).bit_length() > 504
    assert not fits(signer.modulus >> 16 | 1, 64), "too short"
    assert not fits(signer.modulus * 257, 64), "too long"
    assert not fits(signer.modulus, 65), "no usual size"
    assert not fits(int(gmpy2.isqrt(1 << 511) | 1) ** 2, 64), "a power"


def test_a_prime_modulus_is_refused_though_all_verifies() -> None:
    """Whoever signs modulo a prime needs no secret: the roots are anybody's to take."""
    prime = int(gmpy2.next_prime(3 << 510))
    while (prime - 1) % 3 == 0:
        prime = int(gmpy2.next_prime(prime))
    root = int(gmpy2.invert(3, prime - 1))

    def sample(number: int) -> Sample:
        digest = hashlib.sha256(b"%d" % number).digest()
        message = int.from_bytes(encoded(digest, "sha256", 64), "big")
        return Sample(int(gmpy2.powmod(message, root, prime)).to_bytes(64, "big"), digest)

    samples = [sample(number) for number in range(6)]
    assert verified(prime, 3, samples) == 6
    assert search(samples, exponents=[3]) is None


def test_a_common_factor_left_over_is_taken_out_by_the_others() -> None:
    signer = Signer(11)
    stray = int(gmpy2.next_prime(30_000))
    assert refined(signer.modulus * stray, signer.samples(3), 64, 3) == signer.modulus
    assert refined(signer.modulus * stray, [altered(signer.sample("x"))], 64, 3) == signer.modulus * stray


def test_small_primes_are_divided_out() -> None:
    # 60 + 11**3 and 60 + 24**3 share nothing but what small primes they may have.
    assert common([(11, 11**3 - 30_030 * 7), (13, 13**3 - 30_030 * 11)], 3) == 1


def test_a_signature_that_is_no_signature_costs_nothing() -> None:
    odd = [
        Sample(b"", b""),
        Sample(b"\0" * 64, b"\0" * 32),
        Sample(b"\1" * 7, b"\1" * 32),
        Sample(b"\xff" * 9000, b"x" * 32),
    ]
    assert search([*odd, *odd]) is None


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_whoever_ends_the_search_ends_the_child(end: signal.Signals) -> None:
    """The gcd itself hears no signal: the process is ended from outside, and with its parent."""
    code = (
        "import hashlib\n"
        "from crible.proof.recover import EXPONENTS, Sample, search\n"
        "made = [(hashlib.shake_256(b'%d' % n), hashlib.sha256(b'%d' % n)) for n in range(6)]\n"
        "ss = [Sample(signature.digest(256), digest.digest()) for signature, digest in made]\n"
        "search(ss, progress=lambda s, of: print(s, of, flush=True))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=_attentive
    )
    assert process.stdout is not None
    process.stdout.readline()
    children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    assert len(children) == 1
    process.send_signal(end)
    process.wait(timeout=10)
    deadline = time.monotonic() + 5
    while _alive(int(children[0])) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(int(children[0]))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_signatures_longer_than_any_modulus_cost_nothing() -> None:
    """Anybody can type a b= of 100 kB, a hundred times over: its powers would take gigabytes."""
    signer = Signer(23)
    typed = [
        Sample(hashlib.shake_256(b"%d" % n).digest(100_000), hashlib.sha256(b"%d" % n).digest()) for n in range(99)
    ]
    assert search(typed) is None
    assert (found := search([*typed, *signer.samples(6)], exponents=(3,))) is not None
    assert found.modulus == signer.modulus


def _attentive() -> None:
    """A suite that was started in the background ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
