"""Certificates and S/MIME signatures of invented people, made with `cryptography`'s own builder."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FIELDS = (
    b"From: Ana Castel <ana@press.example>\r\nTo: bo@desk.example\r\n"
    b"Subject: Estimate\r\nDate: Thu, 20 Apr 2017 09:30:00 +0200\r\n"
)
INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe hall costs 1 500 euros.\r\n\r\nAna"


@dataclass(frozen=True)
class Identity:
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@cache
def _key(kind: str, number: int) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


def identity(
    name: str,
    issuer: Identity | None = None,
    *,
    address: str = "",
    ca: bool = False,
    since: int = -365,
    until: int = 365,
    kind: str = "ec",
    usage: x509.ObjectIdentifier | None = None,
    constrained: bool = False,
) -> Identity:
    """A certificate good from `since` to `until`, in days from now; self-signed without an issuer."""
    key, now = _key(kind, hash(name)), datetime.now(UTC)
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Essai")]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=since))
        .not_valid_after(now + timedelta(days=until))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if address:
        made = made.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
    if usage:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    if constrained:
        made = made.add_extension(x509.NameConstraints([x509.RFC822Name("other.example")], None), critical=True)
    return Identity(made.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def chain(address: str = "ana@press.example", **changes: object) -> tuple[Identity, Identity, Identity]:
    """Root, intermediate and signer."""
    root = identity("Racine d’essai", ca=True)
    middle = identity("Autorité d’essai", root, ca=True)
    return root, middle, identity("Ana Castel", middle, address=address, **changes)  # type: ignore[arg-type]


def cms(signer: Identity, carried: list[Identity], content: bytes = INNER, *, detached: bool = True) -> bytes:
    """DER of a SignedData."""
    made = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(signer.certificate, signer.key, hashes.SHA256())
    for one in carried:
        made = made.add_certificate(one.certificate)
    options = [pkcs7.PKCS7Options.Binary, *([pkcs7.PKCS7Options.DetachedSignature] if detached else [])]
    return made.sign(Encoding.DER, options)


def signed_mail(
    made: bytes, inner: bytes = INNER, kind: str = "application/pkcs7-signature", more: bytes = b""
) -> bytes:
    """A multipart/signed mail around a signature."""
    body = base64.encodebytes(made).replace(b"\n", b"\r\n")
    return (
        FIELDS
        + b'Content-Type: multipart/signed; protocol="%s"; boundary=b\r\n\r\n--b\r\n' % kind.encode()
        + inner
        + b"\r\n--b\r\nContent-Type: %s; name=s.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n" % kind.encode()
        + body
        + b"\r\n--b"
        + more
        + b"--\r\n"
    )


SERVER = ExtendedKeyUsageOID.SERVER_AUTH
MAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
