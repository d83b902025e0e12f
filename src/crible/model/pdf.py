"""What a PDF's own structure tells of how it was made (ISO 32000-2).

Boxes are left, top, right and bottom in thousandths of the page's width and height, from its upper left corner.
"""

from dataclasses import dataclass, field

from crible.model.instant import Instant

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font that some text of the file is set in, its subsets taken together."""

    name: str
    """Base font without subset tag."""
    tags: tuple[str, ...] = ()
    """Subset tags (§9.9.2), sorted, at most 20."""
    embedded: bool = False
    """In each use met."""


@dataclass(frozen=True, slots=True)
class PdfLayer:
    """An optional-content group (§8.11) and whether it is shown when the file is opened."""

    name: str
    visible: bool


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text of one page that stands in the file and that a reader of the page does not see."""

    kind: str
    """`invisible` (render mode 3 over nothing), `white` (on bare paper), `tiny`, `outside` (of the page), `layer`, or
    under something opaque: `under-dark`, `under-white`, `under-colour`, `under-picture`."""
    page: int
    box: Box
    text: str
    """Its passages, at most 200 characters."""
    over: str = ""
    """What was set on top of the cover in the same place, at most 200 characters."""


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number whose digits are set in another font than the digits around it."""

    kind: str
    """`within`: some digits of one number; `alone`: a whole number among others of the same style."""
    page: int
    box: Box
    text: str
    line: str
    """The line it stands in, at most 200 characters."""
    font: str
    usual: str
    """The font of the others; both with their subset tags."""
    among: int = 0
    """Numbers of the page that are set in the usual font."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A page that is one picture from edge to edge, with text set on it that is seen."""

    page: int
    words: int
    text: str
    """At most 200 characters."""
    dpi: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one page's text."""

    page: int
    numbers: tuple[str, ...]
    """As written, in their order, at most 200."""


@dataclass(frozen=True, slots=True)
class PdfPages:
    """Pages made alike: same size, same kind of picture over the whole page."""

    pages: tuple[int, ...]
    """Numbers from 1, at most 500."""
    width: int
    """Millimetres, as is the height."""
    height: int
    picture: str = ""
    """Filter of the picture that fills the page (`DCTDecode`, `CCITTFaxDecode` …); empty where none does."""
    dpi: int = 0
    tables: str = ""
    """Digest of a JPEG's quantisation tables, hex, eight characters: what its writer was set to."""


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Traces of programs and of later hands."""

    revisions: int = 1
    """Cross-reference sections with an end-of-file mark of their own; a linearised file's two count as one."""
    signatures: int = 0
    ids: tuple[str, ...] = ()
    """The two file identifiers, hex (§14.4)."""
    producer: str = ""
    creator: str = ""
    info: dict[str, str] = field(default_factory=dict)
    """Document information (§14.3.3) as written: `Title`, `Author`, `Creator`, `Producer`, `CreationDate` …"""
    info_created: Instant | None = None
    info_modified: Instant | None = None
    xmp: dict[str, str] = field(default_factory=dict)
    """The catalog's XMP (ISO 16684-1) by customary prefix: `xmp:CreatorTool`, `pdf:Producer`, `xmpMM:DocumentID` …"""
    xmp_created: Instant | None = None
    xmp_modified: Instant | None = None
    fonts: tuple[PdfFont, ...] = ()
    """At most 100, by name."""
    layers: tuple[PdfLayer, ...] = ()
    """At most 100."""
    hidden: tuple[HiddenText, ...] = ()
    """One for each page and kind, at most 100."""
    odd_numbers: tuple[OddNumber, ...] = ()
    """At most 50."""
    overlays: tuple[Overlay, ...] = ()
    """At most 50."""
    recognised: tuple[int, ...] = ()
    """Pages, at most 500, whose text is an invisible layer over pictures: somebody's recognition of a scan."""
    compare: tuple[Figures, ...] = ()
    """Those of them, at most 2, whose text has sums of money: recognised anew, text and picture can be compared."""
    page_kinds: tuple[PdfPages, ...] = ()
    """At most 50, the one with most pages first."""
    strangers: tuple[int, ...] = ()
    """Pages, at most 2, that hold no font subset of the other pages, which share theirs."""
    reset: tuple[int, ...] = ()
    """Those of them that are set in the other pages' fonts all the same, embedded a second time."""
    actions: tuple[str, ...] = ()
    """Kinds of actions that opening or use of the file would start, sorted: `JavaScript`, `Launch`, `SubmitForm` …
    None is ever run."""
    encryption: int = 0
    """Revision of the standard security handler of a file that opens without a password; 0 for none."""
    unlooked: int = 0
    """Pages with more objects than the budget allows: their text is read, how it is painted is not known."""
