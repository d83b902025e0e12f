"""Words lie where pdfium draws them, on turned and cropped pages too."""

import io
from pathlib import Path

import pikepdf
import pytest

from crible.demo.paper.pdf import Line, pdf
from crible.extract.pdf.placed import placed_words
from crible.model import placed
from crible.model.errors import Unreadable
from crible.model.placed import PlacedPage
from crible.sandbox.window import Window

LINES = ("Facture 2017-0139", "Total TTC")


def page_of(tmp_path: Path, data: bytes, number: int = 1) -> PlacedPage:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with path.open("rb") as file:
        return placed_words(Window(file.fileno(), 0, len(data)), number)


def invoice(lines: tuple[str, ...] = LINES, **changed: object) -> bytes:
    made = pdf([[Line(100, 700 - 40 * at, line, 20) for at, line in enumerate(lines)]], "", "", "20170314101500")
    with pikepdf.open(io.BytesIO(made)) as document:
        for name, value in changed.items():
            document.pages[0][f"/{name}"] = pikepdf.Array(value) if isinstance(value, list) else value
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def points(page: PlacedPage, at: int, longest: float) -> list[float]:
    return [edge * longest / placed.UNITS for edge in page.words[at].box]


def test_words_come_in_order_with_boxes_in_units_of_the_page(tmp_path: Path) -> None:
    page = page_of(tmp_path, invoice())
    assert [word.text for word in page.words] == ["Facture", "2017-0139", "Total", "TTC"]
    assert page.height == placed.UNITS
    left, top, right, bottom = points(page, 0, 842)
    assert left == pytest.approx(100, abs=2)
    assert top < 842 - 700 < bottom
    assert bottom - top == pytest.approx(23, abs=4)
    assert points(page, 1, 842)[0] > right > left + 50
    assert page.words[2].box[1] >= page.words[0].box[3]


@pytest.mark.parametrize(("degrees", "foot"), [(90, (700, 100)), (180, (495, 700)), (270, (142, 495))])
def test_a_turned_page_has_its_words_where_they_are_seen(
    tmp_path: Path, degrees: int, foot: tuple[float, float]
) -> None:
    """The first word's foot, in points from the upper left of the page as it is shown."""
    page = page_of(tmp_path, invoice(Rotate=degrees))
    assert {word.turn for word in page.words} == {degrees // 90}
    first = next(at for at, word in enumerate(page.words) if word.text == "Facture")
    left, top, right, bottom = points(page, first, 842)
    assert left - 8 <= foot[0] <= right + 8
    assert top - 8 <= foot[1] <= bottom + 8
    assert (right - left > bottom - top) == (degrees == 180)


def test_a_cropped_page_is_counted_from_its_crop_box(tmp_path: Path) -> None:
    page = page_of(tmp_path, invoice(CropBox=[90, 690, 390, 740]))
    assert [word.text for word in page.words] == ["Facture", "2017-0139"], "what is cut off is not shown"
    assert points(page, 0, 300)[0] == pytest.approx(10, abs=2)
    assert page.width == placed.UNITS


def test_a_page_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crible.extract.pdf.placed.WORDS", 3)
    monkeypatch.setattr("crible.extract.pdf.placed.LETTERS", 4)
    assert [word.text for word in page_of(tmp_path, invoice()).words] == ["Fact", "ure", "2017"]
    monkeypatch.setattr("crible.extract.pdf.placed.CHARACTERS", 2)
    assert [word.text for word in page_of(tmp_path, invoice()).words] == ["Fa"]


def test_there_is_no_such_page(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no-page"):
        page_of(tmp_path, invoice(), 2)
    with pytest.raises(Unreadable, match="corrupt"):
        page_of(tmp_path, b"%PDF-1.7 nothing")
