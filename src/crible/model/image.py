"""What an image file tells of how it was made (Exif 3.0, XMP, ITU-T T.81)."""

from dataclasses import dataclass

from crible.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The small picture that a camera stores beside the large one."""

    width: int
    height: int
    dhash: bytes = b""
    likeness: int = 100
    """Correlation with the large picture in hundredths, the best over its turns, mirror images and black bars."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history that an editor keeps (xmpMM:History)."""

    action: str
    software: str = ""
    instant: Instant | None = None


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Traces of cameras and programs."""

    width: int = 0
    height: int = 0
    software: str = ""
    dhash: bytes = b""
    """Difference hash of 8 by 8 cells."""
    mode: str = ""
    """Pillow's name of the pixels' kind: `RGB`, `L`, `1`, `CMYK` …"""
    dpi: int = 0
    """Horizontal resolution where one is given; 0 where none is, or only the default 72."""
    orientation: int = 1
    taken: Instant | None = None
    """DateTimeOriginal."""
    digitized: Instant | None = None
    saved: Instant | None = None
    """DateTime: when the file was last changed, as its program says."""
    located: Instant | None = None
    """GPSDateStamp and GPSTimeStamp: the satellites' clock, UTC."""
    exposed: bool = False
    """It states an exposure: time, aperture or sensitivity."""
    maker_note: bool = False
    thumbnail: Thumbnail | None = None
    tables: str = ""
    """First 16 hex digits of the SHA-256 of its JPEG quantisation tables."""
    tables_of: str = ""
    """Whose tables these are where that is sure: `libjpeg` (Annex K scaled) or `adobe`."""
    quality: int = 0
    """1 to 100 on libjpeg's scale; 0 where no tables were met."""
    icc: str = ""
    """Description of the colour profile."""
    creator_tool: str = ""
    """xmp:CreatorTool."""
    history: tuple[Step, ...] = ()
    """At most 50."""
    credentials: str = ""
    """Address of content credentials kept elsewhere (dcterms:provenance); never fetched."""
    flat: int = 0
    """Hundredths of its area that are the background's brightness: much on pages and screens, little on photographs."""
