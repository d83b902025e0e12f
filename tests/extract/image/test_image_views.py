"""Pictures for a person's eye: they show what was done, and weigh nothing."""

import io

import pytest
from image_samples import page, saved
from PIL import Image

from crible.extract.image import views
from crible.model.errors import Unreadable


def textured() -> Image.Image:
    """Relief without any repetition, from a fixed sequence of numbers."""
    state, values = 7, []
    for _ in range(80 * 60):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(state >> 23)
    noise = Image.new("L", (80, 60))
    noise.putdata(values)
    return noise.resize((800, 600), Image.Resampling.BICUBIC).convert("RGB")


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def mean(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    cells = image.convert("L").crop(box)
    return sum(value * count for value, count in enumerate(cells.histogram())) / (cells.width * cells.height)


def test_a_patch_put_in_later_stands_out_in_error_levels(window):
    first = Image.open(io.BytesIO(saved(textured(), quality=60))).convert("RGB")
    first.paste(textured().crop((300, 300, 400, 400)), (100, 100))
    levels = shown(views.ela(window(saved(first, "PNG"))))
    assert mean(levels, (104, 104, 196, 196)) > 1.5 * mean(levels, (504, 104, 596, 196))


def test_a_passage_that_stands_twice_is_framed_twice(window):
    whole = textured()
    copied = whole.copy()
    copied.paste(whole.crop((100, 100, 260, 240)), (500, 357))
    framed = shown(views.copy_move(window(saved(copied, quality=92))))
    red = [(x, y) for y in range(0, 600, 2) for x in range(0, 800, 2) if framed.getpixel((x, y)) == (255, 64, 64)]
    assert any(90 < x < 270 and 90 < y < 250 for x, y in red)
    assert any(490 < x < 670 and 350 < y < 505 for x, y in red)
    assert not any(300 < x < 480 for x, _ in red)
    untouched = shown(views.copy_move(window(saved(whole, "PNG"))))
    assert untouched.tobytes() == whole.tobytes()


def test_views_have_their_bounds(window, monkeypatch):
    with pytest.raises(Unreadable) as caught:
        views.ela(window(b"du texte"))
    assert caught.value.code == "no-reader"
    monkeypatch.setattr(views, "LARGEST", 1000)
    with pytest.raises(Unreadable) as caught:
        views.copy_move(window(saved(page())))
    assert caught.value.code == "budget"
