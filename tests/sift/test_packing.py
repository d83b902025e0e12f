"""Columns hold what was put in, long texts deflated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.model.facts import MailFacts, Reading
from crible.model.files import FileFacts
from crible.sift.packing import DEFLATED, PLAIN, WORTH, inflate, pack_local, pack_reading, unpack_local, unpack_reading


@given(st.text(max_size=200))
def test_a_reading_and_its_text(text: str) -> None:
    reading = Reading("text/plain", text, "fr", bytes(32), MailFacts(subject=text[:9]), FileFacts(pages=3))
    facts, column = pack_reading(reading)
    assert unpack_reading(facts, column) == reading
    assert unpack_reading(facts).text == ""


@pytest.mark.parametrize(("size", "mark"), [(WORTH - 1, PLAIN), (WORTH, DEFLATED)])
def test_long_texts_are_deflated(size: int, mark: bytes) -> None:
    _, column = pack_reading(Reading("text/plain", "x" * size))
    assert column[:1] == mark
    assert inflate(column) == "x" * size


def test_no_text_no_column() -> None:
    assert pack_reading(Reading("text/plain"))[1] == b""
    assert inflate(b"") == ""


def test_local_answers() -> None:
    assert unpack_local(pack_local((), ("a.b",))) == ((), ("a.b",))
    assert unpack_local(b"") == ((), ())
