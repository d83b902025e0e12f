"""Pictures of pages for the desk, and the words on them, made in a sandboxed child and kept in memory for a while."""

from collections.abc import Callable
from dataclasses import replace

from crible.model.placed import LETTERS, UNITS, WORDS, PlacedPage
from crible.sandbox.pool import Limits
from crible.sift.asking import PATIENCE, Asking
from crible.sift.wire import PageAsked, PageMade

ENTRY = "crible.sift.examiners.page:handle"
KEPT = 64
"""Pictures kept: what a reader turns back to, and a strip of small ones."""
LARGEST = 32 << 20
"""Bytes of a picture; a child that says more has been taken over."""
KEPT_WORDS = 64
"""Pages of which words are kept; the largest has 0.5 MB."""
QUICK = Limits(cpu_seconds=5, silent_seconds=10, tasks=500)
"""Of words: a page is shown without them rather than late."""
PNG = b"\x89PNG\r\n\x1a\n"


class PageImages:
    """Asks one child for pictures, which are kept, and for pixels, which are not: a page has 6 MB of them."""

    def __init__(self) -> None:
        self._pictures: Asking[PageAsked, PageMade] = Asking(ENTRY, PageMade, kept=KEPT, limits=Limits())
        # A child of its own: a page that is to be served would wait behind the pictures of others, 0.3 s each.
        self._words: Asking[PageAsked, PageMade] = Asking(ENTRY, PageMade, kept=KEPT_WORDS, limits=QUICK)

    def get(self, sha256: str, asked: PageAsked, opening: Callable[[], int]) -> bytes:
        """PNG. `opening` gives a descriptor, which is closed here. Raises Unreadable."""
        return self._pictures.get(sha256, asked, opening, _is_picture).png

    def pixels(self, sha256: str, asked: PageAsked, opening: Callable[[], int]) -> tuple[tuple[int, int], bytes]:
        """Width, height and the pixels of a page, three bytes each; as `get`."""
        made = self._pictures.get(sha256, replace(asked, view="pixels"), opening, _is_pixels, keep=False)
        return made.size, made.pixels

    def words(self, sha256: str, asked: PageAsked, opening: Callable[[], int]) -> PlacedPage:
        """A page's words with their places; as `get`, and CaseError `desk-busy` where they take `asking.PATIENCE`."""
        made = self._words.get(sha256, replace(asked, view="words"), opening, _is_placed, patience=PATIENCE)
        if made.placed is None:
            raise AssertionError("checked before")
        return made.placed


def _is_placed(made: PageMade) -> bool:
    page = made.placed
    if page is None or not (0 < page.width <= UNITS and 0 < page.height <= UNITS) or len(page.words) > WORDS:
        return False
    for word in page.words:
        left, top, right, bottom = word.box
        inside = 0 <= left < right <= page.width and 0 <= top < bottom <= page.height
        legible = 0 < len(word.text) <= LETTERS and word.text.isprintable() and " " not in word.text
        if not (inside and legible and word.turn in range(4)):
            return False
    return True


def _is_picture(made: PageMade) -> bool:
    return made.png.startswith(PNG) and len(made.png) <= LARGEST


def _is_pixels(made: PageMade) -> bool:
    width, height = made.size
    return 0 < width <= 10_000 and 0 < height <= 10_000 and len(made.pixels) == 3 * width * height
