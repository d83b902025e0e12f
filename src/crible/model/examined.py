"""What an examination found that a reader had no time for: each kind runs once, in children of its own."""

from dataclasses import dataclass

PDF, CREDENTIALS, OCR = "pdf", "c2pa", "ocr"
EXAMINATIONS = (PDF, CREDENTIALS, OCR)
"""Kinds of examination: a PDF's signatures and revisions, content credentials, recognition of text in pictures."""


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature field of a PDF (ISO 32000-2 §12.8, PAdES)."""

    field: str
    word: str
    """`pass`, `altered`, `unreadable` or `no-key`."""
    coverage: str = ""
    """`file`, `revision` or `part`."""
    modified: str = ""
    """What later revisions changed: `none`, `lta`, `form`, `annotations` or `other`."""
    revision: int = 0
    signer: str = ""
    issuer: str = ""
    seconds: int | None = None
    """Signing time as the signer states it, Unix seconds."""
    stamped: int | None = None
    """Time of a valid embedded time stamp."""
    fingerprint: str = ""
    """SHA-256 of the certificate, hex."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PdfChange:
    """What one revision changed on one page, word by word."""

    revision: int
    page: int
    before: str = ""
    after: str = ""
    """Passages at most 200 characters long."""
    kinds: tuple[str, ...] = ()
    """Of `number`, `date`, `name`, `negation`, `iban`, `words`, `image`."""


@dataclass(frozen=True, slots=True)
class PdfExamined:
    """A PDF with a history: its signatures, its revisions, and what these did."""

    signatures: tuple[PdfSignature, ...] = ()
    revisions: int = 1
    changes: tuple[PdfChange, ...] = ()
    """At most 100."""
    shadows: tuple[str, ...] = ()
    """Message keys of what looks prepared before a signature to be shown or hidden after it."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Content credentials (C2PA 2.x) of a file."""

    word: str
    """`valid`, `untrusted` (sound, signer on no list), `invalid` or `unreadable`."""
    signer: str = ""
    issuer: str = ""
    seconds: int | None = None
    generator: str = ""
    faults: tuple[str, ...] = ()
    """Validation codes of the specification (`assertion.dataHash.mismatch`)."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """One recognised word."""

    text: str
    confidence: int
    """0 to 100."""
    box: tuple[int, int, int, int]
    """Left, top, right, bottom in thousandths of the page's width and height."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """One recognised page."""

    number: int
    confidence: int
    """Mean over its words, 0 to 100."""
    words: tuple[OcrWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What optical character recognition read; its text, pages parted by form feeds, is kept beside it."""

    pages: tuple[OcrPage, ...] = ()
    unread: int = 0
    """Pages over the budget."""


@dataclass(frozen=True, slots=True)
class Examined:
    """All that was found in one document beyond its reading."""

    pdf: PdfExamined | None = None
    credentials: Credentials | None = None
    recognised: Recognised | None = None
