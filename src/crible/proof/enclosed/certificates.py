"""X.509 certificates: the user's own roots, and the way up to one of them from a signer (RFC 5280 §6.1, in short)."""

from collections.abc import Iterator, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from crible.proof.enclosed.ber import BadEncoding, parse
from crible.proof.enclosed.cms import UNUSABLE, certificate_of
from crible.proof.enclosed.trust import Root

LONGEST = 6
"""Certificates from a signer up to a root."""

_CARRIED = 20
_MAIL = frozenset({ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE})


def read_roots(text: bytes, source: str) -> tuple[Root, ...]:
    """The certificates of a file in PEM; none where one of them cannot be read."""
    try:
        return tuple(Root(one, source) for one in x509.load_pem_x509_certificates(text))
    except UNUSABLE:
        return ()


def reached(material: bytes, roots: Sequence[Root], seconds: int) -> Root | None:
    """The root that stands above the signer of a signature, whose `material` are the certificates it carries, DER.

    The signer's comes first; `seconds` is when it says that it signed. None where no root is reached.
    """
    carried = list(_carried(material))
    try:
        return _issuer(carried, roots, seconds) if carried and _for_mail(carried[0]) else None
    except UNUSABLE:
        return None


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


def _issuer(carried: list[x509.Certificate], roots: Sequence[Root], seconds: int) -> Root | None:
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
