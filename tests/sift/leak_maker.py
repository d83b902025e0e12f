"""Mails, boxes and signatures made on the spot, with invented names."""

import base64
import io
import re
import zipfile
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


def raw(subject: str, body: bytes, *, serial: int, sender: str = "Contact@valette.example", **headers: str) -> bytes:
    """A mail written by hand, LF line ends: nothing in it is folded, encoded or moved."""
    fields = {
        "From": f"Imprimerie Valette <{sender}>",
        "To": "elsa.nguyen@horizon.example",
        "Subject": subject,
        "Date": "Tue, 14 Mar 2017 09:12:00 +0100",
        "Message-ID": f"<{serial}@valette.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\n" for name, value in fields.items()).encode() + b"\n" + body


def multipart(subject: str, parts: list[tuple[str, bytes]], *, serial: int, **headers: str) -> bytes:
    """A mail of parts, each (its header lines, its body), whose bodies stand in it as they are."""
    mark = b"--b%d" % serial
    body = b"".join(mark + b"\n" + head.encode() + b"\n\n" + content + b"\n" for head, content in parts)
    content_type = f'multipart/mixed; boundary="b{serial}"'
    return raw(subject, body + mark + b"--\n", serial=serial, Content_Type=content_type, **headers)


def quoted(message: bytes) -> bytes:
    """As an mboxrd writer stores it."""
    return re.sub(rb"(?m)^(>*From )", rb">\1", message)


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of these members, in this order, bearing no time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()
