"""The header block cut into fields by offsets."""

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.fields import split_header


def test_fields_stand_as_they_were_written() -> None:
    data = b"A: one\r\nB : two\n\tfolded\n\nbody"
    header = split_header(data)
    assert [(field.name, field.raw) for field in header.fields] == [("a", b"A: one\r\n"), ("b", b"B : two\n\tfolded\n")]
    assert header.fields[1].value == b" two\n\tfolded\n"
    assert (data[header.body_start :], header.separated) == (b"body", True)


@pytest.mark.parametrize(
    ("data", "names", "body"),
    [
        (b"From a@m.example Tue\nA: x\n\nb", ["a"], b"b"),
        (b">From a@m.example Tue\nA: x\n\nb", ["a"], b"b"),
        (b"A: x\nno field\nB: y\n\nb", ["a"], b"no field\nB: y\n\nb"),
        (b"A: x", ["a"], b""),
        (b" folded first\nA: x\n", [], b" folded first\nA: x\n"),
        (b"\nA: x", [], b"A: x"),
        (b"", [], b""),
    ],
)
def test_where_the_body_begins(data: bytes, names: list[str], body: bytes) -> None:
    header = split_header(data)
    assert [field.name for field in header.fields] == names
    assert data[header.body_start :] == body


@given(st.lists(st.sampled_from([b"A: x", b"B:y", b" z", b"\tw", b"", b"no", b"From q", b"C :"]), max_size=8))
def test_fields_and_body_cover_the_message(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    header = split_header(data)
    for field in header.fields:
        assert data[field.start : field.start + len(field.raw)] == field.raw
    for before, after in zip(header.fields, header.fields[1:], strict=False):
        assert before.start + len(before.raw) == after.start


@given(st.lists(st.tuples(st.sampled_from(["A", "X-B", "Subject"]), st.text("xyz ,;", max_size=20)), max_size=6))
def test_well_formed_headers_read_as_the_standard_library_reads_them(fields: list[tuple[str, str]]) -> None:
    data = "".join(f"{name}: {value}\n" for name, value in fields).encode() + b"\nbody"
    message = email.message_from_bytes(data)
    header = split_header(data)
    assert [(field.name, field.value.decode().strip()) for field in header.fields] == [
        (name.lower(), value.strip()) for name, value in message.items()
    ]
    assert data[header.body_start :].decode() == message.get_payload()
