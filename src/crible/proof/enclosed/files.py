"""The user's own roots and OpenPGP keys, told from files of DKIM keys by their first line of dashes."""

from pathlib import Path

from crible.model.errors import InputError
from crible.proof.enclosed.trust import CERTIFICATE, KEYS, Trust, read_trust

LARGEST = 16 << 20


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
