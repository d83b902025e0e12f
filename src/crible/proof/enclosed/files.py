"""The user's own roots and OpenPGP keys, told from files of DKIM keys by their first line of dashes."""

from pathlib import Path

from crible.model.errors import InputError
from crible.proof.enclosed.packets import BadPacket, armoured
from crible.proof.enclosed.trust import Trust

LARGEST = 16 << 20
CERTIFICATE, KEYS = b"-----BEGIN CERTIFICATE-----", b"-----BEGIN PGP PUBLIC KEY BLOCK-----"


def read_trust_file(path: Path) -> Trust:
    """Certificates (PEM) and public keys (ASCII armour) of a file; nothing where it is of another kind.

    Raises InputError where it is of this kind and none of them can be read: version 6 keys, a private key, damage.
    """
    try:
        text = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return Trust()
    if CERTIFICATE not in text and KEYS not in text:
        return Trust()
    found = read_trust(text, path.name)
    if not found:
        raise InputError("keys-file-empty", file=path.name)
    return found


def read_trust(text: bytes, source: str) -> Trust:
    """The certificates and OpenPGP keys of a file's text (PEM, armour); what cannot be read of them is left out."""
    from crible.proof.enclosed.certificates import read_roots  # see `trust`: few bring any
    from crible.proof.enclosed.openpgp_keys import OpenPGPKey, read_public_keys

    keys: list[OpenPGPKey] = []
    for block in armoured(text, KEYS[15:-5]):
        try:
            keys += read_public_keys(block, source)
        except BadPacket:
            continue
    return Trust(read_roots(text, source) if CERTIFICATE in text else (), tuple(keys))
