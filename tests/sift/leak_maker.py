"""Mails, boxes and signatures made on the spot, with invented names."""

import base64
from email.message import EmailMessage
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SELECTOR, DOMAIN = b"s1", b"valette.example"


class Signer:
    """Signs as valette.example, and says so in a key file."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self._pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )

    def sign(self, message: bytes) -> bytes:
        """The message with a DKIM-Signature on top."""
        crlf = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        headers = [b"from", b"to", b"subject", b"date", b"message-id", b"content-type"]
        field = dkim.sign(crlf, SELECTOR, DOMAIN, self._pem, include_headers=headers)
        return field.replace(b"\r\n", b"\n") + message

    def key_file(self, path: Path) -> Path:
        """A key file that the user would give with --keys."""
        public = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        path.write_text(f"s1._domainkey.valette.example TXT v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}\n")
        return path


def mail(subject: str, text: str, *, attach: bytes = b"", name: str = "devis.txt", serial: int) -> bytes:
    """A plain mail from valette.example, LF line ends."""
    message = EmailMessage()
    message["From"] = "Imprimerie Valette <contact@valette.example>"
    message["To"] = "elsa.nguyen@horizon.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 14 Mar 2017 09:12:00 +0100"
    message["Message-ID"] = f"<{serial}@valette.example>"
    message.set_content(text, cte="8bit" if not text.isascii() else "7bit")
    if attach:
        message.add_attachment(attach, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mbox(path: Path, mails: list[bytes]) -> Path:
    """An mbox of raw mails, as they are."""
    path.write_bytes(b"".join(b"From mboxrd@z Thu Jan  1 00:00:00 1970\n" + one + b"\n" for one in mails))
    return path
