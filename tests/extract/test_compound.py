import struct

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ole_writer import compound

from crible.extract.compound import Compound
from crible.extract.zip_salvage import Rebuilt
from crible.model.errors import Unreadable

STREAMS = {
    "WordDocument": b"w" * 9000,
    "1Table": b"small",
    "ObjectPool/_12/\x01Ole10Native": b"n" * 200,
    "ObjectPool/_12/Package": b"p" * 5000,
    "empty": b"",
}


def opened(data):
    return Compound(Rebuilt(-1, 0, len(data), data))


def test_streams_large_small_nested_and_empty():
    held = opened(compound(STREAMS))
    assert {path: held.read(path) for path in held.items if not held.items[path].storage} == {
        path.lower(): data for path, data in STREAMS.items()
    }
    assert [item.name for item in held.streams("ObjectPool/_12")] == ["Package", "\x01Ole10Native"] or len(
        held.streams("objectpool/_12")
    ) == 2
    assert held.optional("absent") == b""
    with pytest.raises(KeyError):
        held.read("ObjectPool")


def test_a_stream_over_its_cap_is_refused():
    with pytest.raises(Unreadable, match="budget"):
        opened(compound(STREAMS)).read("WordDocument", 100)


def test_a_file_cut_off_still_gives_what_is_left():
    data = compound({"a": b"first" * 100, "big": b"x" * 20_000, "z": b"y"})
    whole = opened(data)
    assert whole.read("big") == b"x" * 20_000
    # The directory stands behind the large stream, so only a hole in the middle is survivable by itself.
    at = data.index(b"x" * 512)
    holed = data[: at + 1024] + bytes(512) + data[at + 1536 :]
    assert opened(holed).read("big").count(b"x") == 20_000 - 512


def test_a_chain_in_a_circle_ends():
    data = bytearray(compound({"big": b"x" * 8192}))
    fat = data.index(struct.pack("<II", 1, 2))
    struct.pack_into("<I", data, fat + 4 * 3, 0)
    assert len(opened(bytes(data)).read("big")) == 8192


def test_no_compound_file():
    for data in (b"", b"\xd0\xcf\x11\xe0", b"x" * 600, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)):
        with pytest.raises(ValueError):  # noqa: PT011 any word of it will do
            opened(data)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damage_never_costs_more_than_the_file(drawn):
    data = bytearray(compound(STREAMS))
    for _ in range(drawn.draw(st.integers(1, 30))):
        at = drawn.draw(st.integers(24, len(data) - 1))
        data[at] = drawn.draw(st.integers(0, 255))
    try:
        held = opened(bytes(data))
        for path, item in held.items.items():
            if not item.storage:
                assert len(held.read(path)) <= len(data)
    except ValueError:
        pass


@pytest.mark.corpora
def test_real_files_as_olefile_reads_them(office_files):
    seen = 0
    for path in office_files(".doc", ".xls", ".ppt")[::7]:
        try:
            other = olefile.OleFileIO(path)
            listed = {"/".join(each).lower(): other.openstream(each).read() for each in other.listdir()}
        except (OSError, ValueError, IndexError):
            continue
        held = opened(path.read_bytes())
        for name, data in listed.items():
            assert held.read(name) == data, (path.name, name)
        seen += 1
    assert seen > 30
