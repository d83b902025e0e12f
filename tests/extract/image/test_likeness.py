"""The correlation of two pictures in whole numbers, against the one by shifted floats that defines it."""

import math
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crible.extract.image import likeness

PIXELS = st.one_of(
    st.binary(min_size=400, max_size=400),
    st.binary(min_size=20, max_size=20).map(lambda row: b"".join(row[at:] + row[:at] for at in range(20))),
    st.tuples(st.binary(min_size=200, max_size=200), st.sampled_from([bytes(100), b"\x18" * 100])).map(
        lambda parts: parts[1] + parts[0] + parts[1]
    ),
)


def by_definition(one: Image.Image, other: Image.Image) -> int:
    ours, theirs = (one, without_bars(one)), (other, without_bars(other))
    return max(
        correlation(a, b if turn is None else b.transpose(turn))
        for a, b, turn in product(ours, theirs, likeness._TURNS)
    )


def without_bars(grey: Image.Image) -> Image.Image:
    box = grey.point([0 if value <= likeness._BAR else 255 for value in range(256)]).getbbox()
    if box is None or (box[2] - box[0]) * 2 < grey.width or (box[3] - box[1]) * 2 < grey.height:
        return grey
    return grey.crop(box)


def correlation(one: Image.Image, other: Image.Image) -> int:
    ours, theirs = (each.resize((16, 16), Image.Resampling.BOX).tobytes() for each in (one, other))
    shift, other_shift = ([value - sum(cells) / 256 for value in cells] for cells in (ours, theirs))
    spread = sum(a * a for a in shift) * sum(b * b for b in other_shift)
    if spread < (256 * 9) ** 2:
        return 100
    return round(100 * sum(a * b for a, b in zip(shift, other_shift, strict=True)) / math.sqrt(spread))


@settings(max_examples=40, deadline=None)
@given(PIXELS, PIXELS)
def test_as_it_is_defined(one: bytes, other: bytes) -> None:
    pictures = [Image.frombytes("L", (20, 20), data) for data in (one, other)]
    assert likeness.likeness(*pictures) == by_definition(*pictures)
    assert likeness.likeness(pictures[0], pictures[0]) == by_definition(pictures[0], pictures[0])
