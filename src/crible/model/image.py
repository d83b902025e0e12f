"""What an image file tells of how it was made (Exif 3.0, XMP, ITU-T T.81)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Traces of cameras and programs."""

    width: int = 0
    height: int = 0
    software: str = ""
    dhash: bytes = b""
    """Difference hash of 8 by 8 cells."""
