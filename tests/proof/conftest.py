"""Keys made for the run, and mails of invented people signed with them by dkimpy."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from crible.proof.keyring import KeyRing, parse_record

HEADER = (
    b"Received: from relay.press.example by mx.desk.example; Thu, 20 Apr 2017 09:30:05 +0200\r\n"
    b"From: Ana Castel <ana@press.example>\r\n"
    b"To: Bo Lind <bo@desk.example>,\r\n\tdesk@desk.example\r\n"
    b"Subject: Estimate  for\r\n  the  hall\r\n"
    b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\n"
    b"Message-ID: <1@press.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"X-Mailer: Quill 3\r\n"
)
BODY = (
    b"Hello Bo,\r\n\r\nthe hall costs 1 500 euros,  \t heating not included. \r\n"
    b"\tThe stage is ours.\r\n \r\nAna\r\n\r\n-- \r\nPress office\r\n\r\n"
)


@dataclass(frozen=True)
class Signer:
    """An RSA key under a selector of press.example."""

    selector: str
    private: bytes
    record: str

    def sign(
        self,
        message: bytes,
        how: str = "relaxed/relaxed",
        algorithm: str = "rsa-sha256",
        length: bool = False,
        signed: Sequence[str] = ("from", "to", "subject", "date", "message-id"),
        domain: str = "press.example",
    ) -> bytes:
        """The message with a DKIM-Signature on top."""
        header, _, body = how.partition("/")
        field = dkim.DKIM(message, signature_algorithm=algorithm.encode()).sign(
            self.selector.encode(),
            domain.encode(),
            self.private,
            canonicalize=(header.encode(), body.encode()),
            include_headers=[name.encode() for name in signed],
            length=length,
        )
        return field + message

    @property
    def ring(self) -> KeyRing:
        return KeyRing(keys=[parse_record("press.example", self.selector, self.record)])


@cache
def _signer(selector: str, bits: int) -> Signer:
    key = rsa.generate_private_key(65537, bits)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Signer(selector, private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}")


@pytest.fixture(scope="session")
def signer() -> Signer:
    """The key that press.example signs with."""
    return _signer("s1", 1024)


@pytest.fixture(scope="session")
def stranger() -> Signer:
    """Another key under the same selector: a re-signer's."""
    return _signer("s1", 1025)


@pytest.fixture(scope="session")
def mail() -> bytes:
    """An unsigned mail of invented people, with folds, tabs, trailing blanks and empty last lines."""
    return HEADER + b"\r\n" + BODY
