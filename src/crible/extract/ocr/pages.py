"""Pages as the recogniser wants them: grey, about 300 dots per inch, never more pixels than a stated number."""

from collections.abc import Iterator, Sequence
from contextlib import closing

from PIL import Image, ImageOps

from crible.extract.guard import reading
from crible.extract.image.opening import eight_bits, opened, quiet
from crible.extract.pdf.opening import opened_somehow
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

PAGES = 200
"""Pages of one document that are recognised; a budget of work, not of time."""
DOTS_PER_INCH = 300
PIXELS = 12_000_000
"""Of the picture given to the recogniser; A4 at 300 dpi has 8.7 million."""
SOURCE_PIXELS = 120_000_000
"""Of a picture that is decoded at all; more is a row with a reason."""
SMALL = 1000
"""Pixels of the longer side below which a picture is doubled: screen shots have letters of 10 pixels, Tesseract wants
20 to 30."""

Numbered = tuple[int, Image.Image]


def page_pictures(
    window: Window, mime: str, pages: Sequence[int], *, colour: bool = False, dots: int = DOTS_PER_INCH
) -> Iterator[Numbered]:
    """The pictures of the pages numbered (from 1; all if none is), each with its number; grey unless `colour`.

    `dots` per inch are drawn of a PDF: fewer where a small picture is wanted.
    Raises Unreadable: `corrupt`, or `budget` for a picture of too many pixels.
    """
    if mime == "application/pdf":
        return _pdf(window, pages, colour=colour, dots=dots)
    return _frames(window, mime, pages, colour=colour)


def _pdf(window: Window, pages: Sequence[int], *, colour: bool, dots: int) -> Iterator[Numbered]:
    with reading("pdfium"), opened_somehow(window) as document:
        for number in pages or range(1, len(document) + 1):
            if not 1 <= number <= len(document):
                continue
            with closing(document[number - 1]) as page:
                width, height = page.get_size()
                scale = min(dots / 72, (PIXELS / max(width * height, 1)) ** 0.5)
                yield number, page.render(scale=scale, grayscale=not colour).to_pil()


def _frames(window: Window, mime: str, pages: Sequence[int], *, colour: bool) -> Iterator[Numbered]:
    """Each frame of an image file; most have one."""
    picture = opened(window, mime).image
    with reading("pillow"), quiet():
        frames = getattr(picture, "n_frames", 1)
        for number in pages or range(1, frames + 1):
            if not 1 <= number <= frames:
                continue
            picture.seek(number - 1)
            if picture.width * picture.height > SOURCE_PIXELS:
                raise Unreadable("budget", which="pixels", limit=SOURCE_PIXELS)
            yield number, _fitted(ImageOps.exif_transpose(picture), "RGB" if colour else "L")


def _fitted(picture: Image.Image, mode: str) -> Image.Image:
    """Grey or coloured, on white where transparent, of a size at which letters are neither specks nor walls."""
    picture = eight_bits(picture)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    plain = picture.convert(mode)
    scale = 2.0 if max(plain.size) < SMALL else min(1.0, (PIXELS / (plain.width * plain.height)) ** 0.5)
    if scale == 1.0:
        return plain
    size = max(1, round(plain.width * scale)), max(1, round(plain.height * scale))
    return plain.resize(size, Image.Resampling.LANCZOS)
