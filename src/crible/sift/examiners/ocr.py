"""Examination `ocr`: the text of pictures, and of pages that have no text of their own."""

from PIL import Image

from crible.extract.image.samples import load_decoders
from crible.extract.ocr import PAGES, Recogniser, page_pictures
from crible.model.errors import Unreadable
from crible.model.examined import OcrPage, Recognised
from crible.sandbox.window import Window
from crible.sift.examiners import answering
from crible.sift.wire import Look

_recogniser: Recogniser | None = None


def prepare() -> None:
    """Load the engine and its data, and use every decoder once: no file can be opened later."""
    global _recogniser
    _recogniser = Recogniser()
    _recogniser.read(Image.new("L", (200, 60), 255), 1)
    load_decoders()


def examine(window: Window, look: Look) -> tuple[Recognised, str]:
    """The pages asked for, read one after the other; text parted by form feeds."""
    if _recogniser is None:
        raise Unreadable("no-reader", type="ocr")
    pages: list[OcrPage] = []
    texts: list[str] = []
    for number, picture in page_pictures(window, look.mime, look.pages[:PAGES]):
        page, text = _recogniser.read(picture, number)
        pages.append(page)
        texts.append(text)
        if len(pages) >= PAGES:
            break
    left = max(0, len(look.pages) - PAGES)
    return Recognised(tuple(pages), left), "\f".join(texts) if any(texts) else ""


handle = answering(examine)
