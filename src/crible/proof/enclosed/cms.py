"""CMS SignedData: who signed which bytes when, checked with the certificate it carries (RFC 5652 §5, RFC 8551)."""

import hashlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import cryptography.hazmat.backends.openssl.backend  # noqa: F401  it would load itself at the first verification
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from crible.proof.enclosed.ber import INTEGER, OCTETS, SEQUENCE, SET, BadEncoding, Element, parse, set_of

LARGEST = 256 << 10
"""Bytes of a signature without its content; one with four certificates has 8 kB."""
SIGNERS = 5
CERTIFICATES = 20

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _DIGEST, _TIME = (f"1.2.840.113549.1.9.{n}" for n in (3, 4, 5))
_TIME_TEXT = re.compile(rb"(\d\d(?:\d\d)?)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z")
"""Not strptime: it asks for its own module at its first call, when the sandbox opens no file any more."""
_PSS = "1.2.840.113549.1.1.10"
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "1.3.14.3.2.26": hashes.SHA1(),  # noqa: S303
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
"""MD5 is left out: since 2008 anybody can make two texts of one digest."""
UNUSABLE = (
    BadEncoding,
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    ImportError,
)
"""What a certificate or key nobody foresaw may raise; ImportError where the library wants more of itself only now."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One signer of a SignedData."""

    word: str
    """`pass`, `altered`, `no-key` (no certificate of the signer is carried) or `unreadable`."""
    certificate: x509.Certificate | None = None
    seconds: int | None = None
    """Signing time as the signer states it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A SignedData, taken apart."""

    content: bytes | None
    """What it encloses; None where the signed bytes stand elsewhere."""
    content_type: str
    certificates: tuple[x509.Certificate, ...] = ()
    infos: tuple[Element, ...] = field(default=())


def read(data: bytes) -> Signed | None:
    """The SignedData in `data`; None for other CMS (enveloped, compressed). Raises BadEncoding."""
    kind, *rest = parse(data).children()
    if kind.oid != _SIGNED_DATA:
        return None
    body = list(_only(_only_of(rest)).children())
    if len(body) < 4:
        raise BadEncoding
    about = list(body[2].children())
    content = _only(about[1]).octets() if len(about) > 1 else None
    certificates = next((one for one in body[3:] if one.tag == 0xA0), None)
    infos = next((one for one in body[3:] if one.tag == SET), None)
    return Signed(
        content,
        about[0].oid if about else "",
        tuple(_certificates(certificates)) if certificates else (),
        tuple(list(infos.children())[:SIGNERS]) if infos else (),
    )


def certificate_of(der: bytes) -> x509.Certificate:
    """A certificate, without the library's remarks on stderr about those that bend its standard. Raises `UNUSABLE`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = x509.load_der_x509_certificate(der)
        if found.serial_number <= 0:
            raise ValueError("serial number")
        return found


def signers(signed: Signed, content: bytes) -> Iterator[Signer]:
    """What is to be said of each signer of `content`. Never raises."""
    for info in signed.infos:
        try:
            yield _signer(info, signed, content)
        except UNUSABLE:
            yield Signer("unreadable")


def _signer(info: Element, signed: Signed, content: bytes) -> Signer:
    parts = list(info.children())
    attributes = next((one for one in parts[3:4] if one.tag == 0xA0), None)
    rest = parts[4:] if attributes else parts[3:]
    hash_with = _HASHES.get(_only(parts[2]).oid)
    if hash_with is None or len(rest) < 2 or rest[1].tag & 0x1F != OCTETS:
        return Signer("unreadable")
    digest = hashlib.new(hash_with.name, content, usedforsecurity=False).digest()
    values = _attributes(attributes) if attributes else {}
    seconds = _moment(values.get(_TIME))
    if attributes:
        stated = values.get(_DIGEST)
        if values.get(_CONTENT_TYPE) is None or values[_CONTENT_TYPE].oid != signed.content_type or stated is None:
            return Signer("unreadable", seconds=seconds)
        same = stated.octets() == digest
        digest = hashlib.new(hash_with.name, set_of(attributes), usedforsecurity=False).digest()
    else:
        same = True
    tried = list(_named(parts[1], signed.certificates))
    for certificate in tried:
        if _verifies(certificate, rest[0], rest[1].octets(), digest, hash_with):
            return Signer("pass" if same else "altered", certificate, seconds)
    return Signer("altered" if tried else "no-key", tried[0] if tried else None, seconds)


def _verifies(
    certificate: x509.Certificate, algorithm: Element, signature: bytes, digest: bytes, hash_with: hashes.HashAlgorithm
) -> bool:
    key, prehashed = certificate.public_key(), utils.Prehashed(hash_with)
    pss = _only(algorithm).oid == _PSS
    try:
        if isinstance(key, rsa.RSAPublicKey):
            fill = padding.PSS(padding.MGF1(hash_with), padding.PSS.AUTO) if pss else padding.PKCS1v15()
            key.verify(signature, digest, fill, prehashed)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(prehashed))
        else:
            raise UnsupportedAlgorithm("key")
    except InvalidSignature:
        return False
    return True


def _attributes(attributes: Element) -> dict[str, Element]:
    """The first value of each signed attribute. One that stands twice is no attribute (RFC 5652 §11)."""
    found: dict[str, Element] = {}
    for attribute in attributes.children():
        name, values = list(attribute.children())[:2]
        if name.oid in found:
            raise BadEncoding
        found[name.oid] = _only(values)
    return found


def _named(sid: Element, certificates: tuple[x509.Certificate, ...]) -> Iterator[x509.Certificate]:
    """The certificates that a signer identifier may mean: by serial number, or by subject key identifier (§5.3)."""
    if sid.tag == SEQUENCE:
        serial = next((one for one in sid.children() if one.tag == INTEGER), None)
        number = int.from_bytes(serial.value, "big", signed=True) if serial else None
        yield from (one for one in certificates if one.serial_number == number)
        return
    wanted = sid.octets()
    for one in certificates:
        try:
            found = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        except (x509.ExtensionNotFound, ValueError):
            continue
        if found == wanted:
            yield one


def _certificates(element: Element) -> Iterator[x509.Certificate]:
    """Those that can be read; a list may hold others (attribute certificates, broken ones)."""
    for one, _ in zip(element.children(), range(CERTIFICATES), strict=False):
        try:
            yield certificate_of(one.raw)
        except UNUSABLE:
            continue


def _moment(value: Element | None) -> int | None:
    """UTCTime or GeneralizedTime, in whole seconds of UTC (RFC 5652 §11.3)."""
    found = _TIME_TEXT.fullmatch(value.value) if value and len(value.value) <= 15 else None
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    if found[1][2:] == b"":  # RFC 5280 §4.1.2.5.1: 50 to 99 are of the last century
        year += 1900 if year >= 50 else 2000
    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _only(element: Element) -> Element:
    for child in element.children():
        return child
    raise BadEncoding


def _only_of(rest: list[Element]) -> Element:
    if not rest:
        raise BadEncoding
    return rest[0]
