"""OpenPGP keys and signatures of invented people, put together packet by packet from RFC 9580."""

import base64
import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa, utils

MADE, SIGNED = 1480000000, 1492673400
HASHES = {"sha1": (2, hashes.SHA1()), "sha256": (8, hashes.SHA256()), "sha512": (10, hashes.SHA512())}
Private = rsa.RSAPrivateKey | dsa.DSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def packet(tag: int, body: bytes) -> bytes:
    if len(body) < 192:
        return bytes([0xC0 | tag, len(body)]) + body
    return bytes([0xC0 | tag, 255]) + len(body).to_bytes(4, "big") + body


def sub(kind: int, body: bytes, critical: bool = False) -> bytes:
    return bytes([len(body) + 1, kind | (0x80 if critical else 0)]) + body


def mpi(number: int) -> bytes:
    return number.bit_length().to_bytes(2, "big") + number.to_bytes((number.bit_length() + 7) // 8, "big")


@dataclass
class Pgp:
    """A primary key or subkey."""

    private: Private
    created: int = MADE
    user: str = "Ana Castel <ana@press.example>"
    legacy: bool = True
    more: list[bytes] = field(default_factory=list)

    @property
    def algorithm(self) -> int:
        return {rsa.RSAPrivateKey: 1, dsa.DSAPrivateKey: 17, ec.EllipticCurvePrivateKey: 19}.get(
            next(
                k
                for k in (rsa.RSAPrivateKey, dsa.DSAPrivateKey, ec.EllipticCurvePrivateKey, object)
                if isinstance(self.private, k)
            ),
            22 if self.legacy else 27,
        )

    @property
    def body(self) -> bytes:
        return b"\x04" + self.created.to_bytes(4, "big") + bytes([self.algorithm]) + self._numbers()

    def _numbers(self) -> bytes:
        key = self.private
        if isinstance(key, rsa.RSAPrivateKey):
            public = key.public_key().public_numbers()
            return mpi(public.n) + mpi(public.e)
        if isinstance(key, dsa.DSAPrivateKey):
            numbers = key.public_key().public_numbers()
            group = numbers.parameter_numbers
            return mpi(group.p) + mpi(group.q) + mpi(group.g) + mpi(numbers.y)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            at = key.public_key().public_numbers()
            point = b"\x04" + at.x.to_bytes(32, "big") + at.y.to_bytes(32, "big")
            return b"\x08" + bytes.fromhex("2a8648ce3d030107") + mpi(int.from_bytes(point, "big"))
        raw = key.public_key().public_bytes_raw()
        if not self.legacy:
            return raw
        return b"\x09" + bytes.fromhex("2b06010401da470f01") + mpi(int.from_bytes(b"\x40" + raw, "big"))

    @property
    def framed(self) -> bytes:
        return b"\x99" + len(self.body).to_bytes(2, "big") + self.body

    @property
    def fingerprint(self) -> bytes:
        return hashlib.sha1(self.framed).digest()

    def sign(
        self,
        data: bytes,
        kind: int,
        hash_name: str = "sha256",
        seconds: int = SIGNED,
        more: bytes = b"",
        loose: bytes = b"",
    ) -> bytes:
        """A version 4 signature packet's body."""
        number, hash_with = HASHES[hash_name]
        hashed = sub(2, seconds.to_bytes(4, "big")) + sub(33, b"\x04" + self.fingerprint) + more
        head = bytes([4, kind, self.algorithm, number]) + len(hashed).to_bytes(2, "big") + hashed
        digest = hashlib.new(hash_name, data + head + b"\x04\xff" + len(head).to_bytes(4, "big")).digest()
        loose = loose or sub(16, self.fingerprint[-8:])
        return head + len(loose).to_bytes(2, "big") + loose + digest[:2] + self._signature(digest, hash_with)

    def sign_3(self, data: bytes, kind: int = 0) -> bytes:
        """A version 3 one."""
        about = bytes([kind]) + SIGNED.to_bytes(4, "big")
        digest = hashlib.sha256(data + about).digest()
        head = b"\x03\x05" + about + self.fingerprint[-8:] + bytes([self.algorithm, 8])
        return head + digest[:2] + self._signature(digest, hashes.SHA256())

    def _signature(self, digest: bytes, hash_with: hashes.HashAlgorithm) -> bytes:
        key, prehashed = self.private, utils.Prehashed(hash_with)
        if isinstance(key, rsa.RSAPrivateKey):
            return mpi(int.from_bytes(key.sign(digest, padding.PKCS1v15(), prehashed), "big"))
        if isinstance(key, dsa.DSAPrivateKey):
            return b"".join(map(mpi, utils.decode_dss_signature(key.sign(digest, prehashed))))
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return b"".join(map(mpi, utils.decode_dss_signature(key.sign(digest, ec.ECDSA(prehashed)))))
        made = key.sign(digest)
        if not self.legacy:
            return made
        return mpi(int.from_bytes(made[:32], "big")) + mpi(int.from_bytes(made[32:], "big"))

    def certified(self, user: str = "", more: bytes = b"", by: "Pgp | None" = None, kind: int = 0x13) -> bytes:
        """A user id and the signature that makes it this key's."""
        name = (user or self.user).encode()
        framed = self.framed + b"\xb4" + len(name).to_bytes(4, "big") + name
        return packet(13, name) + packet(2, (by or self).sign(framed, kind, seconds=MADE, more=more))

    def bound(self, subkey: "Pgp", *, flags: int = 2, back: bool = True) -> bytes:
        """A subkey and the signature that binds it."""
        both = self.framed + subkey.framed
        embedded = subkey.sign(both, 0x19, seconds=MADE) if back else b""
        more = sub(27, bytes([flags])) + (
            b"\xff" + (len(embedded) + 1).to_bytes(4, "big") + b"\x20" + embedded if back else b""
        )
        return packet(14, subkey.body) + packet(2, self.sign(both, 0x18, seconds=MADE, more=more))

    def public(self, *more: bytes) -> bytes:
        """The key, armoured; with its own user id unless told otherwise."""
        return armour("PUBLIC KEY BLOCK", packet(6, self.body) + b"".join(more or (self.certified(),)))


def armour(kind: str, data: bytes) -> bytes:
    lines = base64.encodebytes(data).decode()
    return (
        f"-----BEGIN PGP {kind}-----\nComment: essai\n\n{lines}={_checksum(data)}\n-----END PGP {kind}-----\n".encode()
    )


def _checksum(data: bytes) -> str:
    """CRC-24, base64 (RFC 4880 §6.1): gpg asks for it, RFC 9580 no longer does."""
    value = 0xB704CE
    for byte in data:
        value ^= byte << 16
        for _ in range(8):
            value = value << 1 ^ (0x1864CFB if value & 0x800000 else 0)
    return base64.b64encode((value & 0xFFFFFF).to_bytes(3, "big")).decode()


def ed() -> Pgp:
    return Pgp(ed25519.Ed25519PrivateKey.generate())
