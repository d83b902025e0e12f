"""What is gathered page by page, and what becomes of it in the end."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from crible.extract.figures import FIGURE
from crible.extract.paper import paper
from crible.extract.pdf.fonts import Fonts, font_of, suspect
from crible.extract.pdf.hidden import hidden, layered
from crible.extract.pdf.numbers import odd_numbers
from crible.extract.pdf.pictures import Pictures, Whole, whole
from crible.extract.pdf.sheet import OBJECTS, Sheet
from crible.extract.pdf.strangers import PageFonts
from crible.extract.pdf.strips import Rect
from crible.model.pdf import Figures, HiddenText, OddNumber, Overlay, PdfPages

A_FILE = 100_000
"""Objects of all pages that are looked at."""
HIDDEN, ODD, OVERLAYS, KINDS, PAGES = 100, 50, 50, 50, 500
COMPARED, SUMS, FIGURES = 2, 3, 200
"""Pages recognised anew although they have text, the sums of money that make one worth it, figures kept of each."""
_MM = 25.4 / 72
_SUM = re.compile(r"(?<!\d)\d{1,3}(?:[ .,\u00a0\u202f]?\d{3}){0,4}[.,]\d\d(?!\d)")

Likeness = tuple[int, int, str, int, str]


@dataclass
class Gathered:
    """Facts of the pages so far."""

    unseen_layers: frozenset[str] = frozenset()
    fonts: Fonts = field(default_factory=Fonts)
    page_fonts: PageFonts = field(default_factory=PageFonts)
    pictures: Pictures = field(default_factory=Pictures)
    hidden: list[HiddenText] = field(default_factory=list)
    odd: list[OddNumber] = field(default_factory=list)
    overlays: list[Overlay] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    compare: list[Figures] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)
    paper: str = ""
    unlooked: int = 0
    _kinds: dict[Likeness, list[int]] = field(default_factory=lambda: defaultdict(list))
    _looked: int = 0

    def room(self) -> int:
        """Objects that the next page may have looked at."""
        return max(0, min(OBJECTS, A_FILE - self._looked))

    def add(self, sheet: Sheet, text: str, shapes: list[tuple[Rect, str, str]]) -> None:
        """One page, whose own text is `text`; `shapes` are its opaque annotations."""
        painted = sheet.painted
        self._looked += painted.objects
        self.unlooked += painted.cut
        fonts = {address: font_of(handle) for address, handle in painted.fonts.items()}
        for font in fonts.values():
            self.fonts.add(font)
        self.page_fonts.add(sheet.number, len(painted.runs), list(fonts.values()))
        self.pictures.add(sheet)
        picture = whole(sheet)
        self._kind(sheet, picture)
        self._unseen(sheet, shapes)
        if len(self.odd) < ODD and suspect(sheet, fonts):
            self.odd.extend(odd_numbers(sheet, fonts)[: ODD - len(self.odd)])
        if picture:
            self._over(sheet, picture, text)
        if painted.objects and not text.strip():
            self.without_text.append(sheet.number)

    def page_kinds(self) -> tuple[PdfPages, ...]:
        """Pages made alike, the most frequent first."""
        ordered = sorted(self._kinds.items(), key=lambda pair: (-len(pair[1]), pair[1]))[:KINDS]
        return tuple(PdfPages(tuple(pages[:PAGES]), *kind) for kind, pages in ordered)

    def _kind(self, sheet: Sheet, picture: Whole | None) -> None:
        left, bottom, right, top = sheet.frame
        wide, high = (right - left) * _MM, (top - bottom) * _MM
        if sheet.turned:
            wide, high = high, wide
        if sheet.number == 1:
            self.paper = paper(wide, high)
        made = (picture.filter, picture.dpi, picture.tables) if picture else ("", 0, "")
        self._kinds[round(wide), round(high), *made].append(sheet.number)

    def _unseen(self, sheet: Sheet, shapes: list[tuple[Rect, str, str]]) -> None:
        if len(self.hidden) >= HIDDEN:
            return
        self.hidden.extend(hidden(sheet, shapes))
        if self.unseen_layers and (found := layered(sheet, self.unseen_layers)):
            self.hidden.append(found)
        del self.hidden[HIDDEN:]

    def _over(self, sheet: Sheet, picture: Whole, text: str) -> None:
        """Whether text on the page's picture is seen, or lies there to be searched."""
        runs = sheet.painted.runs
        if any(run.invisible for run in runs) and len(self.recognised) < PAGES:
            self.recognised.append(sheet.number)
            if len(self.compare) < COMPARED and len(_SUM.findall(text)) >= SUMS:
                numbers = tuple(islice((match[0] for match in FIGURE.finditer(text)), FIGURES))
                self.compare.append(Figures(sheet.number, numbers))
        seen = [run for run in runs if not run.invisible and run.order > picture.first]
        if not seen or len(self.overlays) >= OVERLAYS:
            return
        words = text if len(seen) == len(runs) else " ".join(filter(None, map(sheet.words, seen)))
        if count := len(words.split()):
            self.overlays.append(Overlay(sheet.number, count, " ".join(words.split())[:200], picture.dpi))
