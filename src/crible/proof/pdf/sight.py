"""What a reader of a PDF page sees of it: pdfium paints it, with and without its text, and words are looked up there.

A word is *seen* if the picture changes where it stands once all text is made invisible. That holds for whatever lies
over it (picture, box, form field, note), which no rule about kinds of objects would.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the picture."""

LONGEST = 1000
"""Pixels of the longer side; a page of A4 is painted at 72 dpi or a little more, in 3 to 30 ms."""
MOST_WORDS, MOST_CHARACTERS = 5_000, 50_000
MOST_OBJECTS = 20_000
DEPTH = 5
MODE = "RGBX"
KEPT = 8
"""Pictures that are kept, 4 MB each at most."""
STEP = 24
"""Levels of 255 by which a channel must differ: less is a rounding of the painter's."""
_LEVELS = [255 if level >= STEP else 0 for level in range(256)]
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the page's own text, and where it stands."""

    text: str
    box: Box


class Pictures:
    """The pictures last painted of a file's states: two looks at one page of one state are painted once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, bool], Image.Image] = {}

    def of(self, end: int, page: int, notes: bool, paint: Callable[[], Image.Image]) -> Image.Image:
        """That of a page of the state that ends there."""
        key = end, page, notes
        if key not in self._kept:
            painted = paint()
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = painted
        return self._kept[key]


@dataclass(frozen=True, slots=True)
class Laid:
    """A state as pdfium lays it out."""

    document: Any
    end: int
    """Where it ends in the file."""
    pictures: Pictures

    def __len__(self) -> int:
        return len(self.document)


class Page:
    """One page; close it after use."""

    def __init__(self, laid: Laid, number: int) -> None:
        self._page = laid.document[number]
        self._laid, self._number = laid, number
        width, height = self._page.get_size()
        self._scale = min(2.0, LONGEST / max(width, height, 1.0))
        self._notes = bool(pdfium.FPDFPage_GetAnnotCount(self._page))
        self._painted: dict[bool, Image.Image] = {}

    def close(self) -> None:
        """Give its memory back."""
        self._page.close()

    def paint(self, *, notes: bool) -> Image.Image:
        """Its picture, with or without annotations and form fields; not to be drawn on."""
        notes = notes and self._notes
        if notes not in self._painted:
            paint = partial(self._paint, notes)
            self._painted[notes] = self._laid.pictures.of(self._laid.end, self._number, notes, paint)
        return self._painted[notes]

    def _paint(self, notes: bool) -> Image.Image:
        # Four bytes a pixel in Pillow's own order: it takes the bitmap as it is, where BGR cost a quarter more to copy.
        bitmap = self._page.render(
            scale=self._scale, draw_annots=notes, may_draw_forms=notes, prefer_bgrx=True, rev_byteorder=True
        )
        picture: Image.Image = bitmap.to_pil()
        bitmap.close()
        return picture

    def text(self) -> str:
        """Its text in reading order, annotations and fields apart."""
        text_page = self._page.get_textpage()
        try:
            return str(text_page.get_text_bounded()).replace("\x02", "-\n")
        finally:
            text_page.close()

    def words(self) -> list[Word]:
        """Its words with their places, those off the page left out."""
        text_page = self._page.get_textpage()
        try:
            return list(self._words(text_page))
        finally:
            text_page.close()

    def _words(self, text_page: Any) -> Iterator[Word]:
        raw = text_page.raw
        count = min(text_page.count_chars(), MOST_CHARACTERS)
        text = "".join(_character(pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count))
        for found, _ in zip(_WORD.finditer(text), range(MOST_WORDS), strict=False):
            boxes = [text_page.get_charbox(index) for index in range(found.start(), found.end())]
            left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
            if box := self.pixels((left, bottom, right, top)):
                yield Word(found[0], box)

    def pixels(self, rectangle: tuple[float, float, float, float]) -> Box | None:
        """A range of the page in pixels of its picture, whatever its crop and rotation; None off the page."""
        left, bottom, right, top = rectangle
        width, height = (math.ceil(side * self._scale) for side in self._page.get_size())
        corners = [self._page_to_device(x, y, width, height) for x, y in ((left, bottom), (right, top))]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        box = (max(0, xs[0] - 1), max(0, ys[0] - 1), min(width, xs[1] + 1), min(height, ys[1] + 1))
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _page_to_device(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        out_x, out_y = pdfium.c_int(0), pdfium.c_int(0)
        pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, out_x, out_y)
        return out_x.value, out_y.value

    def painted_later(self) -> "Covers":
        """Where something lies over text, and text that is meant to be invisible."""
        over: list[tuple[int, Box]] = []
        blank: list[Box] = []
        texts: list[Ink] = []
        top = -1
        for item, _ in zip(self._page.get_objects(max_depth=DEPTH), range(MOST_OBJECTS), strict=False):
            top += item.level == 0
            box = self.pixels(item.get_bounds())
            if box is None:
                continue
            if item.type != pdfium.FPDF_PAGEOBJ_TEXT:
                if item.level == 0:
                    over.append((top, box))
            elif pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                blank.append(box)
            else:
                texts.append(Ink(top, box, _colour(item.raw)))
        return Covers(tuple(over), tuple(texts), tuple(blank))

    def without_text(self, *, notes: bool) -> Image.Image:
        """Its picture once all text is made invisible; the page stays so, and is not to be painted again."""
        for item, _ in zip(self._page.get_objects(max_depth=DEPTH), range(MOST_OBJECTS), strict=False):
            if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                pdfium.FPDFTextObj_SetTextRenderMode(item.raw, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        return self._paint(notes)


@dataclass(frozen=True, slots=True)
class Ink:
    """Text that is painted: its place in the order, where, and in which colour."""

    order: int
    box: Box
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Covers:
    """What is painted on a page, in order."""

    over: tuple[tuple[int, Box], ...]
    """Pictures, boxes and the like, with their place in the order."""
    texts: tuple[Ink, ...]
    blank: tuple[Box, ...]
    """Text in render mode 3: a recognition's."""

    def covered(self, word: Word, notes: Sequence[Box], seen: Image.Image) -> bool:
        """Whether something lies over a whole word that would be seen without it; `notes` lie over everything.

        Text in the colour of its ground is hidden without any cover, as is what a recognition laid under a scan.
        """
        inks = [ink for ink in self.texts if meets(ink.box, word.box)]
        if not inks or any(holds(box, word.box) for box in self.blank):
            return False
        if any(_alike(seen, word.box, ink.colour) for ink in inks):
            return False
        first = min(ink.order for ink in inks)
        over = (box for order, box in self.over if order > first)
        return any(holds(box, word.box) for box in (*notes, *over))


def differing(one: Image.Image, other: Image.Image) -> Image.Image | None:
    """White where two pictures of one page differ; None where they look the same."""
    if one.size != other.size:
        return Image.new("L", one.size, 255)
    apart = ImageChops.difference(one, other)
    box = apart.getbbox()
    if box is None:
        return None
    # Looked at where anything differs alone: of a page of A4 that is 1 ms instead of 4.
    part = _strongest(apart.crop(box)).point(_LEVELS)
    if not part.getbbox():
        return None
    mask = Image.new("L", one.size)
    mask.paste(part, box)
    return mask


def _strongest(picture: Image.Image) -> Image.Image:
    red, green, blue, _ = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def touched(mask: Image.Image | None, box: Box) -> bool:
    """Whether anything differs inside a box."""
    return mask is not None and mask.crop(box).getbbox() is not None


def _alike(picture: Image.Image, box: Box, colour: tuple[int, int, int]) -> bool:
    """Whether a box of a picture is all of about one colour."""
    apart = _strongest(ImageChops.difference(picture.crop(box), Image.new(MODE, _size(box), (*colour, 255))))
    return not apart.point(lambda level: 255 if level >= 2 * STEP else 0).getbbox()


def _size(box: Box) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


def _colour(item: Any) -> tuple[int, int, int]:
    red, green, blue, alpha = (pdfium.c_uint(0) for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return red.value, green.value, blue.value


def holds(outer: Box, inner: Box) -> bool:
    """Whether a box holds another but for two pixels."""
    return (
        outer[0] <= inner[0] + 2 and outer[1] <= inner[1] + 2 and outer[2] >= inner[2] - 2 and outer[3] >= inner[3] - 2
    )


def meets(one: Box, other: Box) -> bool:
    """Whether two boxes have a pixel in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _character(code: int) -> str:
    """One character for one index: what is no text stands as a space."""
    return chr(code) if 32 < code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000 else " "
