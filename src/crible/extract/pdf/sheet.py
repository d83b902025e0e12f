"""One page while it is open: its geometry, its text by place, and what is painted on it."""

import ctypes
from dataclasses import dataclass
from functools import cached_property

import pypdfium2.raw as pdfium

from crible.extract.pdf.opening import folded
from crible.extract.pdf.painted import Handle, Painted, Run, painted
from crible.extract.pdf.strips import Rect
from crible.model.pdf import Box

EVERYWHERE: Rect = (-1e7, -1e7, 1e7, 1e7)
"""Text off the page counts too. Unlike a range of characters, a box gives all of Unicode."""
OBJECTS = 3_000
"""Objects of one page that are looked at; a dense page has about a thousand, a map a hundred thousand."""
TEXTS = 60
"""Runs of one page whose own words are asked for: each answer costs a pass over all characters."""


@dataclass
class Sheet:
    """An open page."""

    page: Handle
    text_page: Handle
    number: int
    """From 1."""
    most: int = OBJECTS
    asked: int = 0

    @cached_property
    def frame(self) -> Rect:
        """What of the page is shown (crop box), in points."""
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(self.page, box):
            return 0.0, 0.0, 612.0, 792.0
        left, right = sorted((box.left, box.right))
        bottom, top = sorted((box.bottom, box.top))
        if not (-1e5 < left < right < 1e5 and -1e5 < bottom < top < 1e5):
            return 0.0, 0.0, 612.0, 792.0
        return left, bottom, right, top

    @property
    def turned(self) -> bool:
        """Shown with its sides exchanged."""
        return bool(pdfium.FPDFPage_GetRotation(self.page) % 2)

    @cached_property
    def painted(self) -> Painted:
        """Its objects."""
        return painted(self.page, self.most)

    def text(self, box: Rect = EVERYWHERE) -> str:
        """What is set inside a box, in reading order, lines by newlines."""
        if not self.text_page:
            return ""
        left, bottom, right, top = box
        size = pdfium.FPDFText_GetBoundedText(self.text_page, left, top, right, bottom, None, 0)
        if size <= 0:
            return ""
        buffer = (ctypes.c_ushort * size)()
        pdfium.FPDFText_GetBoundedText(self.text_page, left, top, right, bottom, buffer, size)
        # pdfium joins a word hyphenated at a line's end by U+0002; the hyphen was on paper, so it is kept as such.
        return bytes(buffer).decode("utf-16-le", "ignore").replace("\r\n", "\n").replace("\x02", "-\n")

    def words(self, run: Run) -> str:
        """What one run says; empty once too many were asked."""
        self.asked += 1
        if self.asked > TEXTS or not self.text_page:
            return ""
        size = pdfium.FPDFTextObj_GetText(run.handle, self.text_page, None, 0)
        if size <= 2:
            return ""
        buffer = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFTextObj_GetText(run.handle, self.text_page, buffer, size)
        return folded(bytes(buffer)[: size - 2].decode("utf-16-le", "ignore"), 500)

    def place(self, box: Rect) -> Box:
        """A box in thousandths of the page as it is shown, from its upper left corner."""
        left, bottom, right, top = self.frame
        wide, high = 1000 / (right - left), 1000 / (top - bottom)
        across = sorted(_share((x - left) * wide) for x in (box[0], box[2]))
        down = sorted(_share((top - y) * high) for y in (box[1], box[3]))
        turns = pdfium.FPDFPage_GetRotation(self.page) % 4
        if turns == 1:
            return 1000 - down[1], across[0], 1000 - down[0], across[1]
        if turns == 2:
            return 1000 - across[1], 1000 - down[1], 1000 - across[0], 1000 - down[0]
        if turns == 3:
            return down[0], 1000 - across[1], down[1], 1000 - across[0]
        return across[0], down[0], across[1], down[1]


def _share(value: float) -> int:
    return round(max(-1000.0, min(2000.0, value)))
