"""OpenPGP: armour, packets, and what a signature packet says, as far as verifying takes it (RFC 9580 §4, §5.2, §6).

No library: those in Python that may be linked are unmaintained (PGPy) or ask the clock whether a key or a hash is
still good (pysequoia), and what crible says of a mail must not change with the day on which it is asked.
"""

import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

MOST = 20_000
"""Packets of one key file."""
HASHES = {2: "sha1", 8: "sha256", 9: "sha384", 10: "sha512", 11: "sha224"}
"""RFC 9580 §9.5, without MD5 and RIPEMD-160."""
SIGNATURE, PRIMARY, USER, SUBKEY = 2, 6, 13, 14

_ARMOUR = re.compile(rb"^-----BEGIN PGP ([A-Z ]{1,40})-----[ \t]*\r?\n", re.MULTILINE)
_CREATED, _KEY_EXPIRES, _ISSUER, _FLAGS, _EMBEDDED, _FINGERPRINT = 2, 9, 16, 27, 32, 33
_KNOWN = frozenset(
    {2, 3, 4, 5, 6, 7, 9, 11, 12, 16, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 39}
)


class BadPacket(ValueError):  # noqa: N818
    """No OpenPGP, or none that is read here."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet's tag and contents."""

    tag: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature packet of version 3 or 4."""

    kind: int
    """Type: 0 over bytes, 1 over text, 0x10 to 0x13 over a user id …"""
    key_algorithm: int
    hash_name: str
    trailer: bytes
    """What is hashed after the signed bytes."""
    left: bytes
    """First two bytes of the digest that was signed."""
    numbers: bytes
    """The signature itself: MPIs, or 64 bytes of Ed25519."""
    seconds: int | None = None
    key_id: bytes = b""
    fingerprint: bytes = b""
    key_lifetime: int | None = None
    """Seconds after its making when the key that this is about expires."""
    flags: int | None = None
    embedded: bytes = b""

    def digest(self, data: bytes) -> bytes:
        """The digest of what it signs."""
        return hashlib.new(self.hash_name, data + self.trailer, usedforsecurity=False).digest()


@dataclass(slots=True)
class _Said:
    hashed: dict[int, bytes] = field(default_factory=dict)
    loose: dict[int, bytes] = field(default_factory=dict)


def armoured(text: bytes, kind: bytes, most: int = MOST) -> Iterator[bytes]:
    """The contents of each armoured block of that kind (`SIGNATURE`, `PUBLIC KEY BLOCK`); its checksum is not read."""
    for found in islice(_ARMOUR.finditer(text), most):
        if found[1] != kind:
            continue
        end = text.find(b"-----END PGP", found.end())
        body = text[found.end() : end if end >= 0 else len(text)].replace(b"\r", b"")
        head, blank, rest = body.partition(b"\n\n")
        if body.startswith(b"\n") or not blank or b":" not in head:
            rest = body
        lines = (line for line in rest.split(b"\n") if not line.startswith(b"="))
        try:
            yield binascii.a2b_base64(b"".join(lines))
        except binascii.Error:
            continue


def packets(data: bytes) -> Iterator[Packet]:
    """The packets of a stream, at most `MOST`. Raises BadPacket."""
    at = 0
    for _ in range(MOST):
        if at >= len(data):
            return
        tag, start, end = _header(data, at)
        if end > len(data):
            raise BadPacket
        yield Packet(tag, data[start:end])
        at = end


def signature(body: bytes) -> Signature:
    """What a signature packet says. Raises BadPacket."""
    try:
        if body[0] == 3 and body[1] == 5:
            return _version_3(body)
        if body[0] == 4:
            return _version_4(body)
    except (IndexError, KeyError):
        pass
    raise BadPacket


def numbers(data: bytes, count: int) -> tuple[tuple[int, ...], bytes]:
    """So many multi-precision integers, and what follows them (§3.2). Raises BadPacket."""
    found, at = [], 0
    for _ in range(count):
        size = (int.from_bytes(data[at : at + 2], "big") + 7) // 8
        if at + 2 + size > len(data):
            raise BadPacket
        found.append(int.from_bytes(data[at + 2 : at + 2 + size], "big"))
        at += 2 + size
    return tuple(found), data[at:]


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    first, rest = data[at], data[at + 1 : at + 6]
    if not first & 0x80 or not rest:
        raise BadPacket
    if not first & 0x40:
        width = (1, 2, 4, 0)[first & 3]
        start = at + 1 + width
        size = int.from_bytes(rest[:width], "big") if width else len(data) - start
        return first >> 2 & 15, start, start + size
    size, width = _size(rest, 224)
    return first & 63, at + 1 + width, at + 1 + width + size


def _size(rest: bytes, partial: int) -> tuple[int, int]:
    """A new-format length and how many bytes it takes (§4.2.1); partial lengths are for data, not for signatures."""
    if rest[0] < 192:
        return rest[0], 1
    if rest[0] < partial and len(rest) > 1:
        return (rest[0] - 192 << 8) + rest[1] + 192, 2
    if rest[0] == 255 and len(rest) == 5:
        return int.from_bytes(rest[1:], "big"), 5
    raise BadPacket


def _version_3(body: bytes) -> Signature:
    return Signature(
        kind=body[2],
        key_algorithm=body[15],
        hash_name=HASHES[body[16]],
        trailer=body[2:7],
        left=body[17:19],
        numbers=body[19:],
        seconds=int.from_bytes(body[3:7], "big"),
        key_id=body[7:15],
    )


def _version_4(body: bytes) -> Signature:
    """Only what was hashed is believed, but for the key's id: that is a hint, and the key decides."""
    hashed_end = 6 + int.from_bytes(body[4:6], "big")
    loose_end = hashed_end + 2 + int.from_bytes(body[hashed_end : hashed_end + 2], "big")
    if loose_end + 2 > len(body):
        raise BadPacket
    said = _Said(_subpackets(body[6:hashed_end]), _subpackets(body[hashed_end + 2 : loose_end]))
    issuer = said.hashed.get(_FINGERPRINT) or said.loose.get(_FINGERPRINT) or b""
    flags = said.hashed.get(_FLAGS)
    return Signature(
        kind=body[1],
        key_algorithm=body[2],
        hash_name=HASHES[body[3]],
        trailer=body[:hashed_end] + b"\x04\xff" + hashed_end.to_bytes(4, "big"),
        left=body[loose_end : loose_end + 2],
        numbers=body[loose_end + 2 :],
        seconds=_number(said.hashed, _CREATED),
        key_id=said.hashed.get(_ISSUER) or said.loose.get(_ISSUER) or issuer[-8:],
        fingerprint=issuer[1:],
        key_lifetime=_number(said.hashed, _KEY_EXPIRES),
        flags=None if flags is None else int.from_bytes(flags[:1], "big"),
        embedded=said.hashed.get(_EMBEDDED) or said.loose.get(_EMBEDDED) or b"",
    )


def _subpackets(area: bytes) -> dict[int, bytes]:
    """The first of each kind. One marked critical that is not known voids the signature (§5.2.3.7)."""
    found: dict[int, bytes] = {}
    at = 0
    while at < len(area):
        size, width = _size(area[at : at + 5], 255)
        start, end = at + width, at + width + size
        if not size or end > len(area):
            raise BadPacket
        kind = area[start] & 0x7F
        if area[start] & 0x80 and kind not in _KNOWN:
            raise BadPacket
        found.setdefault(kind, area[start + 1 : end])
        at = end
    return found


def _number(said: dict[int, bytes], kind: int) -> int | None:
    value = said.get(kind)
    return int.from_bytes(value, "big") if value is not None and len(value) == 4 else None
