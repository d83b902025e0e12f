"""RSASSA-PKCS1-v1_5, the public half: what a key reveals in a signature (RFC 8017 §8.2.2, §9.2)."""

import gmpy2

DIGEST_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
}
"""DER in front of the digest, NULL parameters included: without them neither dkimpy nor OpenSSL accepts it."""

SIZES = {"sha256": 32, "sha1": 20}


def reveal(signature: bytes, modulus: int, exponent: int) -> bytes | None:
    """The encoded message within a signature, as long as the modulus; None if the signature does not fit the modulus.

    Leading zero bytes that a signer left out are no objection: the number is the same, and nobody can make use of it.
    """
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) > size or number >= modulus:
        return None
    return int(gmpy2.powmod(number, exponent, modulus)).to_bytes(size, "big")


def encoded(digest: bytes, hash_name: str, size: int) -> bytes | None:
    """EMSA-PKCS1-v1_5 of a digest in `size` bytes; None if so few bytes cannot hold it with eight of padding."""
    tail = DIGEST_INFO[hash_name] + digest
    filling = size - 3 - len(tail)
    return None if filling < 8 else b"\x00\x01" + b"\xff" * filling + b"\x00" + tail


def signed_digest(message: bytes) -> tuple[str, bytes] | None:
    """Hash name and digest inside an encoded message; None unless every byte around them is as it must be.

    The message is rebuilt from the digest found and compared whole, so that no malleable padding passes for ours
    (Bleichenbacher 2006, CVE-2006-4339). A wrong key gives this form with a chance below 2**-200.
    """
    for hash_name, size in SIZES.items():
        digest = message[-size:]
        if message == encoded(digest, hash_name, len(message)):
            return hash_name, digest
    return None
