import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract import capped
from crible.extract import text as reader

FRENCH = "Le dévoilement a coûté 12 € : « voilà », dit-elle.\n"
RUSSIAN = "Несколько слов о бюджете на этот год.\n"


@pytest.mark.parametrize(("text", "codec", "charset"), [
    (FRENCH, "utf-8", "utf-8"), (FRENCH, "utf-8-sig", "utf-8"), (FRENCH, "utf-16", "utf-16"),
    (FRENCH, "utf-16-le", "utf-16-le"), (FRENCH, "utf-16-be", "utf-16-be"), (FRENCH, "utf-32", "utf-32"),
    (FRENCH, "cp1252", "cp1252"), (RUSSIAN, "utf-16-le", "utf-16-le"), (RUSSIAN, "cp1251", "cp1251"),
    (RUSSIAN, "koi8-r", "koi8-r"), ("中文。\n", "utf-16", "utf-16"), ("plain", "ascii", "utf-8"),
])  # fmt: skip
def test_each_charset_is_read_and_named(window, text, codec, charset):
    reading = reader.read(window(text.encode(codec)))
    assert reading.text == text
    assert reading.file.properties == {"charset": charset}


@given(
    st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=2).filter(lambda text: text.isprintable())
)
def test_ascii_of_even_length_is_never_taken_for_utf16(text):
    assert reader.codec_of(text.encode()) == "utf-8"


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_decode_and_encode_again(data):
    codec = reader.codec_of(data) or "cp1252"
    capped.clean(reader.decode(data, codec)).encode()


@pytest.mark.parametrize("data", [
    bytes(range(256)), b"\0\0\0\0", b"ab\0\0cd\0\0ef",
    "中文没有标记的文本".encode("utf-16-le") + b"\0\0", b"\x89\1\2\3",
])  # fmt: skip
def test_binary_is_not_text(data):
    assert reader.codec_of(data) == ""


def test_undefined_bytes_of_windows_1252_stay_what_they_are():
    assert reader.decode(b"\x81\xe9\x9d", "cp1252") == "\x81é\x9d"


def test_a_character_cut_by_the_head_is_no_reason_to_leave_utf8(window):
    data = b"x" * (reader.HEAD - 1) + "é".encode() + b"y"
    assert reader.read(window(data)).text.endswith("xéy")


@pytest.mark.parametrize(("codec", "unit"), [("utf-8", "é"), ("cp1252", "é"), ("utf-16", "é"), ("utf-8", "x")])
def test_what_the_cap_leaves_out_is_counted(window, codec, unit):
    count = 9_000_000
    reading = reader.read(window((unit * count).encode(codec)))
    assert len(reading.text) == 4_000_000
    assert reading.truncated == count - 4_000_000


def test_no_nul_and_no_lone_surrogate_survives():
    assert capped.clean("a\0b\ud800c") == "abc"


def test_collector_counts_and_parts_sections():
    collector = capped.Collector(cap=10)
    for section in ("abc", "  \n", "defg", "hijkl"):
        collector.add_section(section)
    assert collector.text() == "abc\fdefg\fh"
    assert collector.left_out == 4
