"""Films and sounds, built box by box: what their containers say of themselves."""

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.media import avi, film, matroska, sound
from crible.extract.media.film import CREDENTIALS_UUID
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.model.instant import Clock

MADE = 2_082_844_800 + 1_490_623_509
APPLE = {
    "com.apple.quicktime.make": "Apple",
    "com.apple.quicktime.model": "iPhone 6",
    "com.apple.quicktime.creationdate": "2017-03-27T16:05:09+0200",
}


def box(kind: bytes, *payload: bytes) -> bytes:
    body = b"".join(payload)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def movie(brand: bytes = b"isom", *more: bytes, made: int = MADE) -> bytes:
    header = box(b"mvhd", struct.pack(">IIIII", 0, made, made + 60, 1000, 12_345), bytes(80))
    described = box(b"stsd", struct.pack(">II", 0, 1), box(b"avc1", bytes(78)))
    head = box(b"tkhd", bytes(76), struct.pack(">II", 1920 << 16, 1080 << 16))
    track = box(b"trak", head, box(b"mdia", box(b"minf", box(b"stbl", described))))
    return box(b"ftyp", brand, bytes(4)) + box(b"mdat", bytes(100)) + box(b"moov", header, track, *more)


def user_data() -> bytes:
    def string(kind: bytes, text: str) -> bytes:
        return box(kind, struct.pack(">HH", len(text.encode()), 0x15C7), text.encode())

    return box(b"udta", string(b"\xa9xyz", "+48.8577+002.2950/"), string(b"\xa9nam", "Réunion"))


def apple_meta() -> bytes:
    keys = box(b"keys", struct.pack(">II", 0, len(APPLE)), *(box(b"mdta", key.encode()) for key in APPLE))
    items = [
        box(struct.pack(">I", at), box(b"data", struct.pack(">II", 1, 0), value.encode()))
        for at, value in enumerate(APPLE.values(), 1)
    ]
    return box(b"meta", box(b"hdlr", bytes(24)), keys, box(b"ilst", *items))


def element(key: int, *payload: bytes) -> bytes:
    body = b"".join(payload)
    size = (0x0100000000000000 | len(body)).to_bytes(8, "big")
    return key.to_bytes((key.bit_length() + 7) // 8, "big") + size + body


def webm() -> bytes:
    info = element(
        0x1549A966,
        element(0x7BA9, b"Conseil"),
        element(0x4D80, b"libebml v1"),
        element(0x5741, b"mkvmerge v9"),
        element(0x4461, (512_000_000 * 10**9).to_bytes(8, "big")),
        element(0x4489, struct.pack(">f", 5000.0)),
    )
    video = element(0xE0, element(0xB0, b"\x05\x00"), element(0xBA, b"\x02\xd0"))
    tracks = element(0x1654AE6B, element(0xAE, element(0x86, b"V_VP9"), video))
    cluster = element(0x1F43B675, bytes(500))
    return element(0x1A45DFA3) + element(0x18538067, info, tracks, cluster)


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def old_film() -> bytes:
    header = struct.pack("<10I", 40_000, 0, 0, 0, 250, 0, 1, 0, 640, 480)
    stream = chunk(b"LIST", b"strl" + chunk(b"strh", b"vidsXVID" + bytes(20)))
    info = chunk(b"ISFT", b"Lavf52\0") + chunk(b"INAM", "Été".encode()) + chunk(b"ICRD", b"2017-03-27")
    body = chunk(b"LIST", b"hdrl" + chunk(b"avih", header) + stream) + chunk(b"LIST", b"INFO" + info)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"AVI " + body


def spoken() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000))
    return out.getvalue()


def tagged() -> bytes:
    """An MP3 of silence behind an ID3v2.3 tag."""

    def frame(name: bytes, text: str) -> bytes:
        body = b"\x01" + text.encode("utf-16")
        return name + struct.pack(">IH", len(body), 0) + body

    body = frame(b"TIT2", "Message vocal") + frame(b"TPE1", "Elsa") + frame(b"TSSE", "Lavf57.71")
    size = bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body + (b"\xff\xfb\x90\xc0" + bytes(413)) * 8


@pytest.fixture
def read(window):
    def run(data):
        opened = window(data)
        return read_file(opened, sniff(opened))

    return run


def test_a_telephones_film(read):
    reading = read(movie(b"qt  ", user_data(), apple_meta()))
    file = reading.file
    assert (reading.mime, reading.text, file.device) == ("video/quicktime", "Réunion", "Apple iPhone 6")
    assert file.created.iso() == "2017-03-27T16:05:09+02:00"
    assert file.modified.iso() == "2017-03-27T14:06:09+00:00"
    assert {instant.clock for instant in file.instants} == {Clock.MEDIA}
    assert file.properties == {"brand": "qt", "codecs": "avc1", "duration": "12.345", "size": "1920x1080"}
    assert file.place == (48.8577, 2.295)
    assert "48.8" not in reading.text + str(file.properties)


def test_a_film_that_was_never_dated_bears_no_date(read):
    assert read(movie(made=0)).file.instants == ()


def test_a_film_with_credentials_asks_for_their_examination(read):
    plain = movie()
    assert read(plain).file.wants == ()
    assert read(plain + box(b"uuid", CREDENTIALS_UUID, bytes(40))).file.wants == ("c2pa",)


def test_a_recording_that_was_cut_off_has_a_reason(read):
    with pytest.raises(Unreadable) as caught:
        read(movie()[:150])
    assert caught.value.params == {"reader": "mp4", "detail": "no moov box"}


def test_matroska(read):
    file = read(webm()).file
    assert (file.title, file.application) == ("Conseil", "mkvmerge v9")
    assert file.created.iso() == "2017-03-23T22:13:20+00:00"
    assert file.properties == {"codecs": "V_VP9", "duration": "5.000", "muxer": "libebml v1", "size": "1280x720"}


def test_avi(read):
    file = read(old_film()).file
    assert (file.title, file.application, file.created.iso()) == ("Été", "Lavf52", "2017-03-27T00:00:00")
    assert file.properties == {"codecs": "XVID", "duration": "10.000", "size": "640x480"}


def test_sounds(read):
    assert read(spoken()).file.properties["duration"] == "1.000"
    reading = read(tagged())
    assert (reading.mime, reading.text) == ("audio/mpeg", "Message vocal\nElsa")
    assert (reading.file.author, reading.file.application) == ("Elsa", "Lavf57.71")


SAMPLES = {
    film.read: movie(b"qt  ", user_data(), apple_meta()),
    matroska.read: webm(),
    avi.read: old_film(),
    sound.read: tagged(),
}


@pytest.mark.parametrize("reader", SAMPLES, ids=lambda reader: reader.__module__.rpartition(".")[2])
def test_patched_ones_end(reader, tmp_path):
    path = tmp_path / "patched"

    @given(st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
    def patched(at, patch):
        from crible.sandbox.window import Window

        data = SAMPLES[reader]
        at %= len(data)
        path.write_bytes(data[:at] + patch + data[at + len(patch) :])
        with path.open("rb") as file:
            try:
                code = "" if reader(Window.whole(file.fileno())).file else "nothing"
            except Unreadable as error:
                code = error.code
        assert code in {"", "corrupt"}

    patched()


def test_nested_and_endless_boxes_have_one_budget(read, monkeypatch):
    from crible.extract.media import boxes

    monkeypatch.setattr(boxes, "MOST", 500)
    with pytest.raises(Unreadable):
        read(box(b"ftyp", b"isom", bytes(4)) + box(b"free") * 10_000 + movie()[24:])
