"""The words of one page of a PDF, each with its place on the picture that pdfium draws of that page."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pypdfium2.raw as pdfium

from crible.extract.guard import reading
from crible.extract.pdf.opening import Document, opened_somehow
from crible.extract.pdf.painted import Handle
from crible.extract.pdf.strips import Rect, joined
from crible.model.errors import Unreadable
from crible.model.placed import LETTERS, WORDS, Box, PlacedPage, PlacedWord, units
from crible.sandbox.window import Window

CHARACTERS = 40_000
"""Of one page that are looked at: 40 ms."""
HYPHEN = 2
"""What pdfium gives for the hyphen of a word that goes on in the next line."""
_ENDS = frozenset((0x0A, 0x0D, HYPHEN))


def placed_words(window: Window, number: int) -> PlacedPage:
    """The words of the page of that number, from 1. Raises Unreadable: `no-page`, or as the page's reader does."""
    with reading("pdfium"), opened_somehow(window) as document:
        if not 1 <= number <= len(document):
            raise Unreadable("no-page", page=number)
        return _page(document, number)


def _page(document: Document, number: int) -> PlacedPage:
    with closing(document[number - 1]) as page, closing(page.get_textpage()) as text_page:
        sheet = _Sheet(page.raw, text_page.raw, *units(*page.get_size()))
        words = tuple(word for word, _ in zip(sheet.words(), range(WORDS), strict=False))
        return PlacedPage(sheet.width, sheet.height, words)


class _Sheet:
    """An open page, and its size in units as it is shown."""

    def __init__(self, page: Handle, text_page: Handle, width: int, height: int) -> None:
        self._page, self._text = page, text_page
        self.width, self.height = width, height

    def words(self) -> Iterator[PlacedWord]:
        """In the order of the text; what lies off the page is not shown and left out."""
        for start, text, box in self._runs():
            place = self._place(box)
            if text and place[0] < place[2] and place[1] < place[3]:
                yield PlacedWord(text, place, self._turn(start, box))

    def _runs(self) -> Iterator[tuple[int, str, Rect]]:
        """Characters between spaces: number of the first, what they say, the box that holds them in points."""
        letters: list[str] = []
        start, box = 0, (0.0, 0.0, 0.0, 0.0)
        for at in range(min(pdfium.FPDFText_CountChars(self._text), CHARACTERS)):
            code = pdfium.FPDFText_GetUnicode(self._text, at)
            letter = "-" if code == HYPHEN else _letter(code)
            if letter and not letter.isspace():
                here = self._box(at)
                start, box = (start, joined(box, here)) if letters else (at, here)
                letters.append(letter)
            if letters and (code in _ENDS or letter.isspace() or len(letters) >= LETTERS):
                yield start, "".join(letters), box
                letters = []
        if letters:
            yield start, "".join(letters), box

    def _box(self, at: int) -> Rect:
        """As high as its font, so that words of one line are of one height."""
        box = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._text, at, box):
            return 0.0, 0.0, 0.0, 0.0
        return min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)

    def _place(self, box: Rect) -> Box:
        """As pdfium draws it, which knows of turned and cropped pages."""
        one, other = self._shown(box[0], box[1]), self._shown(box[2], box[3])
        (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)

    def _shown(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, self.width, self.height, 0, x, y, across, down)
        return across.value, down.value

    def _turn(self, at: int, box: Rect) -> int:
        """From the angle at which its first character is set, as that shows on the page."""
        angle = pdfium.FPDFText_GetCharAngle(self._text, at)
        x, y, far = box[0], box[1], 100.0
        here, there = self._shown(x, y), self._shown(x + far * math.cos(angle), y - far * math.sin(angle))
        return round(math.atan2(there[1] - here[1], there[0] - here[0]) / (math.pi / 2)) % 4


def _letter(code: int) -> str:
    """A character that may be shown: a space for controls; nothing for marks of direction and what is none."""
    letter = chr(code) if 0 < code < 0x110000 else ""
    if letter.isspace() or unicodedata.category(letter or "a") == "Cc":
        return " "
    return letter if letter.isprintable() else ""
