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
    """What later revisions changed, by pyHanko's difference policy: `none`, `lta`, `form`, `annotations` or `other`;
    empty where it could not tell."""
    revision: int = 0
    """The revision it ends, from 0."""
    signer: str = ""
    issuer: str = ""
    seconds: int | None = None
    """Signing time as the signer states it, Unix seconds."""
    stamped: int | None = None
    """Time of an embedded time stamp that fits the signature."""
    fingerprint: str = ""
    """SHA-256 of the certificate, hex."""
    detail: str = ""
    """What could not be read, or why the policy refused the changes; the library's words, printable ASCII."""
    kind: str = "approval"
    """`approval`, `certification` (§12.8.2.2) or `timestamp` (§12.8.5)."""
    allows: str = ""
    """What a certification lets others change: `none`, `form` or `annotations`."""
    fits: bool | None = None
    """Whether later changes keep to what the policy and the certification allow; None where there was no telling."""
    valid_then: bool | None = None
    """Whether the certificate was in its period of validity at the stated signing time."""
    self_issued: bool = False
    """Subject and issuer of the certificate are the same."""
    digest: str = ""
    """`sha256`, `sha1` …"""
    stamper: str = ""
    """Subject of the certificate of the time stamp."""
    end: int = 0
    """Where the signed bytes end."""


@dataclass(frozen=True, slots=True)
class PdfChange:
    """What one revision changed on one page, passage by passage."""

    revision: int
    """The later of the two, from 1."""
    page: int
    """In the later revision, from 1; of a page taken out, in the earlier one. 0 of a form field, whatever its page."""
    before: str = ""
    after: str = ""
    """Passages at most 200 characters long."""
    kinds: tuple[str, ...] = ()
    """Of `words`, `unseen` (its text differs, its look does not), `image` (its look differs, its text does not),
    `recognised` (text where there was none, unseen), `field` (a form field or text box holds another value),
    `page-added`, `page-removed`. What sort of words differ (number, date, name) is asked when weighing."""


@dataclass(frozen=True, slots=True)
class PdfRevision:
    """What one incremental update is for, as its objects show."""

    number: int
    """From 1; revision 0 is the file as first saved."""
    did: tuple[str, ...] = ()
    """Sorted, of `annotations`, `form`, `metadata`, `other`, `pages`, `signature`, `validation` (DSS)."""


@dataclass(frozen=True, slots=True)
class PdfView:
    """A page that shows today what it did not show when it was signed, or that holds what is covered."""

    key: str
    """One of `PdfExamined.shadows`."""
    page: int
    """From 1, of the file as it is."""
    before: str = ""
    """What was seen when it was signed, at most 200 characters."""
    after: str = ""
    """What is seen now, or is covered."""
    field: str = ""
    """Name of the form field concerned."""


@dataclass(frozen=True, slots=True)
class PdfExamined:
    """A PDF with a history: its signatures, its revisions, and what these did."""

    signatures: tuple[PdfSignature, ...] = ()
    """At most 50."""
    revisions: int = 1
    changes: tuple[PdfChange, ...] = ()
    """At most 100."""
    shadows: tuple[str, ...] = ()
    """What looks prepared before a signature to be shown or hidden after it, sorted: `revealed`, `content`, `look`,
    `field-removed`, `field-swapped`, `note-covers`, `seal-covers`, `words-covered`, `fields-overlap`."""
    history: tuple[PdfRevision, ...] = ()
    """At most 200, oldest first."""
    views: tuple[PdfView, ...] = ()
    """Where, and what; at most 50."""
    loose: int = 0
    """Objects after the newest end-of-file mark, which no state of the file accounts for: some viewers take them all
    the same (Mladenov et al., CCS 2019: incremental saving attack)."""
    uncompared: int = 0
    """Pairs of revisions, and pages, beyond the budget or unreadable."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Content credentials (C2PA 2.x) of a file."""

    word: str
    """`valid`, `untrusted` (sound, signer on no list), `invalid` or `unreadable`."""
    signer: str = ""
    issuer: str = ""
    seconds: int | None = None
    """Of its time stamp; None where it has none, for then only the signer's own clock speaks."""
    generator: str = ""
    """Program that made the claim, with its version."""
    faults: tuple[str, ...] = ()
    """Validation codes of the specification (`assertion.dataHash.mismatch`), sorted."""
    ingredients: tuple[str, ...] = ()
    """The same of pictures that it was made from, as recorded when they were taken in, or found now."""
    identity: tuple[str, ...] = ()
    """The same of a person or organisation named in an identity assertion (CAWG); the content does not rest on it."""
    actions: tuple[str, ...] = ()
    """What it says was done, in order, at most 50: `c2pa.created`, `c2pa.cropped` …"""
    source: str = ""
    """Last word of its digitalSourceType: `digitalCapture`, `trainedAlgorithmicMedia` …"""


SURE = 30
"""Confidence below which a recognised word is left out of the text: of 2,401 words of printed invoices 12 were below,
and none of them stood on the page."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """One recognised word."""

    text: str
    confidence: int
    """0 to 100."""
    box: tuple[int, int, int, int]
    """Left, top, right, bottom in thousandths of the page's width and height."""

    @property
    def sure(self) -> bool:
        """Whether it belongs to the text; else it is kept with its box only."""
        return self.confidence >= SURE


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
