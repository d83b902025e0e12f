"""A public key of a signing domain, and who says that it is that domain's."""

from dataclasses import dataclass, replace
from hashlib import sha256

from crible.model.signature import KeyUsed


@dataclass(frozen=True, slots=True)
class Key:
    """One key under one selector: RSA (`modulus`, `exponent`) or Ed25519 (`point`, 32 bytes)."""

    domain: str
    selector: str
    bits: int
    modulus: int = 0
    exponent: int = 0
    point: bytes = b""
    sources: tuple[str, ...] = ()
    """Who saw it in DNS or published it, sorted; the user's own file reads `user:NAME`."""
    first_seen: str | None = None
    last_seen: str | None = None
    private_published: bool = False
    anchored: bool = True
    """Somebody who looked it up in DNS tied it to this selector; False for a recovered key."""
    pattern: str | None = None
    """The shared-key pattern (`*.20150623.gappssmtp.com`) by which it was found."""
    hashes: frozenset[str] | None = None
    """h= of the record: the only hashes the domain admits; None for any."""
    mail: bool = True
    """s= of the record admits mail."""

    recovered: bool = False
    """Computed from signatures of a dump, and seen nowhere else; see `proof.recover`."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits that tell this key from others of its selector."""
        return sha256(self.point or b"%x:%x" % (self.modulus, self.exponent)).hexdigest()[:16]

    @property
    def identity(self) -> tuple[int, int, bytes]:
        """What makes two keys the same key, whoever published them."""
        return self.modulus, self.exponent, self.point

    def admits(self, algorithm: str) -> bool:
        """Whether the record lets this key make signatures of that a= (RFC 6376 §3.6.1, §6.1.2)."""
        kind, _, hash_name = algorithm.partition("-")
        fits = kind == ("ed25519" if self.point else "rsa")
        return fits and self.mail and (self.hashes is None or hash_name in self.hashes)

    def merged(self, other: "Key") -> "Key":
        """This key with what another row says of the very same key: sources joined, the wider dates seen.

        A pattern gives way to a row that names the domain; a private key published anywhere is published.
        """
        return replace(
            self,
            sources=tuple(sorted({*self.sources, *other.sources})),
            first_seen=next(iter(_seen(self.first_seen, other.first_seen)), None),
            last_seen=next(reversed(_seen(self.last_seen, other.last_seen)), None),
            private_published=self.private_published or other.private_published,
            anchored=self.anchored or other.anchored,
            pattern=self.pattern and other.pattern,
            recovered=self.recovered and other.recovered,
        )

    def used(self) -> KeyUsed:
        """The key as results name it."""
        return KeyUsed(
            domain=self.domain,
            selector=self.selector,
            bits=self.bits,
            sources=self.sources,
            anchored=self.anchored,
            private_published=self.private_published,
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            pattern=self.pattern,
            rsa=not self.point,
            recovered=self.recovered,
            fingerprint=self.fingerprint,
        )


def _seen(one: str | None, other: str | None) -> list[str]:
    return sorted(date for date in (one, other) if date)
