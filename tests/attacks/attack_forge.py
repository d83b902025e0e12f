"""What an attacker has: genuine signed mails of invented people, keys of his own, and an editor for bytes."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache

import dkim
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from crible.proof.keyring import KeyRing, parse_record

VICTIM, RIVAL, ATTACKER, FREEMAIL = "halle.example", "mairie.example", "louche.example", "poste.example"
DOMAINS = (VICTIM, RIVAL, ATTACKER, FREEMAIL)
SIGNED = ("from", "to", "cc", "subject", "date", "message-id", "content-type", "content-transfer-encoding")
GMAIL = ("mime-version", "from", "date", "message-id", "subject", "to")
"""What Gmail signs: never Content-Type nor its encoding."""


@cache
def key(domain: str) -> tuple[bytes, str]:
    """Private key and DNS record of a domain's selector s1; the shortest that is not called short."""
    made = rsa.generate_private_key(65537, 1024)
    private = made.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def ring() -> KeyRing:
    """Everybody's keys, as a ring that knows each from DNS."""
    return KeyRing(keys=[parse_record(domain, "s1", key(domain)[1]) for domain in DOMAINS])


def key_file() -> str:
    """The same as a key file."""
    return "".join(f"s1._domainkey.{domain} TXT {key(domain)[1]}\n" for domain in DOMAINS)


def sign(
    message: bytes,
    domain: str = VICTIM,
    signed: Sequence[str] = SIGNED,
    how: str = "relaxed/relaxed",
    cut: bool = False,
) -> bytes:
    """The message (CRLF) with a DKIM-Signature of `domain` on top; `cut` writes l=."""
    header, _, body = how.partition("/")
    present = [
        name for name in signed if re.search(rf"(?im)^{name}[ \t]*:".encode(), message.partition(b"\r\n\r\n")[0])
    ]
    field = dkim.DKIM(message).sign(
        b"s1",
        domain.encode(),
        key(domain)[0],
        canonicalize=(header.encode(), body.encode()),
        include_headers=[name.encode() for name in present],
        length=cut,
    )
    return field + message


def mail(
    text: str | bytes,
    *,
    sender: str = "Ana Castel <ana@halle.example>",
    to: str = "Bo Lind <bo@mairie.example>",
    subject: str = "Devis de la salle",
    date: str = "Thu, 20 Apr 2017 09:30:00 +0200",
    number: str = "1@halle.example",
    kind: str = "text/plain; charset=utf-8",
    more: str = "",
) -> bytes:
    """A mail of invented people, CRLF."""
    body = text if isinstance(text, bytes) else text.encode()
    head = (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {date}\nMessage-ID: <{number}>\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}\n{more}\n"
    )
    return head.encode().replace(b"\n", b"\r\n") + body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def multipart(*parts: tuple[str, str], boundary: str = "b", before: str = "", after: str = "") -> str:
    """A multipart body of (header lines, text) parts."""
    inner = "".join(f"--{boundary}\n{head}\n\n{text}\n" for head, text in parts)
    return f"{before}{inner}--{boundary}--\n{after}"


def attach(name: str, data: bytes) -> tuple[str, str]:
    """A part that carries a file."""
    head = (
        f'Content-Type: application/octet-stream; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="{name}"'
    )
    return head, base64.encodebytes(data).decode().strip()


def field(name: bytes, value: bytes, into: bytes) -> bytes:
    """The mail with one more field on top, put there after signing."""
    return name + value + b"\r\n" + into


def swap(message: bytes, old: bytes, new: bytes) -> bytes:
    """The mail with one passage replaced; fails where it does not stand exactly once."""
    assert message.count(old) == 1, (old, message.count(old))
    return message.replace(old, new)


def sign_undated(message: bytes, domain: str = VICTIM) -> bytes:
    """The message signed without t=, as Gmail did in 2017 (c=simple/simple, From, Subject, Date)."""
    head, _, body = message.partition(b"\r\n\r\n")
    digest = base64.b64encode(hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest()).decode()
    own = f"DKIM-Signature: v=1; a=rsa-sha256; d={domain}; s=s1; h=from:subject:date; bh={digest}; b=".encode()
    lines = {line.partition(b":")[0].lower(): line + b"\r\n" for line in head.split(b"\r\n")}
    private = serialization.load_pem_private_key(key(domain)[0], None)
    assert isinstance(private, rsa.RSAPrivateKey)
    signed = private.sign(
        lines[b"from"] + lines[b"subject"] + lines[b"date"] + own, padding.PKCS1v15(), hashes.SHA256()
    )
    return own + base64.b64encode(signed) + b"\r\n" + message
