"""One page's picture to text, with the engine's confidence in every word."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tesserocr
from PIL import Image

from crible.model.examined import OcrPage, OcrWord

DATA = Path(__file__).with_name("data")
"""Brought by the build (hatch_build.py)."""
LANGUAGES = ("fra", "eng")
"""Both at once: 0.84 s a page against 0.53 s with French alone, and the words of English pages come out whole."""
READABLE = 40
"""Mean confidence below which a page gives no text at all: a picture without writing reads as syllables."""
WORDS = 4000
"""Words of a page that are kept with their boxes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as recognised."""

    words: tuple[OcrWord, ...]
    ends_block: bool

    def text(self) -> str:
        """Its words that are sure enough, and an empty line after the last one of a block."""
        return " ".join(word.text for word in self.words if word.sure) + "\n" * (1 + self.ends_block)


def available() -> bool:
    """Whether the build brought the data."""
    return all((DATA / f"{language}.traineddata").exists() for language in LANGUAGES)


class Recogniser:
    """A loaded engine. Loading takes 0.1 s and opens files: before the walls go up."""

    def __init__(self) -> None:
        self._engine: Any = tesserocr.PyTessBaseAPI(path=str(DATA), lang="+".join(LANGUAGES))
        # The wheel sends Tesseract's remarks to /dev/null, opened at the first of them: behind the walls it gets no
        # file and crashes. Empty means standard error, which in a child is /dev/null already.
        self._engine.SetVariable("debug_file", "")

    def read(self, picture: Image.Image, number: int) -> tuple[OcrPage, str]:
        """Words with boxes and confidences, and the page's text in the order of reading."""
        self._engine.SetImage(picture)
        try:
            self._engine.Recognize()
            lines = self._lines(*picture.size)
        finally:
            self._engine.Clear()
        words = [word for line in lines for word in line.words]
        mean = round(sum(word.confidence for word in words) / len(words)) if words else 0
        text = "".join(line.text() for line in lines).strip() if mean >= READABLE else ""
        return OcrPage(number, mean, tuple(words[:WORDS])), text

    def _lines(self, width: int, height: int) -> list[Line]:
        found = self._engine.GetIterator()
        if found is None:  # nothing on the page
            return []
        level, lines, words = tesserocr.RIL.WORD, [], []
        for word in tesserocr.iterate_level(found, level):
            if word.Empty(level):
                continue
            text = word.GetUTF8Text(level).strip()
            if text:
                box = _thousandths(word.BoundingBox(level), width, height)
                words.append(OcrWord(text[:200], round(word.Confidence(level)), box))
            if word.IsAtFinalElement(tesserocr.RIL.TEXTLINE, level):
                lines.append(Line(tuple(words), word.IsAtFinalElement(tesserocr.RIL.PARA, level)))
                words = []
        return lines


def _thousandths(box: tuple[int, int, int, int], width: int, height: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return left * 1000 // width, top * 1000 // height, right * 1000 // width, bottom * 1000 // height
