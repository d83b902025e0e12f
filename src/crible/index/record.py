"""What the index is told of one document: all that search, facets and a hit list need, and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One document as the index knows it. Everything but `text` comes back with a hit; the store keeps the text."""

    id: str
    """SHA-256 of the bytes as stored, hex."""
    family: str = ""
    """Id of its message family (`crible.index.families`); its own id where it stands alone."""
    kind: str = "file"
    """`mail` or `file`."""
    mime: str = ""
    type: str = ""
    """Short word for people: mail, pdf, docx, image …"""
    status: str = "read"
    """Final state in the ledger; what was not read is still found by its name and path."""
    path: str = ""
    paths: tuple[str, ...] = ()
    """Every path, `path` among them."""
    subject: str = ""
    name: str = ""
    """File name, for files."""
    text: str = ""
    """Searched, never stored in the index."""
    language: str = ""
    """ISO 639-1; French and English are also indexed by word stem."""
    senders: tuple[str, ...] = ()
    """From, each `name address`."""
    recipients: tuple[str, ...] = ()
    """To, Cc and Bcc, each `name address`."""
    cc: tuple[str, ...] = ()
    """Cc alone, each `name address`."""
    from_address: str = ""
    to_addresses: tuple[str, ...] = ()
    """Addresses of To, Cc and Bcc."""
    from_domain: str = ""
    date: int | None = None
    """Unix seconds of the document's own date; where no offset was written, the wall clock as if UTC."""
    grade: str = "unattested"
    """Key of `crible.model.grade.Level`."""
    badges: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    """Ids of the checks that said something (supports or questions)."""
    thread: str = ""
    attachments: int = 0
    boxes: tuple[str, ...] = ()
    """Labels of the sources it came from."""
    size: int = 0
    """Bytes."""
    wire: str = ""
    """SHA-256 of the wire form, hex; empty or the id for files."""
    message_id: str = ""
    sort: str = ""
    """Class of the paper (`crible.extract.classes`); empty where nothing speaks for one."""
    inclusive: bool = True
    """No later mail holds all of it (`crible.index.inclusive`)."""
    reference: bool = False
    """Given to compare with: no part of the dump."""
    private: bool = False
    """It looks private: on the closed shelf."""
    named: tuple[tuple[str, str], ...] = ()
    """What the text names, kind and text as in `crible.model.sorting.Entity`: searched, never stored in the index."""

    @property
    def has_date(self) -> bool:
        """Whether the document states a date; without one it lies in no date range."""
        return self.date is not None

    @property
    def has_text(self) -> bool:
        """Whether there is text to search: more than blanks."""
        return bool(self.text) and not self.text.isspace()
