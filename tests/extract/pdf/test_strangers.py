"""A page that shares no font with the others, and the many honest ways in which pages differ."""

import pytest

from crible.extract.pdf.fonts import Font, style_of
from crible.extract.pdf.strangers import PageFonts

BODY, BOLD = "AAAAAA+Calibri", "AAAAAB+Calibri-Bold"


def strangers(*pages, runs=40):
    found = PageFonts()
    for number, names in enumerate(pages, 1):
        fonts = [Font(name, name[7:], name[:6] if "+" in name else "", style_of(name[7:]), True) for name in names]
        found.add(number, runs, fonts)
    return found.strangers()


def test_a_page_put_in_from_another_file():
    assert strangers((BODY, BOLD), (BODY,), ("ZZZZZZ+Calibri",), (BODY, BOLD)) == ((3,), (3,))
    assert strangers((BODY, BOLD), (BODY,), ("ZZZZZZ+Garamond",), (BODY, BOLD)) == ((3,), ())


@pytest.mark.parametrize("pages", [
    ((BODY,), (BODY, BOLD), (BODY,), (BODY,)),
    ((BODY,), ("BBBBBB+Calibri",), ("CCCCCC+Calibri",), ("DDDDDD+Calibri",)),
    ((BODY,), (BODY,), ("ZZZZZZ+Calibri",)),
    ((BODY,), (BODY,), (BODY,), ("AAAAAA-Helvetica",)),
    ((BODY,), (BODY,), (BOLD,), (BOLD,), (BODY,)),
], ids=["one go", "each page by itself", "few pages", "not embedded", "two halves"])  # fmt: skip
def test_pages_that_say_nothing(pages):
    assert strangers(*pages) == ((), ())


def test_a_page_of_few_words_says_nothing():
    assert strangers((BODY,), (BODY,), (BODY,), ("ZZZZZZ+Calibri",), runs=3) == ((), ())
