"""Fonts of a page's text (ISO 32000-2 §9.6 to §9.9): names, subsets, and which of them look alike."""

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2.raw as pdfium

from crible.extract.pdf.painted import Handle
from crible.extract.pdf.sheet import Sheet
from crible.model.pdf import PdfFont

_TAG = re.compile(r"([A-Z]{6})\+(.+)\Z", re.DOTALL)
_SAME = (
    ("liberationsans", "arial"), ("arimo", "arial"), ("helvetica", "arial"), ("nimbussanl", "arial"),
    ("nimbussans", "arial"), ("liberationserif", "times"), ("timesnewromanps", "times"), ("timesnewroman", "times"),
    ("tinos", "times"), ("nimbusromno9l", "times"), ("nimbusroman", "times"), ("carlito", "calibri"),
    ("couriernew", "courier"), ("liberationmono", "courier"), ("cousine", "courier"),
)  # fmt: skip
"""Fonts made to take another's place."""
_NOISE = re.compile(r"[\s,_.-]|(?:ps)?mt(?=bold|italic|oblique|\Z)|regular|(?<=arial)unicode|roman(?=\Z)")
MOST, MOST_TAGS = 100, 20
"""Fonts of a file, and subsets of one font, that are kept."""
FEW = 3
"""Runs of a font that is a stranger to its page."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as one page uses it."""

    full: str
    """Base font with its subset tag."""
    name: str
    tag: str
    style: str
    """What fonts that look alike share; weight and slant are part of it."""
    embedded: bool


def font_of(handle: Handle) -> Font:
    """By pdfium's handle, while the page is open."""
    if not handle:
        return Font("", "", "", "", embedded=False)
    buffer = ctypes.create_string_buffer(200)
    size = pdfium.FPDFFont_GetBaseFontName(handle, buffer, 200)
    full = buffer.raw[: max(0, min(size, 200) - 1)].decode("utf-8", "replace").strip("\0")
    return _named(full, pdfium.FPDFFont_GetIsEmbedded(handle) == 1)


@lru_cache(1000)
def _named(full: str, embedded: bool) -> Font:
    match = _TAG.match(full)
    tag, name = (match[1], match[2]) if match else ("", full)
    return Font(full, name, tag, style_of(name), embedded)


def style_of(name: str) -> str:
    """`ArialMT`, `Helvetica` and `LiberationSans` are one style, `Arial-BoldMT` is another."""
    style = _NOISE.sub("", name.lower())
    for one, other in _SAME:
        style = style.replace(one, other)
    return style.replace("oblique", "italic")


def suspect(sheet: Sheet, fonts: dict[int, Font]) -> bool:
    """Whether two fonts of the page look alike and are not one, so that its digits are worth a look."""
    styles: dict[str, set[str]] = {}
    for font in fonts.values():
        if font.full:
            styles.setdefault(font.style, set()).add(font.full)
    return any(len(names) > 1 for names in styles.values()) or _stranger(sheet, fonts)


def _stranger(sheet: Sheet, fonts: dict[int, Font]) -> bool:
    """A font that is not embedded, for a run or two among embedded ones."""
    bare = {address for address, font in fonts.items() if font.full and not font.embedded}
    if not bare or len(bare) == len(fonts):
        return False
    uses = Counter(run.font for run in sheet.painted.runs if run.font in bare)
    return any(count <= FEW for count in uses.values())


class Fonts:
    """Fonts of all pages, subsets of one font taken together."""

    def __init__(self) -> None:
        self._tags: dict[str, set[str]] = {}
        self._bare: set[str] = set()

    def add(self, font: Font) -> None:
        """A font of one page."""
        if font.name and (font.name in self._tags or len(self._tags) < MOST):
            tags = self._tags.setdefault(font.name, set())
            if font.tag and len(tags) < MOST_TAGS:
                tags.add(font.tag)
            if not font.embedded:
                self._bare.add(font.name)

    def facts(self) -> tuple[PdfFont, ...]:
        """By name."""
        return tuple(
            PdfFont(name[:120], tuple(sorted(tags)), name not in self._bare)
            for name, tags in sorted(self._tags.items())
        )
