"""OpenPGP public keys of the user's own files: which addresses they are of, and whether they made a signature.

A key's own signatures are checked, so that no address or subkey counts that was glued on later (RFC 9580 §5.2.4,
§10.1.1). Whose key it is is the user's own statement.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa, utils

from crible.proof.enclosed.packets import (
    PRIMARY,
    SIGNATURE,
    SUBKEY,
    USER,
    BadPacket,
    Packet,
    Signature,
    numbers,
    packets,
    signature,
)

_HASHES = {
    "sha1": hashes.SHA1(),  # noqa: S303
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_RSA, _DSA, _ECDSA, _EDDSA, _ED25519 = (1, 3), 17, 19, 22, 27
_CURVES: dict[bytes, ec.EllipticCurve] = {
    bytes.fromhex("2a8648ce3d030107"): ec.SECP256R1(),
    bytes.fromhex("2b81040022"): ec.SECP384R1(),
    bytes.fromhex("2b81040023"): ec.SECP521R1(),
}
_ED25519_LEGACY = bytes.fromhex("2b06010401da470f01")
_CERTIFIES, _BINDS, _BOUND_BACK, _REVOKES, _REVOKES_SUBKEY, _REVOKES_USER = (
    range(0x10, 0x14),
    0x18,
    0x19,
    0x20,
    0x28,
    0x30,
)
_SIGNS = 0x02
_ADDRESS = re.compile(rb"<([^<>\s@]++@[^<>\s@]++)>\s*\Z|\A\s*([^<>\s@]++@[^<>\s@]++)\s*\Z")

PublicKey = rsa.RSAPublicKey | dsa.DSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Half:
    """A primary key or subkey packet, read."""

    body: bytes
    key: PublicKey
    created: int

    @property
    def fingerprint(self) -> bytes:
        """Of version 4 (§5.5.4.2)."""
        return hashlib.sha1(self.framed, usedforsecurity=False).digest()

    @property
    def framed(self) -> bytes:
        """As it enters the hash of what is signed about it."""
        return b"\x99" + len(self.body).to_bytes(2, "big") + self.body

    def made(self, found: Signature, digest: bytes) -> bool:
        """Whether this key made a signature of that digest."""
        if found.left != digest[:2]:
            return False
        try:
            _verify(self.key, found, digest)
        except (InvalidSignature, BadPacket, ValueError, OverflowError, UnsupportedAlgorithm):
            return False
        return True


@dataclass
class OpenPGPKey:
    """A key with what it says of itself under its own signature."""

    primary: Half
    source: str = ""
    addresses: set[str] = field(default_factory=set)
    signing: list[tuple[Half, int | None]] = field(default_factory=list)
    """Keys that may sign, each with the Unix time at which it expires."""
    revoked: bool = False
    withdrawn: set[bytes] = field(default_factory=set)
    """Packets of user ids and subkeys that the key took back, wherever among its signatures it says so."""

    @property
    def fingerprint(self) -> str:
        """Of the primary key, hex."""
        return self.primary.fingerprint.hex()

    def made(self, found: Signature, digest: bytes) -> bool:
        """Whether one of its signing keys made this signature, in that key's time. A revoked key made none.

        What a revocation says of its reason is not read: no key is safe to rely on once its owner took it back.
        """
        if self.revoked or found.seconds is None:
            return False
        return any(
            half.fingerprint.endswith(found.key_id or b"\0")
            and half.created <= found.seconds
            and (expires is None or found.seconds < expires)
            and half.made(found, digest)
            for half, expires in self.signing
        )


def read_public_keys(data: bytes, source: str) -> Iterator[OpenPGPKey]:
    """The keys of one armoured block, those of a kind that is not read left out. Raises BadPacket."""
    group: list[Packet] = []
    for packet in packets(data):
        if packet.tag == PRIMARY and group:
            yield from _key(group, source)
            group = []
        if group or packet.tag == PRIMARY:
            group.append(packet)
    yield from _key(group, source)


def _key(group: list[Packet], source: str) -> Iterator[OpenPGPKey]:
    """One key, if it is of a kind that is read: its packets in order, each signature about what it follows."""
    primary = _half(group[0].body) if group else None
    if primary is None:
        return
    key = OpenPGPKey(primary, source)
    about: Packet = group[0]
    lifetimes: list[tuple[int, int | None]] = []
    users: list[bytes] = []
    for packet in group[1:]:
        if packet.tag in (USER, SUBKEY):
            about = packet
        elif packet.tag == SIGNATURE:
            _apply(key, about, packet, lifetimes, users)
        elif packet.tag != 17:  # a picture: what follows it is about it
            about = packet
    latest = max(lifetimes, default=(0, None), key=lambda one: one[0])[1]
    key.addresses = {_address(user) for user in users if user not in key.withdrawn} - {""}
    key.signing = [one for one in key.signing if one[0].body not in key.withdrawn]
    key.signing.insert(0, (primary, primary.created + latest if latest else None))
    if key.addresses:
        yield key


def _apply(
    key: OpenPGPKey, about: Packet, packet: Packet, lifetimes: list[tuple[int, int | None]], users: list[bytes]
) -> None:
    try:
        found = signature(packet.body)
    except BadPacket:
        return
    own = key.primary
    if about.tag == PRIMARY and found.kind == _REVOKES:
        key.revoked |= own.made(found, found.digest(own.framed))
    elif about.tag == USER:
        framed = own.framed + b"\xb4" + len(about.body).to_bytes(4, "big") + about.body
        if found.kind in _CERTIFIES and own.made(found, found.digest(framed)):
            lifetimes.append((found.seconds or 0, found.key_lifetime))
            users.append(about.body)
        elif found.kind == _REVOKES_USER and own.made(found, found.digest(framed)):
            key.withdrawn.add(about.body)
    elif about.tag == SUBKEY:
        _bind(key, about, found)


def _bind(key: OpenPGPKey, about: Packet, found: Signature) -> None:
    """A subkey signs for its primary key if both say so (§5.2.1.8, §5.2.1.9)."""
    half = _half(about.body)
    if half is None:
        return
    digest = found.digest(key.primary.framed + half.framed)
    if not key.primary.made(found, digest):
        return
    if found.kind == _REVOKES_SUBKEY:
        key.withdrawn.add(half.body)
    elif found.kind == _BINDS and (found.flags or 0) & _SIGNS and _bound_back(found, key.primary, half):
        key.signing.append((half, half.created + found.key_lifetime if found.key_lifetime else None))


def _bound_back(found: Signature, primary: Half, half: Half) -> bool:
    try:
        back = signature(found.embedded)
    except BadPacket:
        return False
    return back.kind == _BOUND_BACK and half.made(back, back.digest(primary.framed + half.framed))


def _address(user: bytes) -> str:
    found = _ADDRESS.search(user[:1000])
    return (found[1] or found[2]).decode("utf-8", "replace").lower() if found else ""


def _half(body: bytes) -> Half | None:
    if len(body) < 7 or body[0] != 4:
        return None
    try:
        return Half(body, _public(body[5], body[6:]), int.from_bytes(body[1:5], "big"))
    except (BadPacket, ValueError, UnsupportedAlgorithm, KeyError):
        return None


def _public(algorithm: int, data: bytes) -> PublicKey:
    if algorithm in _RSA:
        (n, e), _ = numbers(data, 2)
        return rsa.RSAPublicNumbers(e, n).public_key()
    if algorithm == _DSA:
        (p, q, g, y), _ = numbers(data, 4)
        return dsa.DSAPublicNumbers(y, dsa.DSAParameterNumbers(p, q, g)).public_key()
    if algorithm == _ED25519:
        return ed25519.Ed25519PublicKey.from_public_bytes(data[:32])
    if algorithm in (_ECDSA, _EDDSA) and data:
        curve, rest = data[1 : 1 + data[0]], data[1 + data[0] :]
        (point,), _ = numbers(rest, 1)
        raw = point.to_bytes((point.bit_length() + 7) // 8, "big")
        if algorithm == _ECDSA:
            return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[curve], raw)
        if curve == _ED25519_LEGACY and raw[:1] == b"\x40":
            return ed25519.Ed25519PublicKey.from_public_bytes(raw[1:])
    raise BadPacket


def _verify(key: PublicKey, found: Signature, digest: bytes) -> None:
    hash_with = _HASHES[found.hash_name]
    prehashed = utils.Prehashed(hash_with)
    if isinstance(key, rsa.RSAPublicKey) and found.key_algorithm in _RSA:
        (number,), _ = numbers(found.numbers, 1)
        key.verify(number.to_bytes((key.key_size + 7) // 8, "big"), digest, padding.PKCS1v15(), prehashed)
    elif isinstance(key, dsa.DSAPublicKey) and found.key_algorithm == _DSA:
        (r, s), _ = numbers(found.numbers, 2)
        key.verify(utils.encode_dss_signature(r, s), digest, prehashed)
    elif isinstance(key, ec.EllipticCurvePublicKey) and found.key_algorithm == _ECDSA:
        (r, s), _ = numbers(found.numbers, 2)
        key.verify(utils.encode_dss_signature(r, s), digest, ec.ECDSA(prehashed))
    elif isinstance(key, ed25519.Ed25519PublicKey) and found.key_algorithm == _EDDSA:
        (r, s), _ = numbers(found.numbers, 2)
        key.verify(r.to_bytes(32, "big") + s.to_bytes(32, "big"), digest)
    elif isinstance(key, ed25519.Ed25519PublicKey) and found.key_algorithm == _ED25519:
        key.verify(found.numbers[:64], digest)
    else:
        raise BadPacket
