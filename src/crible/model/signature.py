"""DKIM signatures: what a reader computes without any key, and what a key then says (RFC 6376)."""

from dataclasses import dataclass
from enum import StrEnum


class Body(StrEnum):
    """The body (or its l= prefix) against bh=."""

    OK = "ok"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class Headers(StrEnum):
    """The signed header fields against the digest that was signed."""

    OK = "ok"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class KeyFit(StrEnum):
    """Whether the key at hand made this signature."""

    OK = "ok"
    MISMATCH = "mismatch"
    """RSA only: the padding that this key reveals is not PKCS #1 v1.5."""
    NONE = "none"
    """No key for this selector of this domain."""
    UNDECIDABLE = "undecidable"
    """Ed25519 cannot tell a wrong key from altered headers."""


class Word(StrEnum):
    """One word for a signature, first match wins in this order (`PASS` last)."""

    MALFORMED = "malformed"
    NO_KEY = "no-key"
    KEY_MISMATCH = "key-mismatch"
    UNDECIDED = "undecided"
    BODY_ALTERED = "body-altered"
    HEADERS_ALTERED = "headers-altered"
    PASS = "pass"  # noqa: S105


class Scheme(StrEnum):
    """Which header carried the signature."""

    DKIM = "dkim"
    """DKIM-Signature."""
    TRANSIT = "transit"
    """X-Google-DKIM-Signature, d=1e100.net: Google handled the mail; hashed under the name `dkim-signature`."""
    ARC_MESSAGE = "arc-message"
    """ARC-Message-Signature (RFC 8617 §4.1.2): a handler's signature over the mail as it passed on."""
    ARC_SEAL = "arc-seal"
    """ARC-Seal (RFC 8617 §4.1.3): over all ARC sets up to its own; it has no body."""

    @property
    def arc(self) -> bool:
        """One half of an ARC set: it counts only as a link of a whole chain (`assess.chain`)."""
        return self in (Scheme.ARC_MESSAGE, Scheme.ARC_SEAL)


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signature as found, with the digests of the stored bytes. No key was needed for any of it."""

    index: int
    """Ordinal among the mail's signatures of this scheme, from 0 at the top; for ARC the instance, i=."""
    scheme: Scheme
    domain: str
    """d=, lower case."""
    selector: str
    algorithm: str
    """`rsa-sha256`, `rsa-sha1`, `ed25519-sha256`, or as written if unknown."""
    signature: bytes
    """b= decoded."""
    header_digest: bytes
    """Of the canonical signed fields of the stored mail, b= emptied."""
    body_digest: bytes
    """Of the canonical body, cut at l= where that is given."""
    body_hash: bytes
    """bh= decoded: what the body's digest was when it was signed."""
    canonical: str
    """c=, `relaxed/simple` and so on, both halves written out."""
    signed: tuple[str, ...]
    """h=, lower case, in order."""
    identity: str = ""
    """i=, as written."""
    length: int | None = None
    """l=."""
    body_length: int = 0
    """Length of the whole canonical body in bytes; more than `length` means a tail nobody signed."""
    signed_end: int | None = None
    """Where l= ends in the stored mail: bytes from the start of the mail's slice; None without l=."""
    timestamp: int | None = None
    """t=, Unix seconds, the signer's clock."""
    expires: int | None = None
    """x=; recorded, never a reason to fail: signatures are judged at signing time."""
    malformed: str | None = None
    """Message key of domain `evidence` saying why it cannot be evaluated; the digests are then empty."""


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """The key a result rests on, and who says that it is that selector's key."""

    domain: str
    selector: str
    bits: int
    sources: tuple[str, ...]
    """Who saw this key in DNS or published it; the user's own file reads `user:NAME`."""
    anchored: bool = True
    """False for a recovered key that nobody has tied to the domain yet."""
    private_published: bool = False
    first_seen: str | None = None
    last_seen: str | None = None
    pattern: str | None = None
    """The shared-key pattern that matched (`*.20150623.gappssmtp.com`), if one did."""
    rsa: bool = True
    """False for Ed25519, whose 256 bits are full strength (RFC 8463)."""
    recovered: bool = False
    """The modulus was computed from signatures of the dump; it vouches for nothing until somebody anchors it."""
    fingerprint: str = ""
    """First 16 hex digits of SHA-256 over modulus and exponent, or the point: tells the keys of a selector apart."""

    @property
    def short(self) -> bool:
        """An RSA key shorter than 1024 bits: could have been broken by others (RFC 8301 §3.2)."""
        return self.rsa and self.bits < 1024


@dataclass(frozen=True, slots=True)
class Step:
    """One named transformation on the way from the stored mail to the signed one."""

    name: str
    """Key of domain `repairs` (`unquote-mboxo`, `from-reply-to`, `footer-cut`)."""
    changing: bool = False
    """It cuts, adds or replaces something that a reader is shown; else it is neutral (line ends, folding, encoding)."""
    words: bool = False
    """It replaces words of the text itself: neither a list nor a gateway does that."""
    field: str = ""
    """The header field it concerns, lower case; empty for the body."""
    stored: str = ""
    """What stands in the mail there, decoded, at most 2,000 characters; empty where something was cut out of it."""
    signed: str = ""
    """What was signed instead, likewise."""
    start: int = 0
    end: int = 0
    """The stored bytes concerned, from the start of the mail's slice; 0, 0 where they are not one range."""


@dataclass(frozen=True, slots=True)
class Repair:
    """How the stored mail must be changed to give the digests that were signed. Digests agree, so it cannot invent."""

    headers: bool
    """The signed header fields were reached (with the steps, or as stored)."""
    body: bool
    """The signed body was reached likewise. It counts only where `headers` does: bh= stands among them."""
    steps: tuple[Step, ...] = ()
    text: str = ""
    """The signed text, decoded, where a step changes it; at most 200,000 characters."""
    spans: tuple[tuple[int, int], ...] = ()
    """Ranges of the stored mail that are part of the signed body, bytes from the start of the slice."""

    @property
    def whole(self) -> bool:
        """Header and body as they were signed."""
        return self.headers and self.body

    @property
    def neutral(self) -> bool:
        """Nothing that a reader is shown had to be changed: the stored mail keeps the proof."""
        return self.whole and not any(step.changing for step in self.steps)


@dataclass(frozen=True, slots=True)
class SignatureResult:
    """What can be said of one signature with the keys at hand."""

    facts: SignatureFacts
    body: Body
    headers: Headers
    key: KeyFit
    word: Word
    used: KeyUsed | None = None
    conflict: bool = False
    """The ring holds more than one modulus for this selector."""
    repair: Repair | None = None
    """What a search from the stored mail to the signed one reached, where it does not verify as it stands."""
    rivalled: bool = False
    """Another key of the selector is anchored too, and this one is known from one source only: neither is preferred."""
