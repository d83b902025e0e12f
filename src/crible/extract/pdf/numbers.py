"""Numbers whose digits are set in another font than the digits around them.

A program that alters a figure in a finished PDF has only the letters that the file's subset holds; for the others it
takes a font of its own, or embeds a second subset of the same one. Programs that write a page once do not change font
inside a number.
"""

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pypdfium2.raw as pdfium

from crible.extract.capped import clean
from crible.extract.pdf.fonts import Font
from crible.extract.pdf.sheet import Sheet
from crible.extract.pdf.strips import Rect, joined
from crible.model.pdf import OddNumber

CHARACTERS = 20_000
"""Of one page that are looked at one by one."""
OTHERS = 4
"""Numbers in the usual font before one in another is odd."""
RARE = 24
"""Characters of the page that the odd font sets at most, nearly all of them digits and signs."""
_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u202f]{0,40}\d)?")
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is set."""

    start: int
    end: int
    """Indices of its characters on the page, the end exclusive."""
    line: tuple[int, int]
    fonts: tuple[Font, ...]
    """Those of its digits, each once."""


def odd_numbers(sheet: Sheet, fonts: dict[int, Font]) -> list[OddNumber]:
    """Numbers of which some digits, or which as a whole, are in a font that the numbers around them are not in."""
    return _Page(sheet, fonts).odd() if sheet.text_page else []


class _Page:
    """One page, character by character."""

    def __init__(self, sheet: Sheet, fonts: dict[int, Font]) -> None:
        self._sheet, self._page = sheet, sheet.text_page
        self._runs = {ctypes.addressof(run.handle.contents): fonts[run.font] for run in sheet.painted.runs}
        count = min(pdfium.FPDFText_CountChars(self._page), CHARACTERS)
        codes = (pdfium.FPDFText_GetUnicode(self._page, at) for at in range(count))
        self._text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)

    @cached_property
    def _fonts(self) -> list[Font | None]:
        """Of each character; None for spaces that pdfium supplied and for objects over the budget."""
        found: list[Font | None] = []
        for at in range(len(self._text)):
            run = pdfium.FPDFText_GetTextObject(self._page, at)
            found.append(self._runs.get(ctypes.addressof(run.contents)) if run else None)
        return found

    def odd(self) -> list[OddNumber]:
        """See above."""
        numbers = [number for line in _LINE.finditer(self._text) for number in self._numbers(line)]
        usual = Counter(number.fonts[0] for number in numbers if len(number.fonts) == 1)
        return [entry for number in numbers if (entry := self._entry(number, usual))]

    def _numbers(self, line: re.Match[str]) -> list[Number]:
        found = []
        for match in _NUMBER.finditer(self._text, *line.span()):
            fonts = [self._fonts[at] for at in range(*match.span()) if self._text[at].isdigit()]
            known = tuple(dict.fromkeys(font for font in fonts if font is not None and font.full))
            if known and len(fonts) > 1 and None not in fonts:
                found.append(Number(*match.span(), line.span(), known))
        return found

    def _entry(self, number: Number, usual: "Counter[Font]") -> OddNumber | None:
        if len(number.fonts) > 1:
            first, second = sorted(number.fonts[:2], key=lambda font: (-self._uses[font], font.full))
            if not _alike(first, second) or not self._level(number):
                return None
            return self._told("within", number, second, first, usual[first])
        font = number.fonts[0]
        others = [(count, other) for other, count in usual.items() if other != font and _alike(other, font)]
        count, other = max(others, key=lambda pair: (pair[0], pair[1].full), default=(0, font))
        if count < OTHERS or usual[font] > 2 or not self._rare(font) or other not in self._fonts[slice(*number.line)]:
            return None
        return self._told("alone", number, font, other, count)

    @cached_property
    def _uses(self) -> "Counter[Font | None]":
        return Counter(font for font, letter in zip(self._fonts, self._text, strict=True) if not letter.isspace())

    def _rare(self, font: Font) -> bool:
        """The page has hardly anything else in this font."""
        if self._uses[font] > RARE:
            return False
        letters = [letter for mine, letter in zip(self._fonts, self._text, strict=True) if mine == font]
        return sum(letter.isalpha() for letter in letters) <= 3

    def _box(self, at: int) -> Rect:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def _level(self, number: Number) -> bool:
        """Its digits are of one height, on one line, and follow closely: no exponent, no second column."""
        boxes = [self._box(at) for at in range(number.start, number.end) if self._text[at].isdigit()]
        high = [box[3] - box[1] for box in boxes]
        low = [box[1] for box in boxes]
        gaps = [later[0] - box[2] for box, later in pairwise(boxes)]
        return min(high) > 0.75 * max(high) > 0 and max(low) - min(low) < 0.2 * max(high) and max(gaps) < max(high)

    def _told(self, kind: str, number: Number, font: Font, other: Font, among: int) -> OddNumber:
        box = self._box(number.start)
        for at in range(number.start + 1, number.end):
            box = joined(box, self._box(at))
        line = " ".join(clean(self._text[slice(*number.line)]).split())[:200]
        text = self._text[number.start : number.end]
        return OddNumber(
            kind, self._sheet.number, self._sheet.place(box), text, line, font.full[:120], other.full[:120], among
        )


def _alike(one: Font, other: Font) -> bool:
    """Of one style, or one of the two a stand-in that the file does not hold."""
    return one.full != other.full and (one.style == other.style or one.embedded != other.embedded)
