"""Examination `ocr`: the text of pictures, and of pages that have no text of their own."""

import io

from PIL import Image

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
    sample = Image.new("L", (200, 60), 255)
    _recogniser.read(sample, 1)
    Image.init()
    for form in ("PNG", "JPEG", "TIFF", "WEBP", "GIF"):
        buffer = io.BytesIO()
        sample.save(buffer, form)
        Image.open(io.BytesIO(buffer.getvalue())).load()
    _heif()


def _heif() -> None:
    import pi_heif

    pi_heif.register_heif_opener()


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
