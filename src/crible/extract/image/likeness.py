"""How alike two small grey pictures are: difference hash, correlation, and how much of one is its background."""

import math
from operator import mul

from PIL import Image

CELLS = 8
FEWEST_STEPS = 8
"""Cells that must differ from the next for a hash to say anything: a blank page hashes like any other."""
_TURNS = (
    None,
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
)
_BAR = 24
"""Grey value up to which a row or column at the edge passes for a black bar."""


def dhash(grey: Image.Image) -> bytes:
    """64 bits: is each of 8 by 8 cells brighter than the one to its right? (Krawetz, "Kind of Like That", 2013).

    Empty where the picture is so even that the bits would be noise.
    """
    cells = grey.resize((CELLS + 1, CELLS), Image.Resampling.BOX).tobytes()
    bits, steps = 0, 0
    for row in range(CELLS):
        for column in range(CELLS):
            left, right = cells[row * 9 + column], cells[row * 9 + column + 1]
            bits = bits << 1 | (left > right)
            steps += abs(left - right) > 2
    return bits.to_bytes(CELLS, "big") if steps >= FEWEST_STEPS else b""


def likeness(one: Image.Image, other: Image.Image) -> int:
    """Correlation of two grey pictures in hundredths, -100 to 100: the best over turns, mirror images and bars.

    100 where either is too even to tell.
    """
    ours = [_cells(each) for each in _barred(one)]
    theirs = [_cells(each if turn is None else each.transpose(turn)) for each in _barred(other) for turn in _TURNS]
    return max(_correlation(cells, turned) for cells in ours for turned in theirs)


def flat(grey: Image.Image) -> int:
    """Hundredths of the area within 12 grey levels of the most frequent one."""
    counts = grey.histogram()
    top = max(range(256), key=counts.__getitem__)
    return 100 * sum(counts[max(0, top - 12) : top + 13]) // max(1, sum(counts))


Cells = tuple[bytes, int, int]
"""16 by 16 grey values, their sum, and 256 times the sum of the squares of how far they are from their mean."""


def _cells(grey: Image.Image) -> Cells:
    cells = grey.resize((16, 16), Image.Resampling.BOX).tobytes()
    total = sum(cells)
    return cells, total, 256 * sum(map(mul, cells, cells)) - total * total


def _correlation(one: Cells, other: Cells) -> int:
    (cells, total, spread), (other_cells, other_total, other_spread) = one, other
    both = spread / 256 * (other_spread / 256)
    if both < (256 * 9) ** 2:  # a standard deviation of three grey levels
        return 100
    # Whole numbers up to the last step: the same to the last bit, a fifth of the time of shifted floats.
    common: int = 256 * sum(map(mul, cells, other_cells)) - total * other_total
    return round(100 * (common / 256) / math.sqrt(both))


def _barred(grey: Image.Image) -> list[Image.Image]:
    """The picture, and without its bars if it has any: cameras fit a 3:2 picture into a 4:3 thumbnail between two."""
    box = grey.point([0 if value <= _BAR else 255 for value in range(256)]).getbbox()
    if box is None or box == (0, 0, *grey.size):
        return [grey]
    if (box[2] - box[0]) * 2 < grey.width or (box[3] - box[1]) * 2 < grey.height:
        return [grey]
    return [grey, grey.crop(box)]


def upright(grey: Image.Image, orientation: int) -> Image.Image:
    """The picture as its Exif orientation wants it shown."""
    turn = _ORIENTED.get(orientation)
    return grey if turn is None else grey.transpose(turn)


_ORIENTED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
