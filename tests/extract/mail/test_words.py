"""Header text, encoded words whole and broken (cases.md F27: RFC 2047 folding)."""

import time
from email.header import Header, decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.words import text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b" Compte rendu\r\n", "Compte rendu"),
        (b" =?iso-8859-1?Q?R=E9union_du?=\r\n =?iso-8859-1?Q?_14_mars?=\r\n", "Réunion du 14 mars"),
        (b" Re: =?utf-8?B?w6k=?= and =?utf-8?q?=C3=A8?= end", "Re: é and è end"),
        (b"=?utf-8?B?ww==?= =?utf-8?B?qQ==?=", "é"),  # a character cut in two by the fold
        (b"=?utf-8?q?a b?=", "a b"),  # blanks inside, as some programs write
        (b"=?utf-8?q?cut off", "cut off"),
        (b"=?utf-8*fr?q?=C3=A9t=C3=A9?=", "été"),  # with a language, RFC 2231
        (b"=?x-none?q?=C3=A9?=", "é"),
        (b"=?utf-8?B?!!!?=", ""),
        (b"=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("été".encode(), "été"),
        ("été".encode("cp1252"), "été"),
        (b"a\0b", "ab"),
        (b"a =?utf-8?q?=0Ab?=", "a  b"),
        (b"un =?utf-8?q?deux?= trois =?utf-8?q?quatre?=", "un deux trois quatre"),
    ],
)
def test_text(raw: bytes, shown: str) -> None:
    assert text(raw) == shown


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80))
def test_what_the_standard_library_encodes_is_read_as_it_reads_it(subject: str) -> None:
    encoded = Header(subject, "utf-8", header_name="Subject").encode()
    assert text(encoded.encode()).strip() == str(make_header(decode_header(encoded))).strip()


@given(st.binary(max_size=300))
def test_any_bytes_give_text_that_can_be_stored(raw: bytes) -> None:
    shown = text(b"=?utf-8?q?" + raw)
    shown.encode()
    assert "\0" not in shown


@pytest.mark.parametrize("piece", [b"=?", b"=?a?q?", b"=?a?q??=", b"=?utf-7?q?+?= ", b"\n "])
def test_no_field_takes_long(piece: bytes) -> None:
    began = time.process_time()
    text(piece * 500_000)
    assert time.process_time() - began < 0.5
