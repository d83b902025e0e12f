"""Character sets: named rightly, wrongly, or not at all."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.charset import decode, sniff

FRENCH = "L’été à Orléans : 1 250 €"


@pytest.mark.parametrize(
    ("data", "charset", "text", "defect"),
    [
        (FRENCH.encode(), "UTF-8", FRENCH, ""),
        (FRENCH.encode("cp1252"), "iso-8859-1", FRENCH, ""),
        (FRENCH.encode("cp1252"), "Windows-1252", FRENCH, ""),
        ("12 €".encode("iso8859-15"), "ISO_8859-15", "12 €", ""),
        ("été".encode("utf-16"), "utf-16", "été", ""),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本", ""),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет", ""),
        ("汉字".encode("gbk"), "gb2312", "汉字", ""),
        (b"a+AOk-b", "utf-7", "aéb", ""),
        (b"plain", "us-ascii", "plain", ""),
        (b"plain", "x-unheard-of", "plain", "charset-unknown"),
        (FRENCH.encode(), "x-unheard-of", FRENCH, "charset-unknown"),
        (FRENCH.encode(), "us-ascii", FRENCH, "charset-wrong"),
        (FRENCH.encode("cp1252"), "utf-8", FRENCH, "charset-wrong"),
        (FRENCH.encode() * 20 + b"\xc3", "utf-8", FRENCH * 20 + "\ufffd", "charset-wrong"),
        (b"caf\x81", "windows-1252", "caf\x81", ""),
        (b"\xef\xbb\xbfmot", "utf-8", "mot", ""),
        (b"a\0b", "utf-8", "ab", ""),
        (b"abc", "punycode", "abc", "charset-unknown"),
        ("été".encode(), "", "été", "charset-wrong"),
    ],
)
def test_decode(data: bytes, charset: str, text: str, defect: str) -> None:
    assert decode(data, charset) == (text, defect)


@given(
    st.binary(max_size=200),
    st.sampled_from(["", "utf-8", "utf-7", "utf-16", "gb2312", "iso-2022-jp", "hz-gb-2312", "rot13"]),
)
def test_any_bytes_decode_to_text_that_can_be_stored(data: bytes, charset: str) -> None:
    text, _ = decode(data, charset)
    text.encode()
    assert "\0" not in text


def test_no_codec_opens_a_file_once_imported() -> None:
    """Behind the sandbox's walls no file of the standard library can be opened any more."""
    script = """
import sys
from crible.extract import charset
opened = []
sys.addaudithook(lambda event, args: opened.append(args) if event in ("open", "import") else None)
for label in [*charset._CODECS, "x-unheard-of"]:
    charset.decode(bytes(range(256)) * 2, label)
    charset.decode("日本語 汉字 한국어".encode("utf-8"), label)
sys.exit(str(opened) if opened else 0)
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (b'<html><head><meta charset="utf-8">', "utf-8"),
        (b"<META http-equiv=Content-Type content='text/html; charset = ISO-8859-1'>", "ISO-8859-1"),
        (b'<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ("\ufeffx".encode("utf-16-le"), "utf-16"),
        (b"<p>charset=none</p>", ""),
    ],
)
def test_sniff(markup: bytes, name: str) -> None:
    assert sniff(markup) == name
