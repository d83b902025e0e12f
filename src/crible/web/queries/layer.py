"""What is laid over a page's picture: its words, to be selected and copied, and frames around those searched for."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crible.model.examined import OcrWord
from crible.model.placed import WORDS, Box, PlacedPage, PlacedWord
from crible.store.models import Document
from crible.web.queries.drawing import placed_page
from crible.web.queries.finds import Finder
from crible.web.queries.page_text import PageText
from crible.web.served import Served

PDF = "application/pdf"
DESCENT = 5
"""A fifth of a line's height lies under its letters' foot, about: it decides where a selection shows, no more."""
MARGIN = 12
"""Units between a word and its frame."""
_LEFTWARDS = frozenset(("R", "AL"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, where the line's own x axis runs along it."""

    text: str
    x: int
    """Where it begins: its left end, or its right end where it is read leftwards."""
    length: int
    leftwards: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, turned as they stand on the page."""

    angle: int
    """Degrees, clockwise, about the picture's upper left corner."""
    y: int
    size: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """All of it, in units of the page."""

    width: int
    height: int
    lines: tuple[Line, ...]
    frames: tuple[tuple[int, int, int, int], ...]
    """x, y, width and height of what is framed; a find that goes over a line's end has two."""
    finds: int | None
    """Places where what was searched for stands; None where nothing was."""
    cut: bool
    """The page has more words than are looked at."""


def layer(
    served: Served, pk: int, mime: str, number: int, words: PageText | None, finder: Finder | None
) -> Layer | None:
    """Of the page of that number, from 1: the file's own words or, where it has none, those recognised in its picture.

    None where there are no words, or none to be had in time: the picture is then shown alone.
    """
    recognised = [one for one in words.words if one.sure] if words else []
    if mime != PDF and not recognised:
        return None
    document = Document.objects.select_related("blob").get(pk=pk)
    page = placed_page(served, document, mime, number)
    if page is None:
        return None
    page = page if page.words else replace(page, words=tuple(_placed(recognised, page)))
    return laid(page, finder) if page.words else None


def laid(page: PlacedPage, finder: Finder | None) -> Layer:
    """The words in lines, and frames around what the finder finds in them."""
    lines = list(_lines(page.words))
    finds = list(_finds(lines, finder)) if finder else []
    frames = tuple(_frame(box, page) for find in finds for box in find)
    return Layer(
        page.width,
        page.height,
        tuple(_line(line) for line in lines),
        frames,
        len(finds) if finder and finder.has_words else None,
        len(page.words) >= WORDS,
    )


def _placed(words: Iterable[OcrWord], page: PlacedPage) -> Iterator[PlacedWord]:
    """Recognised words, from thousandths of the page to its units; without what could turn the text around it."""
    for word in words:
        text = "".join(letter for letter in word.text if letter.isprintable() and not letter.isspace())
        left, right = (min(page.width, max(0, edge * page.width // 1000)) for edge in word.box[::2])
        top, bottom = (min(page.height, max(0, edge * page.height // 1000)) for edge in word.box[1::2])
        if text and left < right and top < bottom:
            yield PlacedWord(text, (left, top, right, bottom))


def _lines(words: Iterable[PlacedWord]) -> Iterator[list[PlacedWord]]:
    """Words that follow one another at one height."""
    line: list[PlacedWord] = []
    for word in words:
        if line and not _level(line[-1], word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _level(one: PlacedWord, other: PlacedWord) -> bool:
    if one.turn != other.turn:
        return False
    (_, top, _, bottom), (_, over, _, under) = _along(one), _along(other)
    return 2 * (min(bottom, under) - max(top, over)) > min(bottom - top, under - over)


def _along(word: PlacedWord) -> Box:
    """Its box as seen by somebody who turns the page until the word stands upright."""
    left, top, right, bottom = word.box
    return (
        (left, top, right, bottom),
        (top, -right, bottom, -left),
        (-right, -bottom, -left, -top),
        (-bottom, left, -top, right),
    )[word.turn]


def _line(words: Sequence[PlacedWord]) -> Line:
    boxes = [_along(word) for word in words]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    size = max(1, bottom - top)
    placed = []
    for word, box in zip(words, boxes, strict=True):
        leftwards = any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in word.text)
        placed.append(Word(word.text, box[2] if leftwards else box[0], box[2] - box[0], leftwards))
    return Line(90 * words[0].turn, bottom - size // DESCENT, size, tuple(placed))


def _finds(lines: Sequence[Sequence[PlacedWord]], finder: Finder) -> Iterator[list[Box]]:
    """For each find the boxes that hold it, one a line; a word found in part is framed whole."""
    places: list[tuple[int, int, int, PlacedWord]] = []
    pieces, at = [], 0
    for number, line in enumerate(lines):
        for word in line:
            places.append((at, at + len(word.text), number, word))
            pieces.append(word.text)
            at += len(word.text) + 1
    first = 0
    for start, end in finder.spans(" ".join(pieces)):
        while first < len(places) - 1 and places[first][1] <= start:
            first += 1
        held: dict[int, Box] = {}
        for begins, _, number, word in places[first:]:
            if begins >= end:
                break
            held[number] = _around(held.get(number, word.box), word.box)
        yield list(held.values())


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _frame(box: Box, page: PlacedPage) -> tuple[int, int, int, int]:
    left, top = max(0, box[0] - MARGIN), max(0, box[1] - MARGIN)
    return left, top, min(page.width, box[2] + MARGIN) - left, min(page.height, box[3] + MARGIN) - top
