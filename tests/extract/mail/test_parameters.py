"""Content-Type and Content-Disposition values and parameters."""

import time
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.parameters import media_type, parameters


@pytest.mark.parametrize(
    ("raw", "value", "given"),
    [
        (b" text/plain", "text/plain", {}),
        (b'Text/HTML; charset="utf-8"; Format=flowed', "text/html", {"charset": b"utf-8", "format": b"flowed"}),
        (b"multipart/mixed;\r\n\tboundary=\"a;b=c\"", "multipart/mixed", {"boundary": b"a;b=c"}),
        (b'a/b; name="a\\"b"', "a/b", {"name": b'a"b'}),
        (b"a/b; name=un deux.pdf", "a/b", {"name": b"un deux.pdf"}),
        (b'a/b; name="never closed', "a/b", {"name": b"never closed"}),
        (b"a/b (x); charset=us-ascii (Plain text)", "a/b", {"charset": b"us-ascii"}),
        (b"a/b;; name = x ;", "a/b", {"name": b"x"}),
        (b"a/b; name=x; name=y", "a/b", {"name": b"x"}),
        (b"attachment; filename*=iso-8859-1'fr'%E9t%E9.pdf", "attachment", {"filename": "été.pdf".encode()}),
        (b"attachment; filename=e.pdf; filename*=utf-8''%C3%A9.pdf", "attachment", {"filename": "é.pdf".encode()}),
        (b"a; f*1=b; f*0=\"a\"; f*2*=%63", "a", {"f": b"abc"}),
        (b"a; f*0*=utf-8''%C3; f*1*=%A9", "a", {"f": "é".encode()}),
        (b"", "", {}),
    ],
)  # fmt: skip
def test_parameters(raw: bytes, value: str, given: dict[str, bytes]) -> None:
    assert parameters(raw) == (value, given)


@pytest.mark.parametrize(
    ("value", "mime"),
    [("text/html", "text/html"), ("text", "text/plain"), ("", "text/plain"), ("a/b/c", "text/plain")],
)  # fmt: skip
def test_media_type_falls_back_to_text(value: str, mime: str) -> None:
    assert media_type(value) == mime


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=["Cs"]), min_size=1, max_size=40
    )
)
def test_names_that_the_standard_library_writes(name: str) -> None:
    message = Message()
    message.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    raw = str(message["Content-Disposition"]).encode()
    assert parameters(raw)[1]["filename"].decode() == name.removeprefix("\ufeff")


@pytest.mark.parametrize("piece", [b";", b';a="', b";a=\\", b";a*0=", b"(", b'"', b";a*=%41", b" "])
def test_no_value_takes_long(piece: bytes) -> None:
    began = time.process_time()
    parameters(b"a/b" + piece * 200_000)
    assert time.process_time() - began < 0.3
