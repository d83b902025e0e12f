"""Text in pictures that are drawn here, letter by letter."""

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from crible.demo.paper.pdf import Line, pdf
from crible.extract.ocr import Recogniser
from crible.extract.ocr.recogniser import READABLE

FRENCH = ("Le conseil municipal a été réuni le douze mars", "pour voter le budget de l'année suivante.")


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser()


def printed(lines: tuple[str, ...]) -> Image.Image:
    """By pdfium, whose own Helvetica has accents; Pillow's built-in letters have none."""
    page = [Line(60, 780 - 30 * n, line, 14) for n, line in enumerate(lines)]
    return pypdfium2.PdfDocument(pdf([page], "", "", "20170314101500"))[0].render(scale=3, grayscale=True).to_pil()


def drawn(lines: tuple[str, ...], size: int = 34) -> Image.Image:
    picture = Image.new("L", (1200, 120 + 60 * len(lines)), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size)
    for n, line in enumerate(lines):
        draw.text((60, 60 + 60 * n), line, fill=0, font=font)
    return picture


def test_reads_french_with_its_accents(recogniser: Recogniser) -> None:
    page, text = recogniser.read(printed(FRENCH), 3)
    assert " ".join(text.split()) == " ".join(FRENCH)
    assert page.number == 3
    assert page.confidence > 80


def test_reads_english_and_figures(recogniser: Recogniser) -> None:
    _, text = recogniser.read(drawn(("Please pay the total of 1,250.40 before Friday",)), 1)
    assert text == "Please pay the total of 1,250.40 before Friday"


def test_boxes_lie_where_the_words_were_drawn(recogniser: Recogniser) -> None:
    page, _ = recogniser.read(printed(FRENCH), 1)
    first, last = page.words[0], page.words[-1]
    assert first.text == "Le"
    left, top, right, bottom = first.box
    assert 95 < left < right < 140  # 60 of 595 points
    assert 50 < top < bottom < 90
    assert last.box[1] > bottom


def test_an_empty_page_says_nothing(recogniser: Recogniser) -> None:
    page, text = recogniser.read(Image.new("L", (800, 600), 255), 1)
    assert (page.words, page.confidence, text) == ((), 0, "")


def test_specks_are_no_text(recogniser: Recogniser) -> None:
    """Noise, and a page of rubbish that is read with little confidence, give no text."""
    assert recogniser.read(Image.effect_noise((600, 400), 120), 1)[1] == ""
    scribble = printed(FRENCH).resize((200, 283)).resize((1785, 2526))
    page, text = recogniser.read(scribble, 1)
    assert text == "" or page.confidence >= READABLE
    assert all(word.text not in text.split() for word in page.words if not word.sure)


def test_the_same_page_always_gives_the_same(recogniser: Recogniser) -> None:
    assert recogniser.read(printed(FRENCH), 1) == recogniser.read(printed(FRENCH), 1)
