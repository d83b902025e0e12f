"""Holders of keys that nobody noted down: small public exponents, so that recovering one takes milliseconds."""

import base64
import hashlib
from pathlib import Path
from types import SimpleNamespace

import gmpy2
from leak_maker import raw

from crible.demo.signer import dkim_field

SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
SIGNED = ("from", "to", "subject", "date", "message-id", "content-type")


class Holder:
    """Signs mails as one selector of a domain; another `seed` is another key."""

    def __init__(self, domain: str, selector: str = "s1", seed: int = 1, exponent: int = 3, bits: int = 1024) -> None:
        self.domain, self.selector, self.exponent, self.bits = domain, selector, exponent, bits
        primes, start = [], (3 << (bits // 2 - 2)) + (seed << 64)
        while len(primes) < 2:
            start = int(gmpy2.next_prime(start + 2**40))
            if (start - 1) % exponent:
                primes.append(start)
        self.modulus = primes[0] * primes[1]
        self._private = int(gmpy2.invert(exponent, (primes[0] - 1) * (primes[1] - 1)))

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256."""
        info = SHA256_INFO + hashlib.sha256(data).digest()
        padded = b"\x00\x01" + b"\xff" * (self.bits // 8 - len(info) - 3) + b"\x00" + info
        return int(gmpy2.powmod(int.from_bytes(padded), self._private, self.modulus)).to_bytes(self.bits // 8)

    def signed(self, message: bytes, stamp: int = 1489479120) -> bytes:
        """A mail with LF line ends, with this holder's DKIM-Signature on top."""
        head, _, body = message.replace(b"\n", b"\r\n").partition(b"\r\n\r\n")
        house = SimpleNamespace(
            domain=self.domain,
            selector=self.selector,
            algorithm="rsa-sha256",
            canonical="relaxed/relaxed",
            signs=SIGNED,
            oversigns=(),
            limits_length=False,
        )
        fields = [line + b"\r\n" for line in head.split(b"\r\n")]
        field = dkim_field(fields, body, house, self, stamp)  # type: ignore[arg-type]
        return field.replace(b"\r\n", b"\n") + message

    def mails(self, count: int, start: int = 0, **headers: str) -> list[bytes]:
        """So many different mails of this holder, an hour apart."""
        return [self.signed(self.unsigned(start + number, **headers)) for number in range(count)]

    def unsigned(self, serial: int, **headers: str) -> bytes:
        """One of its mails before it is signed."""
        day, hour = divmod(serial, 24)
        date = f"{1 + day % 28:02} Mar 2017 {hour:02}:12:00 +0100"
        text = f"Envoi numero {serial} de l'imprimerie.\n".encode()
        return raw(
            f"Envoi {serial}", text, serial=serial, sender=f"contact@{self.domain}", **({"Date": date} | headers)
        )

    def key_line(self, **more: object) -> str:
        """A line of a key file."""
        return f"{self.selector}._domainkey.{self.domain} TXT v=DKIM1; k=rsa; p={self.public}\n"

    @property
    def public(self) -> str:
        """RSAPublicKey in base64: crible reads it without the wrapper too (RFC 8017 §A.1.1)."""
        numbers = _der(2, self.modulus) + _der(2, self.exponent)
        return base64.b64encode(b"\x30" + _length(len(numbers)) + numbers).decode()

    def key_file(self, path: Path) -> Path:
        """A key file that the user would give with --keys."""
        path.write_text(self.key_line())
        return path


def _der(tag: int, number: int) -> bytes:
    content = number.to_bytes(number.bit_length() // 8 + 1)
    return bytes([tag]) + _length(len(content)) + content


def _length(size: int) -> bytes:
    return bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2)
