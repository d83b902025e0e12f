"""How alike two small grey pictures are: difference hash, correlation, and how much of one is its background."""

import math

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
    best = -100
    for ours in (one, _without_bars(one)):
        fixed = _cells(ours)
        for theirs in (other, _without_bars(other)):
            for turn in _TURNS:
                best = max(best, _correlation(fixed, _cells(theirs if turn is None else theirs.transpose(turn))))
    return best


def flat(grey: Image.Image) -> int:
    """Hundredths of the area within 12 grey levels of the most frequent one."""
    counts = grey.histogram()
    top = max(range(256), key=counts.__getitem__)
    return 100 * sum(counts[max(0, top - 12) : top + 13]) // max(1, sum(counts))


def _cells(grey: Image.Image) -> bytes:
    return grey.resize((16, 16), Image.Resampling.BOX).tobytes()


def _correlation(one: bytes, other: bytes) -> int:
    mean, mean_other = sum(one) / 256, sum(other) / 256
    shift = [a - mean for a in one]
    shift_other = [b - mean_other for b in other]
    spread = sum(a * a for a in shift) * sum(b * b for b in shift_other)
    if spread < (256 * 9) ** 2:  # a standard deviation of three grey levels
        return 100
    return round(100 * sum(a * b for a, b in zip(shift, shift_other, strict=True)) / math.sqrt(spread))


def _without_bars(grey: Image.Image) -> Image.Image:
    """Cameras fit a 3:2 picture into a 4:3 thumbnail between black bars."""
    box = grey.point([0 if value <= _BAR else 255 for value in range(256)]).getbbox()
    if box is None or (box[2] - box[0]) * 2 < grey.width or (box[3] - box[1]) * 2 < grey.height:
        return grey
    return grey.crop(box)


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
