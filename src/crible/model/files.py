"""What a file says of itself: each fact its own field, never merged with another, none of them established."""

from dataclasses import dataclass, field

from crible.model.image import ImageFacts
from crible.model.instant import Instant
from crible.model.office import OfficeFacts
from crible.model.pdf import PdfFacts


@dataclass(frozen=True, slots=True)
class Embedded:
    """Something that lies inside a file, or that it points to."""

    kind: str
    """`file` (listed as a member too), `object`, `macro`, `link`."""
    name: str
    """As given, cleaned; a link's target as written, at most 500 characters."""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image inside a document, by what a copy of it elsewhere would share."""

    sha256: bytes
    """Of its bytes as stored in the document (the encoded stream)."""
    size: int
    width: int = 0
    height: int = 0
    dhash: bytes = b""
    """Difference hash of 8 by 8 cells; empty where it was not decoded."""
    page: int = 0
    """Page it was first met on, from 1; 0 where the format has none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tracked change or a comment, and who made it as the file says."""

    kind: str
    """`insertion`, `deletion`, `move`, `format` or `comment`."""
    author: str = ""
    instant: Instant | None = None
    text: str = ""
    """At most 200 characters."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says of itself. Its text is in `Reading.text`."""

    title: str = ""
    author: str = ""
    """Creator."""
    last_author: str = ""
    """Who saved it last."""
    company: str = ""
    manager: str = ""
    template: str = ""
    application: str = ""
    """Program that wrote it, with its version where both stand in one text."""
    version: str = ""
    """Of the application, where it has a field of its own."""
    created: Instant | None = None
    modified: Instant | None = None
    printed: Instant | None = None
    revision: int | None = None
    minutes: int | None = None
    """Edit time."""
    locale: str = ""
    """Language tag or code page that the program wrote by itself."""
    fonts: tuple[str, ...] = ()
    """Names, sorted, at most 100."""
    paper: str = ""
    """`A4`, `Letter`, or `210x297 mm`, of the first page."""
    device: str = ""
    """Camera, scanner or printer, maker and model."""
    place: tuple[float, float] | None = None
    """Latitude and longitude in degrees: private, never in an export or snippet unasked."""
    embedded: tuple[Embedded, ...] = ()
    """At most 200."""
    pictures: tuple[Picture, ...] = ()
    """At most 200."""
    marks: tuple[Mark, ...] = ()
    """Tracked changes and comments, at most 200."""
    hidden: tuple[str, ...] = ()
    """Hidden sheets, slides, rows, text and layers, each `KIND: NAME`, at most 100."""
    pages: int | None = None
    """Pages, sheets or slides."""
    pages_without_text: tuple[int, ...] = ()
    """Numbers from 1 of pages with something to see and no text: nothing of them is searchable before recognition."""
    instants: tuple[Instant, ...] = ()
    """All moments that it gives of itself."""
    properties: dict[str, str] = field(default_factory=dict)
    """What else it says, by the format's own name of the property."""
    readers: tuple[str, ...] = ()
    """Where the first reader gave up: each reader tried, the one that succeeded last."""
    wants: tuple[str, ...] = ()
    """Examinations that need more than a reader's time, each a kind of `crible.sift.examiner`."""
    office: OfficeFacts | None = None
    pdf: PdfFacts | None = None
    image: ImageFacts | None = None
    defects: tuple[str, ...] = ()
