"""Against pyHanko's own reading, byte by byte."""

import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic

from crible.proof.pdf import tokens

WORDS = (
    *(b"<<", b">>", b"[", b"]", b"/Key", b"/Length", b"/", b"/A#42", b"/\xe9", b"12 0 R", b"7 0 Rx", b"0 0 R", b"3 0"),
    *(b"12  0 R", b"1", b"-1", b"+2.5", b".5", b"4.", b"--1", b"1,2", b"007", b"true", b"false", b"null", b"nullx"),
    *(
        b"(a b)",
        b"(a(b)c)",
        rb"(\(\101)",
        b"(\xfe\xff\x20\xac)",
        b"<41>",
        b"<4 1 2>",
        b"<4z>",
        b"% note\n",
        b"stream\n",
    ),
)
PIECES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([b" ", b"\r\n", b"\0", b""])).map(b"".join))
REFERENCE = generic.Reference(1, 0, None)


class Handler:
    """As much of a file as reading an object asks for."""

    strict = False

    def get_object(self, reference: object) -> int:
        return 4


def outcome(function: Any, data: bytes, **options: Any) -> object:
    stream = io.BytesIO(data)
    container = generic.Reference(1, 0, Handler())  # type: ignore[arg-type]
    try:
        found = function(stream, container, **options)
    except Exception as error:  # noqa: BLE001  both must raise alike
        return type(error), str(error)
    return described(found, container), stream.tell()


def described(value: Any, container: object) -> object:
    """All that can be told of an object: what it is, what it holds, and that it knows where it stands."""
    assert value.container_ref is container
    kind = type(value)
    if isinstance(value, generic.DictionaryObject):
        entries = [(type(key), key, described(each, container)) for key, each in value.items()]
        return kind, entries, getattr(value, "encoded_data", None)
    if isinstance(value, generic.ArrayObject):
        return kind, [described(value.raw_get(n), container) for n in range(len(value))]
    if isinstance(value, generic.IndirectObject):
        return kind, value.idnum, value.generation, value.get_pdf_handler() is not None
    text = "" if isinstance(value, generic.NullObject) else str(value)
    return kind, text, getattr(value, "autodetected_encoding", None)


@given(PIECES.map(b"".join), st.sampled_from([b"<<%s>>", b"<</K %s>>", b"[%s]", b"<</A[%s]/B 1>> endobj", b"%s"]))
@example(b"/Length 4", b"<<%s>>\nstream\nabcd\nendstream endobj")
@example(b"/Length 12 0 R", b"<<%s>> stream\r\nabcd\r\nendstream")
@example(b"/Length 9", b"<<%s>> stream\nabcd endstream")
@example(b"/A 1/A 2", b"<<%s>>")
@example(b"", b"<<%s")
def test_as_pyhanko_reads_it(inner: bytes, around: bytes) -> None:
    data = around.replace(b"%s", inner)
    assert outcome(tokens.Tokens().read, data) == outcome(tokens._by_byte, data)


@pytest.mark.parametrize("size", [tokens.PIECES[0] - 5, tokens.PIECES[0], tokens.PIECES[-1], tokens.PIECES[-1] + 5])
def test_an_object_may_end_anywhere(size: int) -> None:
    data = b"<</Contents <" + b"41" * (size // 2) + b">/Next [1 2]>> endobj"
    assert outcome(tokens.Tokens().read, data) == outcome(tokens._by_byte, data)


@pytest.mark.parametrize("depth", [tokens.DEPTH - 1, tokens.DEPTH, tokens.DEPTH + 1, 60])
def test_what_lies_deeper_is_pyhankos(depth: int) -> None:
    data = b"[" * depth + b"1" + b"]" * depth
    assert outcome(tokens.Tokens().read, data) == outcome(tokens._by_byte, data)


def test_operators_and_metadata_are_pyhankos() -> None:
    for options in ({"in_content_stream": generic.ContentOpReading.GRAPHIC_OPS}, {"as_metadata_stream": True}):
        data = b"[ (a) 12 0 (b) ] TJ"
        assert outcome(tokens.Tokens().read, data, **options) == outcome(tokens._by_byte, data, **options)
