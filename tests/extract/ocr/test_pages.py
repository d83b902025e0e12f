"""Which picture the recogniser is given of which page."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from crible.extract.ocr import page_pictures
from crible.extract.ocr.pages import PIXELS
from crible.extract.warm import PDF
from crible.model.errors import Unreadable
from crible.sandbox.window import Window


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[object]:
    opened = []

    def keep(data: bytes) -> Window:
        path = tmp_path / f"{len(opened)}"
        path.write_bytes(data)
        opened.append(os.open(path, os.O_RDONLY))
        return Window.whole(opened[-1])

    yield keep
    for descriptor in opened:
        os.close(descriptor)


def saved(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def test_a_page_of_a_pdf_at_300_dots_per_inch(kept) -> None:
    [(number, picture)] = page_pictures(kept(PDF), "application/pdf", (1, 7))
    assert number == 1
    assert picture.mode == "L"
    assert picture.size == (1250, 1250)  # 300 points


def test_transparent_ground_is_white(kept) -> None:
    ghost = Image.new("RGBA", (1200, 50), (0, 0, 0, 0))
    [(_, picture)] = page_pictures(kept(saved(ghost)), "image/png", ())
    assert picture.getextrema() == (255, 255)


def test_small_pictures_are_doubled_and_huge_ones_made_smaller(kept) -> None:
    [(_, small)] = page_pictures(kept(saved(Image.new("L", (300, 200)))), "image/png", ())
    [(_, huge)] = page_pictures(kept(saved(Image.new("L", (5000, 4000)))), "image/png", ())
    assert small.size == (600, 400)
    assert huge.width * huge.height <= PIXELS * 1.01


def test_each_frame_of_a_tiff_is_a_page(kept) -> None:
    frames = [Image.new("L", (1100, 20), shade) for shade in (0, 100, 200)]
    data = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    found = list(page_pictures(kept(data), "image/tiff", ()))
    assert [(number, picture.getpixel((0, 0))) for number, picture in found] == [(1, 0), (2, 100), (3, 200)]
    assert [number for number, _ in page_pictures(kept(data), "image/tiff", (2, 9))] == [2]


def test_a_picture_laid_on_its_side_is_turned(kept) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(Image.new("L", (1200, 600)), "JPEG", exif=exif)
    [(_, picture)] = page_pictures(kept(data), "image/jpeg", ())
    assert picture.size == (600, 1200)


def test_what_is_no_picture_says_so(kept) -> None:
    with pytest.raises(Unreadable, match="corrupt"):
        list(page_pictures(kept(b"\x89PNG\r\n\x1a\n" + b"\0" * 100), "image/png", ()))


def test_a_bomb_is_refused_before_it_is_unpacked(kept) -> None:
    data = bytearray(saved(Image.new("1", (16, 16))))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(Unreadable) as refused:
        list(page_pictures(kept(bytes(data)), "image/png", ()))
    assert refused.value.code in ("budget", "corrupt")


def test_shades_deeper_than_eight_bits_are_spread_not_cut(kept) -> None:
    """A scanner's 16 bits: cut at 255, every page would be white."""
    deep = Image.new("I;16", (1200, 10), 60_000)
    deep.paste(20_000, (0, 0, 600, 10))
    [(_, picture)] = page_pictures(kept(saved(deep)), "image/png", ())
    assert picture.getextrema() == (0, 255)


def test_a_pdf_that_only_qpdf_can_mend_is_drawn_too(kept) -> None:
    broken = PDF.replace(b"trailer", b"trailr").replace(b"%PDF-1.4", b"%PDX-1.4")
    try:
        pages = list(page_pictures(kept(broken), "application/pdf", (1,)))
    except Unreadable as fault:
        pytest.fail(f"not mended: {fault.code}")
    assert [number for number, _ in pages] == [1]
