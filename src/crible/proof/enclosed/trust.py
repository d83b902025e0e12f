"""What the user's own roots and OpenPGP keys make of a signature inside a mail. Runs where no untrusted parser does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from crible.model.facts import Enclosed
from crible.proof.enclosed.ber import BadEncoding, parse
from crible.proof.enclosed.cms import UNUSABLE, certificate_of
from crible.proof.enclosed.openpgp_keys import OpenPGPKey, read_public_keys
from crible.proof.enclosed.packets import BadPacket, armoured, signature

LONGEST = 6
"""Certificates from a signer up to a root."""
CERTIFICATE, KEYS = b"-----BEGIN CERTIFICATE-----", b"-----BEGIN PGP PUBLIC KEY BLOCK-----"

_CARRIED = 20
_MAIL = frozenset({ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE})


@dataclass(frozen=True, slots=True)
class Root:
    """A certificate that the user relies on."""

    certificate: x509.Certificate
    source: str
    """Name of the file it came in."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Roots and keys of the user's own files."""

    roots: tuple[Root, ...] = ()
    keys: tuple[OpenPGPKey, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roots or self.keys)

    def joined(self, other: "Trust") -> "Trust":
        """Both."""
        return Trust((*self.roots, *other.roots), (*self.keys, *other.keys))


@dataclass(frozen=True, slots=True)
class Vouched:
    """A signature inside the mail, with what the user's own files say of it."""

    enclosed: Enclosed
    addresses: tuple[str, ...] = ()
    """Whose it is under such a root or key, sorted; empty where none of them vouches."""
    source: str = ""
    """File of that root or key."""
    root: str = ""
    """Name of the root, or fingerprint of the primary key."""


def read_trust(text: bytes, source: str) -> Trust:
    """The certificates and OpenPGP keys of a file's text (PEM, armour); what cannot be read of them is left out."""
    roots: list[Root] = []
    if CERTIFICATE in text:
        try:
            roots = [Root(one, source) for one in x509.load_pem_x509_certificates(text)]
        except UNUSABLE:
            roots = []
    keys: list[OpenPGPKey] = []
    for block in armoured(text, KEYS[15:-5]):
        try:
            keys += read_public_keys(block, source)
        except BadPacket:
            continue
    return Trust(tuple(roots), tuple(keys))


def vouched(enclosed: Enclosed, trust: Trust) -> Vouched:
    """What can be said of it with these roots and keys.

    That the bytes are those of `digest` is the sandbox's word, as it is for every DKIM signature.
    """
    if enclosed.kind == "smime":
        return _by_root(enclosed, trust.roots)
    return _by_key(enclosed, trust.keys)


def _by_key(enclosed: Enclosed, keys: Iterable[OpenPGPKey]) -> Vouched:
    if enclosed.word != "no-key":
        return Vouched(enclosed)
    try:
        found = signature(enclosed.material)
    except BadPacket:
        return Vouched(replace(enclosed, word="unreadable"))
    for key in keys:
        if key.made(found, enclosed.digest):
            addresses = tuple(sorted(key.addresses))
            passed = replace(enclosed, word="pass", signer=addresses[0])
            return Vouched(passed, addresses, key.source, key.fingerprint)
    return Vouched(enclosed)


def _by_root(enclosed: Enclosed, roots: Iterable[Root]) -> Vouched:
    """A signer counts if it was in its period at the signing time it states, and so was each certificate above it."""
    if enclosed.word != "pass" or not enclosed.valid_then or enclosed.seconds is None or not enclosed.signer:
        return Vouched(enclosed)
    carried = list(_carried(enclosed.material))
    try:
        root = _reached(carried, tuple(roots), enclosed.seconds) if carried and _for_mail(carried[0]) else None
    except UNUSABLE:
        root = None
    if root is None:
        return Vouched(enclosed)
    return Vouched(enclosed, (enclosed.signer,), root.source, root.certificate.subject.rfc4514_string()[:200])


def _carried(material: bytes) -> Iterator[x509.Certificate]:
    rest = material
    for _ in range(_CARRIED):
        if not rest:
            return
        try:
            raw = parse(rest).raw
            yield certificate_of(raw)
        except (BadEncoding, *UNUSABLE):
            return
        rest = rest[len(raw) :]


def _reached(carried: list[x509.Certificate], roots: tuple[Root, ...], seconds: int) -> Root | None:
    """Up from the signer: each step to a carried certificate not yet met that issued the last, until a root issued it.

    The signer's own certificate may be the root: the user then relies on that one person's.
    """
    current, left = carried[0], carried[1:]
    for _ in range(LONGEST):
        for root in roots:
            same = root.certificate.public_bytes(Encoding.DER) == current.public_bytes(Encoding.DER)
            if same or (_issued(current, root.certificate) and _valid(root.certificate, seconds)):
                return root
        above = next((one for one in left if _issued(current, one) and _valid(one, seconds)), None)
        if above is None:
            return None
        left = [one for one in left if one is not above]
        current = above
    return None


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether an authority's certificate issued another. One whose names are constrained is not followed."""
    try:
        if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        if any(isinstance(one.value, x509.NameConstraints) for one in issuer.extensions):
            return False
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, *UNUSABLE):
        return False
    return True


def _for_mail(certificate: x509.Certificate) -> bool:
    """A certificate that names its purposes must name mail (RFC 8550 §4.4.4)."""
    try:
        named = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return any(one in _MAIL for one in named)


def _valid(certificate: x509.Certificate, seconds: int) -> bool:
    return certificate.not_valid_before_utc.timestamp() <= seconds <= certificate.not_valid_after_utc.timestamp()
