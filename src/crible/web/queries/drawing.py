"""Pictures of a document's pages, and of the pictures that a mail brought: drawn in the sandbox, kept for a while."""

from crible.model.errors import CaseError, InputError, Unreadable
from crible.model.placed import PlacedPage
from crible.sift.page_images import PageImages
from crible.sift.wire import PageAsked
from crible.store.models import Document
from crible.web.queries.bytes import opened
from crible.web.served import Served

_IMAGES = ("bmp", "gif", "heic", "heif", "jpeg", "png", "tiff", "webp")
SHOWN = ("application/pdf", *(f"image/{kind}" for kind in _IMAGES))
"""Media types of which pages are drawn."""
WIDTHS = (1100, 160)
"""Pixels: the sheet's width on a screen of two pixels a point, and a small picture's in a strip."""
INLINE = 3 << 20
"""Bytes of all pictures together that are shown among the words of a mail."""

images = PageImages()


def page_picture(served: Served, document: Document, mime: str, page: int, width: int, view: str) -> bytes:
    """PNG of one page. Raises Unreadable, or InputError where bytes left in place are not what was taken."""
    asked = PageAsked(document.offset, document.size, mime, page, width, view)
    return images.get(bytes(document.sha256).hex(), asked, lambda: opened(served.case, document.blob))


def placed_page(served: Served, document: Document, mime: str, page: int) -> PlacedPage | None:
    """The words of one page with their places; None where there are none to be had in the time of a page."""
    asked = PageAsked(document.offset, document.size, mime, page, 0)
    try:
        return images.words(bytes(document.sha256).hex(), asked, lambda: opened(served.case, document.blob))
    except (Unreadable, InputError, CaseError):
        return None


def inline_pictures(served: Served, ids: list[str]) -> dict[str, bytes]:
    """PNG by id of these documents, as far as they are pictures and together not too large; in that order."""
    wanted = [bytes.fromhex(one) for one in ids]
    rows = Document.objects.filter(sha256__in=wanted).select_related("blob")
    documents = {bytes(row.sha256).hex(): row for row in rows}
    found: dict[str, bytes] = {}
    room = INLINE
    for one in filter(documents.__contains__, ids):
        try:
            png = page_picture(served, documents[one], "", 1, 0, "inline")
        except (Unreadable, InputError):
            continue
        if len(png) <= room:
            found[one] = png
            room -= len(png)
    return found
