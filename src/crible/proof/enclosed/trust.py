"""What the user's own roots and OpenPGP keys make of a signature inside a mail. Runs where no untrusted parser does.

Most users add neither: what handles certificates and keys, 20 ms of a start, is loaded by the first that is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crible.model.facts import Enclosed
from crible.proof.enclosed.packets import BadPacket, signature

if TYPE_CHECKING:
    from cryptography import x509

    from crible.proof.enclosed.openpgp_keys import OpenPGPKey


@dataclass(frozen=True, slots=True)
class Root:
    """A certificate that the user relies on."""

    certificate: "x509.Certificate"
    source: str
    """Name of the file it came in."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Roots and keys of the user's own files."""

    roots: tuple[Root, ...] = ()
    keys: "tuple[OpenPGPKey, ...]" = ()

    def __bool__(self) -> bool:
        return bool(self.roots or self.keys)

    def joined(self, other: "Trust") -> "Trust":
        """Both."""
        return Trust((*self.roots, *other.roots), (*self.keys, *other.keys))


@dataclass(frozen=True, slots=True)
class Vouched:
    """A signature inside the mail, with what the user's own files say of it."""

    enclosed: Enclosed
    addresses: tuple[str, ...] = ()
    """Whose it is under such a root or key, sorted; empty where none of them vouches."""
    source: str = ""
    """File of that root or key."""
    root: str = ""
    """Name of the root, or fingerprint of the primary key."""


def vouched(enclosed: Enclosed, trust: Trust) -> Vouched:
    """What can be said of it with these roots and keys.

    That the bytes are those of `digest` is the sandbox's word, as it is for every DKIM signature.
    """
    if enclosed.kind == "smime":
        return _by_root(enclosed, trust.roots)
    return _by_key(enclosed, trust.keys)


def _by_key(enclosed: Enclosed, keys: "Iterable[OpenPGPKey]") -> Vouched:
    if enclosed.word != "no-key":
        return Vouched(enclosed)
    try:
        found = signature(enclosed.material)
    except BadPacket:
        return Vouched(replace(enclosed, word="unreadable"))
    for key in keys:
        if key.made(found, enclosed.digest):
            addresses = tuple(sorted(key.addresses))
            passed = replace(enclosed, word="pass", signer=addresses[0])
            return Vouched(passed, addresses, key.source, key.fingerprint)
    return Vouched(enclosed)


def _by_root(enclosed: Enclosed, roots: tuple[Root, ...]) -> Vouched:
    """A signer counts if it was in its period at the signing time it states, and so was each certificate above it."""
    stated = enclosed.word == "pass" and enclosed.valid_then and enclosed.seconds is not None and enclosed.signer
    if not roots or not stated:
        return Vouched(enclosed)
    from crible.proof.enclosed.certificates import reached

    root = reached(enclosed.material, roots, enclosed.seconds or 0)
    if root is None:
        return Vouched(enclosed)
    return Vouched(enclosed, (enclosed.signer,), root.source, root.certificate.subject.rfc4514_string()[:200])
