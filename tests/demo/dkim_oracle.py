"""dkimpy as the oracle: which signatures of a mail verify with the keys of a table instead of DNS."""

import base64
from types import SimpleNamespace

import dkim
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class VerifyKey:
    """What dkimpy needs of PyNaCl, which is not among the tests' requirements; the operation is cryptography's."""

    def __init__(self, key, encoder):
        self.key = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))

    def verify(self, message, signature):
        self.key.verify(signature, message)
        return message


if not hasattr(dkim, "nacl"):
    dkim.nacl = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(BadSignatureError=InvalidSignature, ValueError=ValueError),
    )


def verdicts(raw: bytes, records: dict[str, str]) -> list[bool | None]:
    """One answer per DKIM-Signature, top first; None where its key is in no table."""
    answers: list[bool | None] = []
    count = sum(line.lower().startswith(b"dkim-signature:") for line in raw.split(b"\n"))
    for index in range(count):
        asked: list[str] = []

        def lookup(name, timeout=5, asked=asked):
            asked.append(name.decode())
            record = records.get(name.decode())
            return record.encode() if record else None

        try:
            verified = dkim.DKIM(raw, minkey=512).verify(idx=index, dnsfunc=lookup)
        except dkim.DKIMException:
            verified = False
        answers.append(None if asked and asked[0] not in records else verified)
    return answers
