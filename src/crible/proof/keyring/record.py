"""A key record, as DNS has it under SELECTOR._domainkey.DOMAIN, read into a key (RFC 6376 §3.6.1, RFC 8463 §4)."""

import binascii

from crible.proof.keyring.key import Key
from crible.proof.tags import Malformed, parse_tags, unspaced

RSA_BITS = range(256, 16_385)
"""Beyond it nothing was ever deployed; below it no SHA-1 signature fits. 384-bit keys were met in 2012 (Harris)."""

_LONGEST = 1 << 15
_EXPONENT_BITS = 64
_SEQUENCE, _INTEGER, _BIT_STRING = 0x30, 0x02, 0x03
_RSA_ENCRYPTION = bytes.fromhex("06092a864886f70d010101")
_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
)
"""Points of small order, sign bit clear (RFC 7748 §6.1 lists their Montgomery twins): under them anybody can sign."""


class BadRecord(ValueError):  # noqa: N818
    """A record without a usable key; `code` is the message key of domain `errors` saying why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_record(domain: str, selector: str, record: str) -> Key:
    """The key of one TXT record, its strings already joined, without sources or dates.

    Raises BadRecord where there is no key to use: another version, another kind, a revoked one (empty p=), bytes that
    are no key, or a degenerate one under which anybody could sign. t= and g= are not read: they speak to the mail
    server of the day.
    """
    tags = _tags(record)
    if tags.get(b"v", b"DKIM1") != b"DKIM1":
        raise BadRecord("keys-line-version")
    kind = tags.get(b"k", b"rsa").lower()
    if kind not in (b"rsa", b"ed25519"):
        raise BadRecord("keys-line-kind")
    data = _base64(tags.get(b"p"))
    hashes = [name.decode("ascii", "replace") for name in _names(tags.get(b"h", b"")) if name]
    mail = bool({b"*", b"email"} & set(_names(tags.get(b"s", b"*"))))
    found = _rsa(domain, selector, data) if kind == b"rsa" else _ed25519(domain, selector, data)
    return Key(
        domain=found.domain,
        selector=found.selector,
        bits=found.bits,
        modulus=found.modulus,
        exponent=found.exponent,
        point=found.point,
        hashes=frozenset(hashes) if hashes else None,
        mail=mail,
    )


def key_record(key: Key) -> str:
    """The record that a domain with this key publishes (RFC 6376 §3.6.1, RFC 8463 §4); RSA as SubjectPublicKeyInfo.

    By hand for the same reason as `rsa_numbers`: cryptography makes no key of 512 bits.
    """
    if key.point:
        return f"v=DKIM1; k=ed25519; p={binascii.b2a_base64(key.point, newline=False).decode()}"
    numbers = _der(_SEQUENCE, _der_integer(key.modulus) + _der_integer(key.exponent))
    algorithm = _der(_SEQUENCE, _RSA_ENCRYPTION + b"\x05\x00")
    info = _der(_SEQUENCE, algorithm + _der(_BIT_STRING, b"\x00" + numbers))
    return f"v=DKIM1; k=rsa; p={binascii.b2a_base64(info, newline=False).decode()}"


def _der_integer(number: int) -> bytes:
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 0x80 else bytes([0x80 | len(length)]) + length) + content


def _tags(record: str) -> dict[bytes, bytes]:
    text = record.encode("utf-8", "replace")
    if len(text) > _LONGEST:
        raise BadRecord("keys-line-record")
    try:
        return parse_tags(text)
    except Malformed:
        raise BadRecord("keys-line-record") from None


def _base64(value: bytes | None) -> bytes:
    if value is None:
        raise BadRecord("keys-line-record")
    if not value:
        raise BadRecord("keys-line-revoked")
    try:
        return binascii.a2b_base64(unspaced(value), strict_mode=True)
    except binascii.Error:
        raise BadRecord("keys-line-key") from None


def _names(value: bytes) -> list[bytes]:
    return unspaced(value).lower().split(b":")


def _rsa(domain: str, selector: str, der: bytes) -> Key:
    modulus, exponent = rsa_numbers(der)
    sound = modulus & exponent & 1 and exponent > 1 and exponent.bit_length() <= _EXPONENT_BITS
    if not sound or modulus.bit_length() not in RSA_BITS:
        raise BadRecord("keys-line-degenerate")
    return Key(domain, selector, modulus.bit_length(), modulus=modulus, exponent=exponent)


def _ed25519(domain: str, selector: str, point: bytes) -> Key:
    if len(point) != 32:
        raise BadRecord("keys-line-key")
    if point[:31] + bytes([point[31] & 0x7F]) in _SMALL_ORDER:
        raise BadRecord("keys-line-degenerate")
    return Key(domain, selector, 256, point=point)


def rsa_numbers(der: bytes) -> tuple[int, int]:
    """Modulus and exponent of a SubjectPublicKeyInfo or of a bare RSAPublicKey (RFC 5280 §4.1, RFC 8017 §A.1.1).

    cryptography refuses the 512 and 768-bit keys of old mail, so the dozen bytes of DER around them are read here.
    Raises BadRecord.
    """
    (tag, first), (other_tag, second) = _pair(der)
    if tag == _SEQUENCE:
        if other_tag != _BIT_STRING or second[:1] != b"\0" or not first.startswith(_RSA_ENCRYPTION):
            raise BadRecord("keys-line-key")
        (tag, first), (other_tag, second) = _pair(second[1:])
    if (tag, other_tag) != (_INTEGER, _INTEGER):
        raise BadRecord("keys-line-key")
    return int.from_bytes(first, "big"), int.from_bytes(second, "big")


def _pair(der: bytes) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """Tags and contents of the first two elements of a sequence."""
    tag, content, _ = _element(der)
    if tag != _SEQUENCE:
        raise BadRecord("keys-line-key")
    first_tag, first, rest = _element(content)
    second_tag, second, _ = _element(rest)
    return (first_tag, first), (second_tag, second)


def _element(der: bytes) -> tuple[int, bytes, bytes]:
    """Tag, content and what follows of the first DER element."""
    if len(der) < 2:
        raise BadRecord("keys-line-key")
    size, at = der[1], 2
    if size >= 0x80:
        at += size & 0x7F
        size = int.from_bytes(der[2:at], "big")
    if at > 6 or at + size > len(der):
        raise BadRecord("keys-line-key")
    return der[0], der[at : at + size], der[at + size :]
