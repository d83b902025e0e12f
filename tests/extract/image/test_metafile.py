"""Windows metafiles, record by record: their words are read, and nothing of them is drawn."""

import struct
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.image import metafile
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.sandbox.window import Window


def record(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def words(text: str, options: int = 0) -> bytes:
    raw = text.encode("utf-16-le")
    return record(84, bytes(16 + 12 + 8) + struct.pack("<III", len(text), 76, options) + bytes(20) + raw)


def emf(*records: bytes, made: str = "Tableur\0Graphique 1\0\0") -> bytes:
    said = made.encode("utf-16-le")
    head = struct.pack("<4i4i", 0, 0, 480, 320, 0, 0, 9000, 6000) + b" EMF" + struct.pack("<I", 0x10000)
    head += struct.pack("<IIHHIIIiiii", 0, 0, 1, 0, len(made), 108, 0, 1920, 1080, 500, 300)
    head += bytes(100 - len(head))
    return record(1, head + said) + b"".join(records) + record(14, bytes(12))


def wmf(*records: tuple[int, bytes], placeable: bool = True) -> bytes:
    out = b"\xd7\xcd\xc6\x9a\0\0" + struct.pack("<4hHIH", 0, 0, 480, 320, 96, 0, 0) if placeable else b""
    out += b"\x01\0\x09\0\0\x03" + bytes(12)
    for kind, body in records:
        body += b"\0" * (len(body) % 2)
        out += struct.pack("<IH", 3 + len(body) // 2, kind) + body
    return out + struct.pack("<IH", 3, 0)


@pytest.fixture
def read(window):
    def run(data):
        opened = window(data)
        return read_file(opened, sniff(opened))

    return run


def test_a_pasted_chart_gives_its_words_and_its_program(read):
    reading = read(emf(words("Trésorerie"), words("\x03\x11", options=0x10), words("58 214 €")))
    assert (reading.mime, reading.text) == ("image/emf", "Trésorerie\n58 214 €")
    assert (reading.file.application, reading.file.image.width, reading.file.image.height) == (
        "Tableur Graphique 1",
        480,
        320,
    )


@pytest.mark.parametrize("placeable", [True, False])
def test_the_older_format_too(read, placeable):
    short = struct.pack("<h", 6) + b"Ann\xe9e " + struct.pack("<hh", 5, 5)
    clipped = struct.pack("<hhhH", 5, 5, 4, 4) + bytes(8) + b"2017"
    reading = read(wmf((0x0521, short), (0x0A32, clipped), placeable=placeable))
    assert (reading.mime, reading.text) == ("image/wmf", "Année\n2017")
    assert reading.file.image.width == (480 if placeable else 0)


def test_a_cut_header_has_a_reason(read):
    with pytest.raises(Unreadable) as caught:
        read(emf()[:50])
    assert caught.value.params["reader"] == "emf"


@given(st.integers(0, 400), st.binary(min_size=1, max_size=12), st.booleans())
def test_patched_ones_end(at, patch, older):
    data = wmf((0x0521, struct.pack("<h", 4) + b"2017")) if older else emf(words("Trésorerie"))
    at %= len(data)
    with tempfile.TemporaryFile() as file:
        file.write(data[:at] + patch + data[at + len(patch) :])
        file.flush()
        reader = metafile.read_wmf if older else metafile.read_emf
        try:
            code = "" if reader(Window.whole(file.fileno())).file else "nothing"
        except Unreadable as error:
            code = error.code
    assert code in {"", "corrupt"}
