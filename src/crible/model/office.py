"""What an Office file's own structure tells of how it was made (OOXML: ECMA-376; the older formats: [MS-OLEPS])."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """What was typed in one editing session, as far as the text keeps its mark (`w:rsidR` of runs)."""

    session: str
    """The rsid, eight hexadecimal digits in upper case."""
    characters: int
    text: str = ""
    """Its first words, at most 80 characters."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A cell whose stored value is not what its formula gives over the values stored beside it."""

    place: str
    """`Sheet!B7`."""
    formula: str
    """As written, at most 120 characters."""
    stored: str
    computed: str


@dataclass(frozen=True, slots=True)
class Formulas:
    """A workbook's formulas, held against the values stored with them."""

    count: int = 0
    """Formulas met, within the reader's budget."""
    checked: int = 0
    """Those that could be computed anew: plain arithmetic over cells of the same sheet."""
    mismatches: tuple[Mismatch, ...] = ()
    """At most 20."""
    mismatched: int = 0
    """All of them, those not listed too."""
    typed: tuple[str, ...] = ()
    """Cells that hold a typed number in a row or column of totals, at most 20."""
    orphans: tuple[str, ...] = ()
    """Cells that the calculation chain names although they hold no formula (part 1 §18.6), at most 20."""
    stale: bool = False
    """The workbook says itself that stored values may be old: calculation by hand, on load, or as displayed."""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Traces of programs and hands. None names a person."""

    root: str = ""
    """rsidRoot: shared by all that descends from one document (ECMA-376 part 1 §17.15.1.70)."""
    sessions: tuple[str, ...] = ()
    """rsids of the settings, in their order (by value, not by time), at most 2,000: one for each editing session."""
    passages: tuple[Passage, ...] = ()
    """Of the text's sessions those with the fewest characters, at most 100, by session."""
    packer: str = ""
    """Whose way of packing the zip fits: `microsoft`, `streamed` (LibreOffice, Apache POI and other Java programs),
    `python`, `info-zip`, `7-zip`, `archiver`; empty if none."""
    packed: tuple[str, str] | None = None
    """Earliest and latest wall-clock time of the zip's entries, ISO 8601 without zone; None where they bear none, as
    Office and many others write them."""
    application: str = ""
    """Application of the extended properties: the program that saved last, or the one whose file it was made from."""
    build: str = ""
    """AppVersion, `16.0300`."""
    interface: str = ""
    """Language (ISO 639-1) in which the last program named the parts of the document (HeadingPairs): that of its own
    menus. Empty where unknown; `en` is also what most libraries write."""
    born: str = ""
    """Language of the theme's and styles' built-in names: of the program that the document was begun in."""
    languages: tuple[str, ...] = ()
    """Language tags that styles and settings give as the default, in upper and lower case as written, at most 10."""
    security: int | None = None
    """DocSecurity: 1 password, 2 read-only recommended, 4 enforced, 8 locked (part 1 §22.2.2.7)."""
    paths: tuple[str, ...] = ()
    """Local and network paths and printers that the file names, sorted, at most 50."""
    thumbnail: str = ""
    """Media type of its picture of itself; empty if it has none."""
    thumbnail_digest: str = ""
    """SHA-256 of that picture, hex."""
    formulas: Formulas | None = None
    savings: tuple[tuple[str, str], ...] = ()
    """Who saved it last and to which path, oldest first, at most ten: Word 97 to 2003 kept them ([MS-DOC] §2.5.6,
    SttbSavedBy)."""
