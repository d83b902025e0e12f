"""The houses' signing keys, derived from the demo's seed: nobody keeps a private key in the project.

They protect nothing. An RSA key is the first usable pair of primes after two numbers drawn from a SHA-256 stream;
2048 bits take about 0.1 s, against several hundred lines of PEM that every secret scanner would trip over.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache

import gmpy2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from crible.demo.cast import HOUSES, House

EXPONENT = 65537
# DER DigestInfo of SHA-256, RFC 8017 §9.2 note 1.
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


class RsaKey:
    """An RSA key that signs by PKCS #1 v1.5 (RFC 8017 §8.2.1); `cryptography` itself refuses 512 bits."""

    def __init__(self, name: str, bits: int) -> None:
        self.p, self.q = _primes(name, bits)
        self.modulus = self.p * self.q
        self.bits = bits
        self._private = [int(gmpy2.invert(EXPONENT, prime - 1)) for prime in (self.p, self.q)]
        self._inverse = int(gmpy2.invert(self.q, self.p))

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256."""
        size = self.bits // 8
        info = SHA256_INFO + hashlib.sha256(data).digest()
        padded = b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
        number = int.from_bytes(padded)
        # By the Chinese remainder theorem (RFC 8017 §5.1.2): three times as fast, and thousands of mails are signed.
        first, second = (
            int(gmpy2.powmod(number, private, prime))
            for private, prime in zip(self._private, (self.p, self.q), strict=True)
        )
        return (second + (first - second) * self._inverse % self.p * self.q).to_bytes(size)

    def record(self) -> str:
        """The DNS record of RFC 6376 §3.6.1, with the key as SubjectPublicKeyInfo."""
        return f"v=DKIM1; k=rsa; p={base64.b64encode(_public_info(self.modulus)).decode()}"


class EdKey:
    """An Ed25519 key (RFC 8463)."""

    def __init__(self, name: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
        self.bits = 256

    def sign(self, data: bytes) -> bytes:
        """Over the SHA-256 of the data, as RFC 8463 §3 has it."""
        return self._key.sign(hashlib.sha256(data).digest())

    def record(self) -> str:
        """The DNS record of RFC 8463 §4."""
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"


Key = RsaKey | EdKey


@cache
def key_of(house: House, seed: int, hand: str = "") -> Key:
    """The key with which a house signs; another `hand` is a forger's key under the same selector."""
    name = f"crible demo|{seed}|{house.domain}|{house.selector}|{hand}"
    return RsaKey(name, house.bits) if house.algorithm == "rsa-sha256" else EdKey(name)


def key_lines(seed: int) -> str:
    """`keys.jsonl`: one line for each key that somebody noted down, in the shape of the key ring."""
    rows = [
        {
            "domain": house.domain,
            "selector": house.selector,
            "record": key_of(house, seed).record(),
            "bits": key_of(house, seed).bits,
            "sources": [house.source],
            "first_seen": None,
            "last_seen": None,
        }
        for house in sorted(HOUSES, key=lambda house: house.domain)
        if house.source
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _primes(name: str, bits: int) -> tuple[int, int]:
    stream = _stream(name)
    half = bits // 2
    found: list[int] = []
    while len(found) < 2:
        # The two top bits are set so that the product has exactly `bits` bits.
        start = int.from_bytes(b"".join(next(stream) for _ in range(half // 256 or 1))) >> max(0, 256 - half)
        prime = int(gmpy2.next_prime(start | (3 << (half - 2))))
        if prime.bit_length() == half and (prime - 1) % EXPONENT and prime not in found:
            found.append(prime)
    return found[0], found[1]


def _stream(name: str) -> Iterator[bytes]:
    counter = 0
    while True:
        yield hashlib.sha256(f"{name}|{counter}".encode()).digest()
        counter += 1


def _public_info(modulus: int) -> bytes:
    # Written by hand: cryptography refuses to load public keys under 1024 bits in its newer releases.
    numbers = _der(0x30, _integer(modulus) + _integer(EXPONENT))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return _der(0x30, algorithm + _der(0x03, b"\x00" + numbers))


def _integer(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = (
        bytes([size])
        if size < 128
        else bytes([0x80 | (size.bit_length() + 7) // 8]) + size.to_bytes((size.bit_length() + 7) // 8)
    )
    return bytes([tag]) + length + content
