"""Pictures, sounds and films where they are really read: no file can be opened, no module imported any more."""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pillow_heif
import pytest
from image_samples import XMP, camera, captioned, page, saved, scene
from PIL import Image, UnidentifiedImageError

from crible.extract.image.opening import FORMATS
from crible.sandbox.pool import Done, Pool


@pytest.fixture(scope="module")
def ask():
    """Read files in one walled-in child; (path, answer) each, or (path, Fault)."""
    sys.path.append(str(Path(__file__).parents[1]))

    def run(paths):
        with Pool("extract_tasks:run", size=1) as pool:
            for path in paths:
                descriptor = os.open(path, os.O_RDONLY)
                pool.submit(path, path.name.encode(errors="replace"), [descriptor])
                os.close(descriptor)
                for event in pool.events():
                    yield event.key, json.loads(event.payload) if isinstance(event, Done) else event

    yield run
    sys.path.remove(str(Path(__file__).parents[1]))


def japanese():
    exif = camera()
    exif.get_ifd(0x8769)[0x9286] = b"JIS\0\0\0\0\0" + "写真".encode("iso2022_jp")
    return exif


def wide():
    exif = camera()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "séance".encode("utf-16-be")
    exif[0x9C9B] = "Titre".encode("utf-16-le")
    return exif


def heic():
    pillow_heif.register_heif_opener()
    try:
        return saved(scene(64, 48), "HEIF", exif=camera().tobytes())
    except (OSError, ValueError, RuntimeError):  # a wheel without the encoder
        return None


def test_nothing_is_opened_after_the_walls_are_up(ask, tmp_path):
    even, deep = page(), Image.new("I;16", (300, 200), 700)
    see_through = scene().convert("RGBA")
    see_through.putalpha(120)
    samples = {
        "camera.jpg": saved(scene(), exif=camera("+02:00"), xmp=XMP.encode()),
        "japanese.jpg": saved(scene(), exif=japanese()),
        "wide.jpg": saved(scene(), exif=wide()),
        "captioned.jpg": captioned(saved(scene()), (120, b"caf\xe9")),
        "cmyk.jpg": saved(scene().convert("CMYK")),
        "progressive.jpg": saved(scene(), progressive=True),
        "two.jpg": saved(scene(), "MPO", save_all=True, append_images=[scene(mirrored=True)]),
        "palette.png": saved(scene().quantize(16), "PNG", transparency=3),
        "deep.png": saved(deep, "PNG"),
        "alpha.png": saved(see_through, "PNG"),
        "grey-alpha.png": saved(see_through.convert("LA"), "PNG"),
        "fax.tif": saved(even.convert("1"), "TIFF", compression="group4"),
        "lzw.tif": saved(scene(), "TIFF", compression="tiff_lzw"),
        "inside.tif": saved(scene(), "TIFF", compression="jpeg"),
        "float.tif": saved(even.convert("F"), "TIFF"),
        "moving.gif": saved(scene(), "GIF", save_all=True, append_images=[even]),
        "lossless.webp": saved(see_through, "WEBP", lossless=True),
        "moving.webp": saved(scene(), "WEBP", save_all=True, append_images=[scene(mirrored=True)]),
        "a.avif": saved(scene(64, 48), "AVIF"),
        "a.jp2": saved(scene(), "JPEG2000"),
        "a.ico": saved(scene(64, 64), "ICO"),
        "a.bmp": saved(scene().quantize(4), "BMP"),
        "a.heic": heic(),
    }
    for name, data in samples.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    answers = dict(ask(sorted(tmp_path.iterdir())))
    assert {path.name: answer for path, answer in answers.items() if not _whole(answer)} == {}
    assert answers[tmp_path / "japanese.jpg"]["text"].endswith("写真")
    assert answers[tmp_path / "wide.jpg"]["text"].split("\n")[1:] == ["séance", "Titre"]
    assert answers[tmp_path / "captioned.jpg"]["text"] == "café"


def _whole(answer):
    return isinstance(answer, dict) and answer["state"] == "read" and not answer.get("defects")


def opened(path):
    try:
        with Image.open(path) as image:
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


@pytest.mark.corpora
@pytest.mark.filterwarnings("ignore")
def test_real_and_hostile_pictures(ask, unpack, tmp_path):
    """Of those that Pillow opens outside, all are read; every hostile one ends with a reason."""
    for name in ("images", "mail-tests", "hostile"):
        unpack(name, tmp_path / name)
    paths = [path for path in sorted(tmp_path.rglob("*")) if path.is_file() and path.suffix != ".uu"]
    paths = [path for path in paths if "hostile" not in path.parts or "images-exiv2" in path.parts]
    states, missed, judged = Counter(), [], 0
    for path, answer in ask(paths):
        assert isinstance(answer, dict), f"{path.name} killed its reader: {answer}"
        if answer["mime"] in FORMATS:
            states["hostile" if "hostile" in path.parts else "real", answer.get("code", "read")] += 1
            if opened(path):
                judged += 1
                missed += [path.name] * (answer["state"] != "read")
    assert judged > 140
    assert missed == []
    assert states["real", "read"] == judged - 4
    assert {code for kind, code in states if kind == "hostile"} <= {"read", "corrupt", "budget"}
