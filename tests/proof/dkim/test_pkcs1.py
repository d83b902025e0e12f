import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from crible.proof.dkim.pkcs1 import encoded, reveal, signed_digest

KEY = rsa.generate_private_key(65537, 1024)
N, D = KEY.public_key().public_numbers().n, KEY.private_numbers().d
DIGEST = hashlib.sha256(b"signed").digest()


def sign(message: bytes) -> bytes:
    return pow(int.from_bytes(message, "big"), D, N).to_bytes(128, "big")


@pytest.mark.parametrize(("name", "digest"), [("sha256", DIGEST), ("sha1", hashlib.sha1(b"signed").digest())])
def test_a_signature_reveals_what_was_signed(name, digest):
    message = encoded(digest, name, 128)
    assert message is not None
    assert reveal(sign(message), N, 65537) == message
    assert signed_digest(message) == (name, digest)


def test_nothing_but_the_exact_padding_will_do():
    good = encoded(DIGEST, "sha256", 128)
    assert good is not None
    tail = good[-51:]
    bad = {
        "trailing garbage (Bleichenbacher)": b"\0\1" + b"\xff" * 8 + b"\0" + tail + b"\7" * 66,
        "a hole in the padding": good[:20] + b"\xfe" + good[21:],
        "block type 2": b"\0\2" + good[2:],
        "no zero before the DigestInfo": good[:76] + b"\xff" + good[77:],
        "DigestInfo without NULL": b"\0\1"
        + b"\xff" * 76
        + b"\0"
        + bytes.fromhex("302f300b0609608648016503040201")
        + b"\4\x20"
        + DIGEST,
        "a digest of another length": b"\0\1" + b"\xff" * 75 + b"\0" + tail[:-1],
        "random": hashlib.sha512(b"1").digest() * 2,
    }
    for what, message in bad.items():
        assert signed_digest(message[:128].rjust(128, b"\0")) is None, what
    assert signed_digest(good) == ("sha256", DIGEST)


def test_a_number_that_does_not_fit_the_modulus_is_no_signature():
    message = encoded(DIGEST, "sha256", 128)
    assert message is not None
    number = int.from_bytes(sign(message), "big")
    assert reveal((number + N).to_bytes(129, "big"), N, 65537) is None
    assert reveal(N.to_bytes(128, "big"), N, 65537) is None
    assert reveal(b"", N, 65537) == bytes(128)


def test_a_modulus_too_small_for_the_digest_can_sign_nothing():
    assert encoded(DIGEST, "sha256", 61) is None
    assert encoded(DIGEST, "sha256", 62) is not None
    assert signed_digest(b"") is None
