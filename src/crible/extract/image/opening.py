"""Opens a picture with the one Pillow decoder that its type calls for, and decodes no more of it than is asked."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pi_heif
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    PsdImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from crible.extract.guard import reading
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

LOADED = (
    AvifImagePlugin, BmpImagePlugin, GifImagePlugin, IcoImagePlugin, Jpeg2KImagePlugin, JpegImagePlugin,
    MpoImagePlugin, PngImagePlugin, PpmImagePlugin, PsdImagePlugin, TiffImagePlugin, WebPImagePlugin,
)  # fmt: skip
"""Pillow would import them when first needed, which is too late behind Landlock."""

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
    "image/avif": "AVIF",
    "image/jp2": "JPEG2000",
    "image/x-jp2-codestream": "JPEG2000",
    "image/vnd.adobe.photoshop": "PSD",
    "image/vnd.microsoft.icon": "ICO",
}
FILE_CAP = 256 << 20
"""Bytes of a file; it is held whole, because several libraries copy it anyway."""
PIXEL_CAP = 300_000_000
"""Declared pixels beyond which a picture is refused: the largest cameras give 150 million, map scanners 280."""
DECODE_CAP = 400_000_000
"""Bytes of decoded pixels: a coloured A3 page at 600 dpi takes 280 million. JPEG is decoded at an eighth."""
_BYTES = {"1": 1, "L": 1, "P": 5, "I;16": 8, "I;16B": 8}
"""Of one pixel, with the copy that making it grey takes; 4 of any other kind."""
ORIENTATION, SIDEWAYS = 0x0112, range(5, 9)
"""The tag (EXIF 2.3, 4.6.4) and those of its values that exchange width and height."""
SMALL = 256
"""Longest side of what a reader looks at."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture whose header was read, its pixels not yet."""

    image: Image.Image
    data: bytes


@contextmanager
def quiet() -> Iterator[None]:
    """Without Pillow's warnings: odd tags and sizes are no news here, and a warning would want to open its source."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def opened(window: Window, mime: str) -> Opened:
    """The picture, header read and its pixels counted.

    Raises Unreadable: `budget` (`image`, `pixels`) or `corrupt` with what the library said.
    """
    if window.length > FILE_CAP:
        raise Unreadable("budget", which="image", limit=FILE_CAP)
    data = window.read()
    with reading("pillow"), quiet():
        try:
            image = Image.open(io.BytesIO(data), formats=(FORMATS[mime],))
        except Image.DecompressionBombError as error:
            raise Unreadable("budget", which="pixels", limit=PIXEL_CAP) from error
    if image.width * image.height > PIXEL_CAP:
        raise Unreadable("budget", which="pixels", limit=PIXEL_CAP)
    return Opened(image, data)


def shown_size(window: Window, mime: str, number: int) -> tuple[int, int]:
    """Width and height in pixels of the frame of that number, from 1, as it is to be held; no pixel is decoded.

    Raises Unreadable as `opened` does, and `no-page`.
    """
    image = opened(window, mime).image
    with reading("pillow"), quiet():
        if not 1 <= number <= getattr(image, "n_frames", 1):
            raise Unreadable("no-page", page=number)
        image.seek(number - 1)
        turned = image.getexif().get(ORIENTATION, 1) in SIDEWAYS
    return (image.height, image.width) if turned else (image.width, image.height)


def small(image: Image.Image, side: int = SMALL) -> Image.Image | None:
    """The first frame in grey, at most `side` pixels wide and high; None where it is over the cap or broken.

    JPEG is decoded at the scale that is just above it. The frame is loaded: its size may be a reduced one afterwards.
    """
    try:
        with quiet():
            if image.format in ("JPEG", "MPO"):
                image.draft("L", (side, side))
            if image.width * image.height * _BYTES.get(image.mode, 4) > DECODE_CAP:
                return None
            image.load()
            return _grey(image, side)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  broken pixels: facts of the header stand all the same
        return None


def _grey(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) > side:
        scale = side / max(image.size)
        if image.mode in ("1", "P", "I;16", "I;16B", "I", "F"):
            image = eight_bits(image)
        image = _opaque(image)
        image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), _BOX)
    if image.mode in ("RGBA", "LA", "PA", "RGBa"):
        paper = Image.new("LA", image.size, (255, 255))
        image = Image.alpha_composite(paper.convert("RGBA"), image.convert("RGBA"))
    return eight_bits(image).convert("L")


def _opaque(image: Image.Image) -> Image.Image:
    """In grey at once where nothing can be seen through it: making four channels small takes twice as long."""
    if image.mode in ("RGBA", "LA") and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("L")
    return image


def eight_bits(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be shown: deeper shades spread over 256, palettes and bitmaps unpacked."""
    if image.mode in ("I;16", "I;16B", "I", "F"):
        low, high = image.getextrema()
        spread = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
        return image.convert("F").point(lambda value: (value - float(low)) * (255 / spread)).convert("L")  # type: ignore[arg-type]
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image if image.mode != "1" else image.convert("L")


_BOX = Image.Resampling.BOX

Image.MAX_IMAGE_PIXELS = PIXEL_CAP
pi_heif.options.DECODE_THREADS = 1
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pi_heif.register_heif_opener(thumbnails=False)
