"""Compressed RTF: what another implementation compressed, and whatever bytes come."""

from contextlib import suppress

import compressed_rtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.intake.outlook.compressed import decompress
from crible.model.errors import Unreadable


@given(st.binary(max_size=5000))
def test_what_another_program_compressed_comes_back(text):
    rtf = b"{\\rtf1 " + text
    assert decompress(compressed_rtf.compress(rtf, compressed=True)) == rtf
    assert decompress(compressed_rtf.compress(rtf, compressed=False)) == rtf


def test_a_reference_that_reaches_what_it_writes_repeats_it():
    rtf = b"{\\rtf1 " + b"WXYZ" * 40 + b"}"  # §3.1.2: crossing the write position
    assert decompress(compressed_rtf.compress(rtf, compressed=True)) == rtf


@given(st.binary(max_size=400))
def test_any_bytes_give_rtf_or_a_reason(data):
    for head in (b"", b"\xff\0\0\0\xff\0\0\0LZFu\0\0\0\0", b"\xff\0\0\0\xff\0\0\0MELA\0\0\0\0"):
        with suppress(Unreadable):
            assert len(decompress(head + data)) <= 9 * len(data) + 17


def test_what_is_no_compressed_rtf_is_said_to_be_none():
    for data in (b"", b"{\\rtf1 }", bytes(16)):
        with pytest.raises(Unreadable):
            decompress(data)
