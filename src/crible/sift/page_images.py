"""Pictures of pages for the desk, made in a sandboxed child and kept in memory for a while."""

from collections.abc import Callable
from dataclasses import replace

from crible.sandbox.pool import Limits
from crible.sift.asking import Asking
from crible.sift.wire import PageAsked, PageMade

ENTRY = "crible.sift.examiners.page:handle"
KEPT = 64
"""Pictures kept: what a reader turns back to, and a strip of small ones."""
LARGEST = 32 << 20
"""Bytes of a picture; a child that says more has been taken over."""
PNG = b"\x89PNG\r\n\x1a\n"


class PageImages:
    """Asks one child for pictures, which are kept, and for pixels, which are not: a page has 6 MB of them."""

    def __init__(self) -> None:
        self._pictures: Asking[PageAsked, PageMade] = Asking(ENTRY, PageMade, kept=KEPT, limits=Limits())

    def get(self, sha256: str, asked: PageAsked, opening: Callable[[], int]) -> bytes:
        """PNG. `opening` gives a descriptor, which is closed here. Raises Unreadable."""
        return self._pictures.get(sha256, asked, opening, _is_picture).png

    def pixels(self, sha256: str, asked: PageAsked, opening: Callable[[], int]) -> tuple[tuple[int, int], bytes]:
        """Width, height and the pixels of a page, three bytes each; as `get`."""
        made = self._pictures.get(sha256, replace(asked, view="pixels"), opening, _is_pixels, keep=False)
        return made.size, made.pixels


def _is_picture(made: PageMade) -> bool:
    return made.png.startswith(PNG) and len(made.png) <= LARGEST


def _is_pixels(made: PageMade) -> bool:
    width, height = made.size
    return 0 < width <= 10_000 and 0 < height <= 10_000 and len(made.pixels) == 3 * width * height
