"""Loads what decoders would load on first use: behind the sandbox's walls no file can be opened any more."""

import encodings.cp437
import encodings.utf_16_le  # noqa: F401 the directory of a 7z; codecs load when first named

from Cryptodome.Cipher import AES

from crible.intake.zip_crypto import Traditional


def warm_up() -> None:
    """Use each cipher once. Container formats need no sample: all that their libraries load was imported with them."""
    AES.new(bytes(32), AES.MODE_CBC, bytes(16)).decrypt(bytes(16))
    Traditional(b"-").decrypt(b"-")
