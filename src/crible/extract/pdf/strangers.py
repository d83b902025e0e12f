"""Pages that share no font with the others: a program embeds a font once for all the pages that it writes at one go."""

from collections import Counter

from crible.extract.pdf.fonts import Font

PAGES = 500
"""Pages whose fonts are compared."""
RUNS = 10
"""Runs of text before a page's fonts say anything."""
OTHERS = 3
"""Other pages, which must all share a font, before one that does not is a stranger."""


class PageFonts:
    """Fonts of each page by their full names; those without a subset tag are everybody's and say nothing."""

    def __init__(self) -> None:
        self._pages: dict[int, frozenset[str]] = {}
        self._styles: dict[int, frozenset[str]] = {}

    def add(self, number: int, runs: int, fonts: list[Font]) -> None:
        """One page."""
        tagged = [font for font in fonts if font.full]
        if runs < RUNS or len(self._pages) >= PAGES or not tagged or not all(font.tag for font in tagged):
            return
        self._pages[number] = frozenset(font.full for font in tagged)
        self._styles[number] = frozenset(font.style for font in tagged)

    def strangers(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Pages without any subset of the others', at most two, and those set in the others' fonts all the same."""
        uses = Counter(full for fonts in self._pages.values() for full in fonts)
        alone = tuple(number for number, fonts in sorted(self._pages.items()) if all(uses[full] == 1 for full in fonts))
        others = [number for number in self._pages if number not in alone]
        if not 0 < len(alone) <= 2 or len(others) < OTHERS:
            return (), ()
        if not frozenset.intersection(*(self._pages[number] for number in others)):
            return (), ()
        styles = frozenset().union(*(self._styles[number] for number in others))
        return alone, tuple(number for number in alone if self._styles[number] <= styles)
