"""What pictures say of themselves, held against what Pillow was told to write."""

import struct
import tempfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from image_samples import PLACE, TAKEN, XMP, camera, captioned, page, saved, scene, with_thumbnail
from PIL import Image, ImageChops, PngImagePlugin

from crible.extract.credentials import MARK, holds
from crible.extract.image import exif, iptc, jpeg, likeness, opening, xmp
from crible.extract.image.opening import FORMATS, PIXEL_CAP
from crible.extract.image.samples import samples
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.model.instant import Clock
from crible.sandbox.window import Window

JPEG = saved(scene(), exif=camera("+02:00"), quality=83)


@pytest.fixture
def read(window):
    def run(data):
        opened = window(data)
        return read_file(opened, sniff(opened))

    return run


def test_what_a_camera_wrote_is_kept_field_by_field(read):
    file = read(JPEG).file
    image = file.image
    assert (image.width, image.height, image.software, file.device) == (640, 480, "10.2.1", "Apple iPhone 6")
    assert (file.author, image.exposed, image.maker_note) == ("Elsa", True, True)
    assert (image.taken.raw, image.taken.offset, image.taken.clock) == (TAKEN, 120, Clock.EXIF)
    assert image.taken.iso() == "2017-03-27T14:05:09+02:00"
    assert (image.digitized.offset, image.saved.iso()) == (None, "2017-03-28T09:00:00")
    assert image.located.iso() == "2017-03-27T12:05:09+00:00"
    assert (file.created, file.modified) == (image.taken, image.saved)
    assert (image.tables_of, image.quality) == ("libjpeg", 83)


def test_words_are_searchable_and_the_place_is_not_among_them(read):
    reading = read(JPEG)
    assert reading.text == "Réunion du comité\npremier rang"
    assert reading.file.place == pytest.approx((48.8584, 2.295), abs=1e-6)
    told = repr(replace(reading, file=replace(reading.file, place=None)))
    assert not [part for part in ("48.8", "2.29", "30.24") if part in told]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_exif_is_found_in_each_format_that_has_it(read, form):
    file = read(saved(scene(64, 48), form, exif=camera().tobytes())).file
    assert (file.device, file.image.taken.raw) == ("Apple iPhone 6", TAKEN)


def test_every_format_is_opened_by_its_own_decoder(read):
    mimes = [read(sample).mime for sample in samples()]
    assert len(set(mimes)) == len(mimes)
    assert set(mimes) <= set(FORMATS)
    assert read(saved(scene(64, 48), "AVIF")).file.image.dhash


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_an_xmp_packet_tells_of_programs_history_and_captions(read, form):
    reading = read(saved(scene(64, 48), form, **_packet(form)))
    image = reading.file.image
    assert image.creator_tool == "Atelier Photo 3"
    assert [(step.action, step.software, step.instant.offset) for step in image.history] == [
        ("saved", "Atelier Photo 3", 120)
    ]
    assert image.credentials == "https://titres.example/7"
    assert reading.text == "La tribune vue du balcon"
    assert reading.file.created.iso() == "2017-03-27T14:05:09+02:00"


def _packet(form):
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP)
        return {"pnginfo": info}
    return {"tiffinfo": {700: XMP.encode()}} if form == "TIFF" else {"xmp": XMP.encode()}


def test_agency_captions_in_either_charset(read):
    data = captioned(saved(scene(64, 48)), (105, "Séance levée".encode()), (120, "Le maire à 22 h".encode("cp1252")))
    assert read(data).text == "Séance levée\nLe maire à 22 h"


def test_text_chunks_that_a_person_filled_in(read):
    info = PngImagePlugin.PngInfo()
    for key, value in {
        "Title": "Affiche",
        "Software": "Pinceau 2",
        "date:create": "2014-01-26",
        "Raw profile": "00",
    }.items():
        info.add_text(key, value)
    reading = read(saved(scene(64, 48), "PNG", pnginfo=info))
    assert (reading.text, reading.file.application) == ("Affiche", "Pinceau 2")


def test_pages_of_a_fax_are_counted_and_wait_for_recognition(read):
    sheets = [page().convert("1") for _ in range(3)]
    file = read(saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])).file
    assert (file.pages, file.pages_without_text, file.wants) == (3, (1, 2, 3), ("ocr",))


@pytest.mark.parametrize(
    ("picture", "wanted"),
    [(page(), True), (page(190, 190), False), (page(640, 50), False), (scene(), False), (page().convert("1"), True)],
)
def test_only_what_may_hold_text_asks_for_recognition(read, picture, wanted):
    file = read(saved(picture, "PNG")).file
    assert ("ocr" in file.wants) is wanted
    assert bool(file.pages_without_text) is wanted


def test_a_declared_bomb_is_refused_before_it_is_decoded(read):
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert (caught.value.code, caught.value.params) == ("budget", {"which": "pixels", "limit": PIXEL_CAP})


def test_broken_pixels_leave_what_the_header_says(read):
    file = read(saved(scene(), "PNG", exif=camera())[:-2000]).file
    assert (file.device, file.image.width, file.image.dhash) == ("Apple iPhone 6", 640, b"")
    assert file.defects == ("image-pixels-unread",)


def test_pixels_over_the_cap_are_not_decoded_and_a_jpeg_is_at_an_eighth(read, monkeypatch):
    monkeypatch.setattr(opening, "DECODE_CAP", 640 * 480)
    assert read(saved(scene(), "PNG")).file.defects == ("image-pixels-unread",)
    assert read(saved(scene())).file.image.dhash
    assert read(saved(scene().convert("L"), "PNG")).file.defects == ()


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"II\x1a\0\0\0HEAPCCDR", "image/x-canon-crw"),
        (b"FUJIFILMCCD-RAW 0201", "image/x-fuji-raf"),
        (b"\xff\x01Exiv2\xff\xe1", "image/x-exv"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1", "image/x-canon-cr3"),
        (b"\xff\x0a\xfa\x7f", "image/jxl"),
    ],
)
def test_what_has_no_reader_is_named_for_what_it_is(read, head, mime):
    with pytest.raises(Unreadable) as caught:
        read(head + bytes(40))
    assert (caught.value.code, caught.value.params) == ("no-reader", {"type": mime})


def test_what_is_no_picture_has_a_reason(read):
    with pytest.raises(Unreadable) as caught:
        read(b"\x89PNG\r\n\x1a\n" + b"rien" * 9)
    assert (caught.value.code, caught.value.params["reader"]) == ("corrupt", "pillow")


def test_a_thumbnail_of_another_scene_is_unlike(read):
    same = read(with_thumbnail(scene(), scene())).file.image
    other = read(with_thumbnail(scene(), scene(mirrored=True).rotate(37, expand=False))).file.image
    assert (same.thumbnail.width, same.thumbnail.height, same.thumbnail.dhash) == (160, 120, same.dhash)
    assert same.thumbnail.likeness > 95
    assert other.thumbnail.likeness < same.thumbnail.likeness - 20


def test_turns_mirrors_and_black_bars_are_no_other_scene():
    large = scene().convert("L").resize((160, 120))
    barred = Image.new("L", (160, 120))
    barred.paste(large.resize((160, 106)), (0, 7))
    for small in (large.rotate(90, expand=True), large.transpose(Image.Transpose.FLIP_LEFT_RIGHT), barred):
        assert likeness.likeness(large, small) > 90


@pytest.mark.parametrize(("mode", "opaque"), [("RGBA", True), ("LA", True), ("RGBA", False)])
def test_what_nothing_can_be_seen_through_is_grey_as_without_that_channel(mode, opaque):
    flat = scene().convert("RGB").resize((1200, 900))
    clear = flat.convert(mode)
    if not opaque:
        clear.putalpha(Image.linear_gradient("L").resize(flat.size))
    plain = flat.convert("RGB" if mode == "RGBA" else "L")
    shades = ImageChops.difference(opening.small(clear), opening.small(plain)).getextrema()[1]
    assert shades <= 2 if opaque else shades > 50


def test_hashes_agree_over_sizes_and_formats_and_an_even_sheet_has_none(read):
    hashes = {
        read(saved(scene(*size), form)).file.image.dhash
        for size in ((640, 480), (320, 240))
        for form in ("JPEG", "PNG")
    }
    assert len(hashes) == 1
    assert read(saved(Image.new("RGB", (300, 300), "white"), "PNG")).file.image.dhash == b""


@pytest.mark.parametrize("quality", [1, 34, 50, 75, 100])
def test_libjpegs_own_quality_is_met_exactly(read, quality):
    image = read(saved(scene(64, 48), quality=quality)).file.image
    assert (image.tables_of, image.quality) == ("libjpeg", quality)


def test_adobes_tables_are_known_by_sight(read):
    image = read(saved(scene(64, 48), quality="maximum")).file.image
    assert image.tables_of == "adobe"
    assert image.tables != read(saved(scene(64, 48), quality=90)).file.image.tables


def test_credentials_are_met_by_their_mark_wherever_it_lies(read, window):
    assert "c2pa" in read(captioned(saved(scene(64, 48)), (120, MARK))).file.wants
    assert "c2pa" not in read(saved(scene(64, 48))).file.wants
    border = (8 << 20) - 5
    assert holds(window(bytes(border) + MARK), MARK)
    assert not holds(window(bytes(border) + MARK[:-1]), MARK)


def test_places_that_no_receiver_gives():
    assert exif.place(PLACE | {3: "W"}) == pytest.approx((48.8584, -2.295), abs=1e-6)
    for odd in ({2: (float("nan"), 0.0, 0.0)}, {2: (91.0, 0.0, 0.0)}, {1: ""}, {4: (2.0, 17.0)}, {2: "48"}):
        assert exif.place(PLACE | odd) is None


def test_moments_that_no_calendar_has():
    assert exif.instant("0000:00:00 00:00:00") is None
    assert exif.instant("2017:02:30 10:00:00") is None
    assert exif.instant("    :  :     :  :  ") is None
    assert exif.instant("2017:03:27 14:05:09", "+99:00") is None


@given(st.binary(max_size=400))
def test_hostile_captions_end(data):
    for block in (data, iptc.SIGNATURE + data, b"\x1c" + data, iptc.SIGNATURE + b"8BIM\x04\x04\0\0\0\0\1\0" + data):
        assert all(isinstance(text, str) for text in iptc.captions(block))


@given(st.binary(max_size=400))
def test_hostile_segments_end(data):
    assert sum(len(body) for _, body in jpeg.segments(b"\xff\xd8" + data)) <= len(data)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: f"<a>{text}</a>".encode())))
def test_hostile_packets_end(data):
    assert xmp.read(data).creator_tool == ""


def test_a_packet_with_entities_is_not_read():
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="r"><rdf:Description CreatorTool="&a;"/></rdf:RDF>'
    assert xmp.read(bomb).broken


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_patched_jpeg_is_read_or_has_a_reason(at, patch):
    at %= len(JPEG)
    with tempfile.TemporaryFile() as file:
        file.write(JPEG[:at] + patch + JPEG[at + len(patch) :])
        file.flush()
        try:
            code = "" if read_file(Window.whole(file.fileno()), "image/jpeg").file else "nothing"
        except Unreadable as error:
            code = error.code
    assert code in {"", "corrupt", "budget", "no-reader"}
