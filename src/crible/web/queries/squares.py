"""A text as a QR code (ISO/IEC 18004), for a telephone's camera: drawn by attributes alone, as the desk's rules ask."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Modules left white around it, as the standard asks."""


@dataclass(frozen=True, slots=True)
class Squares:
    """A code to draw."""

    side: int
    """Modules, those around it included."""
    path: str
    """Its dark modules as an SVG path of numbers and letters only, row by row."""


def squares(text: str) -> Squares:
    """The smallest code that holds it with a quarter of its modules to spare (level Q): screens shine, hands shake."""
    code = segno.make_qr(text, error="q")
    rows = enumerate(code.matrix, QUIET)
    path = "".join(piece for y, row in rows for piece in _dark(y, row))
    return Squares(len(code.matrix) + 2 * QUIET, path)


def _dark(y: int, row: bytes | bytearray) -> list[str]:
    """One row's dark stretches."""
    pieces, x = [], QUIET
    for dark, stretch in groupby(row):
        length = len(list(stretch))
        if dark:
            pieces.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return pieces
