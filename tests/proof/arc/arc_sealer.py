"""Seals invented mails with ARC sets; canonical forms are dkimpy's, so that nothing of ours is asked about ours."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from dkim.canonicalization import CanonicalizationPolicy

RELAXED = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
ARC = (b"arc-authentication-results", b"arc-message-signature", b"arc-seal")
Fields = list[tuple[bytes, bytes]]


def add_set(
    message: bytes,
    private: bytes,
    *,
    domain: str = "relay.example",
    selector: str = "arc1",
    cv: str = "",
    said: str = "dkim=pass header.d=press.example header.s=s1",
    signed: Sequence[str] = ("from", "to", "subject", "date", "message-id"),
    moment: int = 1492673410,
) -> bytes:
    """The message with one more ARC set on top; `cv` as the chain asks for it unless given."""
    key = load_pem_private_key(private, None)
    assert isinstance(key, RSAPrivateKey)
    fields, body = _split(message)
    number = 1 + sum(name.lower() == b"arc-seal" for name, _ in fields)
    cv = cv or ("pass" if number > 1 else "none")
    results = f" i={number}; {domain}; {said}".encode()
    body_hash = base64.b64encode(hashlib.sha256(RELAXED.canonicalize_body(body)).digest())
    who = f"a=rsa-sha256; d={domain}; s={selector}; t={moment}"
    names = " : ".join(signed)
    head = f" i={number}; {who}; c=relaxed/relaxed; h={names};\r\n bh={body_hash.decode()};\r\n b=".encode()
    covered = [*_picked(fields, signed), (b"ARC-Message-Signature", head)]
    own = head + _sign(key, covered)
    before = sorted(
        ((_instance(value), ARC.index(name.lower()), name, value) for name, value in fields if name.lower() in ARC)
    )
    seal_head = f" i={number}; {who}; cv={cv}; b=".encode()
    mine: Fields = [(b"ARC-Authentication-Results", results), (b"ARC-Message-Signature", own), (b"ARC-Seal", seal_head)]
    earlier: Fields = [] if cv == "fail" else [(name, value) for _, _, name, value in before]
    seal = seal_head + _sign(key, [*earlier, *mine])
    top = [(b"ARC-Seal", seal), (b"ARC-Message-Signature", own), (b"ARC-Authentication-Results", results)]
    return b"".join(name + b":" + value + b"\r\n" for name, value in top) + message


def _sign(key: RSAPrivateKey, fields: Fields) -> bytes:
    forms = [name + b":" + value for name, value in RELAXED.canonicalize_headers(fields)]
    data = b"".join(forms).removesuffix(b"\r\n")
    return base64.b64encode(key.sign(data, padding.PKCS1v15(), hashes.SHA256()))


def _split(message: bytes) -> tuple[Fields, bytes]:
    head, _, body = message.partition(b"\r\n\r\n")
    fields: Fields = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            name, value = fields[-1]
            fields[-1] = (name, value + b"\r\n" + line)
        else:
            name, _, value = line.partition(b":")
            fields.append((name, value))
    return fields, body


def _picked(fields: Fields, signed: Sequence[str]) -> Fields:
    left = list(fields)
    picked: Fields = []
    for wanted in signed:
        for at in range(len(left) - 1, -1, -1):
            if left[at][0].lower() == wanted.encode():
                picked.append(left.pop(at))
                break
    return picked


def _instance(value: bytes) -> int:
    return int(value.split(b"i=", 1)[1].split(b";", 1)[0])
