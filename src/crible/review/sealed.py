"""Small secrets that the desk must be able to read again, kept so that its database alone does not hold them.

The key is made from the desk's `secret` file, which lies beside the database: a copied database, or a backup without
that file, gives nothing away. Whoever has both has both.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
PURPOSE = b"crible sealed 1"


def seal(data: bytes, about: str) -> bytes:
    """Encrypted by AES-256-GCM under a fresh nonce, which stands first; bound to what it is about."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, data, about.encode())


def unseal(sealed: bytes, about: str) -> bytes | None:
    """What was sealed. None where it was changed, is about something else, or the desk's `secret` is another now."""
    try:
        return _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return None


def _cipher() -> AESGCM:
    # Derived at each use: it takes microseconds, and a kept key would outlive the settings of a test or of a new desk.
    key = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return AESGCM(key)
