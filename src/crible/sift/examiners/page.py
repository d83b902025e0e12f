"""Makes pictures of pages, in a child like every reader: what a person sees is a picture made here, never the file."""

import io
from collections.abc import Callable, Sequence

import msgspec
from PIL import Image

from crible.extract.image import views
from crible.extract.image.opening import shown_size
from crible.extract.image.samples import load_decoders
from crible.extract.ocr.pages import DOTS_PER_INCH, page_pictures
from crible.extract.pdf.placed import placed_words
from crible.model.errors import Unreadable
from crible.model.placed import PlacedPage, units
from crible.sandbox.window import Window
from crible.sift.wire import PageAsked, PageMade

VIEWS: dict[str, Callable[[Window], bytes]] = {
    "error-levels": views.ela,
    "repeats": views.copy_move,
    "inline": views.inline,
}
"""Pictures made of a picture for a person to look at; they weigh nothing."""
SMALL, SMALL_DOTS = 300, 40
"""Pixels of a small picture, and dots per inch that are enough for it."""
COPY_DOTS = 150
"""Of a safe copy: enough to print."""
_ASKED = msgspec.msgpack.Decoder(PageAsked)
_ENCODER = msgspec.msgpack.Encoder()


def prepare() -> None:
    """Load every decoder before the walls go up."""
    load_decoders()


def handle(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes:  # noqa: ARG001
    """One page as PNG, pixels or words, or the reason why there is none."""
    asked = _ASKED.decode(request)
    window = Window(descriptors[0], asked.offset, asked.length)
    try:
        made = _made(window, asked)
    except Unreadable as error:
        made = PageMade(reason=error.reason)
    return _ENCODER.encode(made)


def _made(window: Window, asked: PageAsked) -> PageMade:
    if asked.view in VIEWS:
        return PageMade(VIEWS[asked.view](window))
    return PageMade(placed=_placed(window, asked)) if asked.view == "words" else _page(window, asked)


def _placed(window: Window, asked: PageAsked) -> PlacedPage:
    if asked.mime == "application/pdf":
        return placed_words(window, asked.page)
    return PlacedPage(*units(*shown_size(window, asked.mime, asked.page)))


def _page(window: Window, asked: PageAsked) -> PageMade:
    dots = SMALL_DOTS if asked.width <= SMALL else COPY_DOTS if asked.view == "pixels" else DOTS_PER_INCH
    for _, picture in page_pictures(window, asked.mime, (asked.page,), colour=True, dots=dots):
        picture.thumbnail((asked.width, asked.width * 4), Image.Resampling.LANCZOS)
        if asked.view == "pixels":
            return PageMade(pixels=picture.convert("RGB").tobytes(), size=picture.size)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        return PageMade(buffer.getvalue())
    raise Unreadable("no-page", page=asked.page)
