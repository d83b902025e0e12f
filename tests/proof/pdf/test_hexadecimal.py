"""Against pyHanko's own reading, byte by byte."""

import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crible.proof.pdf import hexadecimal

PIECES = st.sampled_from([b"<", b">", b"4", b"af", b"FE FF", b" ", b"\r\n", b"\0", b"%x\n", b"\x0b", b"z", b"30" * 200])


def outcome(function: Any, data: bytes) -> tuple[object, ...]:
    stream = io.BytesIO(data)
    try:
        found = function(stream)
    except Exception as error:  # noqa: BLE001  both must raise alike
        return type(error), str(error)
    return type(found), found, getattr(found, "autodetected_encoding", None), stream.tell()


@given(st.lists(PIECES, max_size=12).map(b"".join))
@example(b"4> 4>")
@example(b"")
def test_as_pyhanko_reads_it(rest: bytes) -> None:
    data = b"<" + rest
    assert outcome(hexadecimal.read, data) == outcome(hexadecimal._by_byte, data)


@pytest.mark.parametrize("digits", [0, 1, hexadecimal.PIECE - 2, hexadecimal.PIECE - 1, hexadecimal.PIECE, 100_001])
def test_a_string_may_end_anywhere_in_a_piece(digits: int) -> None:
    data = b"<" + b"a" * digits + b"> /Next <41>"
    assert outcome(hexadecimal.read, data) == outcome(hexadecimal._by_byte, data)
