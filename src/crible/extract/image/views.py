"""Pictures made of a picture, for a person to look at. They weigh nothing: no check rests on them.

Error levels light up wherever there is detail, and repeated passages wherever there are tiles, windows or print. Noise
residuals, double compression and the pattern of a scanner are not computed: they need the picture as its camera gave
it, and what comes by mail was resaved (a resave alone makes each of them answer).
"""

import io
from collections import defaultdict
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from crible.extract.guard import reading
from crible.extract.image.opening import FORMATS, eight_bits, opened, quiet
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

LARGEST = 24_000_000
"""Pixels of a picture that a view is made of; its pixels must be looked at as they are, so it is held whole."""
SHOWN = 1600
"""Longest side of a view."""
INLINE = 800
QUALITY = 90
_SIDE = 320
_BLOCK, _STEP = 16, 4
_FAR = 20
"""Pixels of the reduced picture between a passage and its double: nearer lies the same detail."""
_FEWEST = 60
"""Blocks that must be moved by the same way: less is chance."""
_CROWD = 12
"""Blocks alike beyond which they are a pattern."""
_COLOURS = ("#ff4040", "#40a0ff", "#40d040", "#ffb000", "#d060ff")


def ela(window: Window) -> bytes:
    """Error levels as PNG: how far each pixel moves when the picture is saved again at quality 90 (Krawetz, 2007).

    Raises Unreadable: `no-reader` for what is no picture, `budget` over 24 million pixels, `corrupt`.
    """
    picture = _whole(window)
    with reading("pillow"):
        again = io.BytesIO()
        picture.save(again, "JPEG", quality=QUALITY)
        apart = ImageChops.difference(picture, Image.open(again, formats=("JPEG",)))
        most = max(high for _, high in apart.getextrema()) or 1  # type: ignore[misc]
        return _png(apart.point(lambda value: min(255, value * 255 // most)))


def copy_move(window: Window) -> bytes:
    """The picture as PNG, framed in pairs of one colour what stands in it twice; unframed where nothing does.

    Of 45 real photographs without any such passage 5 are framed too: skies, walls, rows of windows.
    Blocks of 16 pixels of the reduced picture are compared by their own relief, and counted by how far apart they lie
    (Fridrich et al., Detection of copy-move forgery, 2003). Finds what was moved as it is, not turned or resized.
    Raises what `ela` raises.
    """
    picture = _whole(window)
    with reading("pillow"):
        grey = picture.convert("L")
        grey.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
        grey = grey.filter(ImageFilter.GaussianBlur(2))
        scale = picture.width / grey.width
        shown = picture.copy()
        draw = ImageDraw.Draw(shown)
        for number, boxes in enumerate(_doubles(grey)):
            for box in boxes:
                frame = [round(side * scale) for side in box]
                draw.rectangle(frame, outline=_COLOURS[number % len(_COLOURS)], width=max(2, round(scale * 2)))
        return _png(shown)


def inline(window: Window) -> bytes:
    """The picture as a mail shows it among its words, as PNG on white, at most 800 pixels wide; its first frame alone.

    Raises what `ela` raises.
    """
    picture = _opened(window)
    with reading("pillow"), quiet():
        shown = eight_bits(picture).convert("RGBA")
        flat = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
        flat.thumbnail((INLINE, INLINE * 4))
        return _png(flat)


Box = tuple[int, int, int, int]


def _doubles(grey: Image.Image) -> Iterator[tuple[Box, Box]]:
    """The passage and its double, for each way that many blocks were moved; at most five."""
    moved: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for places in _alike(grey):
        for at, (x, y) in enumerate(places):
            for far_x, far_y in places[at + 1 :]:
                if abs(far_x - x) + abs(far_y - y) >= _FAR:
                    moved[far_x - x, far_y - y].append((x, y))
    most = sorted(moved.items(), key=lambda item: (-len(item[1]), item[0]))
    for (right, down), places in most[:5]:
        if len(places) >= _FEWEST:
            left, top = min(x for x, _ in places), min(y for _, y in places)
            end, bottom = max(x for x, _ in places) + _BLOCK, max(y for _, y in places) + _BLOCK
            yield (left, top, end, bottom), (left + right, top + down, end + right, bottom + down)


def _alike(grey: Image.Image) -> Iterator[list[tuple[int, int]]]:
    """Places of blocks of the same relief, in groups of two to twelve."""
    data, width, height = grey.tobytes(), grey.width, grey.height
    cells = [y * width + x for y in range(0, _BLOCK, _STEP) for x in range(0, _BLOCK, _STEP)]
    groups: defaultdict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
    for y in range(height - _BLOCK):
        for x in range(width - _BLOCK):
            start = y * width + x
            values = [data[start + cell] for cell in cells]
            if max(values) - min(values) >= 24:
                mean = sum(values) // len(values)
                groups[tuple((value - mean) // 16 for value in values)].append((x, y))
    return (places for places in groups.values() if 2 <= len(places) <= _CROWD)


def _whole(window: Window) -> Image.Image:
    image = _opened(window)
    with reading("pillow"):
        return image.convert("RGB")


def _opened(window: Window) -> Image.Image:
    mime = sniff(window)
    if mime not in FORMATS:
        raise Unreadable("no-reader", type=mime)
    image = opened(window, mime).image
    if image.width * image.height > LARGEST:
        raise Unreadable("budget", which="pixels", limit=LARGEST)
    return image


def _png(image: Image.Image) -> bytes:
    image.thumbnail((SHOWN, SHOWN))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
