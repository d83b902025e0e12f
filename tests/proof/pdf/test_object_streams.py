"""Against pyHanko's own search of an object stream."""

import io
import tracemalloc
import zlib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from crible.proof.pdf.object_streams import Reader, header

OBJECTS = st.sampled_from([b"<</A 1>>", b"[1 2]", b"(x)", b"7", b"5 0 R", b"<</Broken", b"%note\n7"])


def written(head: bytes, objects: bytes, count: int, first: int) -> bytes:
    """A file whose objects 10 to 12 lie in an object stream, by a cross-reference stream."""
    packed = zlib.compress(head + objects)
    data = b"%PDF-1.5\n1 0 obj<</Type/Catalog>>endobj\n"
    inside = len(data)
    data += b"2 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n" % (count, first, len(packed))
    data += packed + b"\nendstream endobj\n"
    entries = [(1, 9, 0), (1, inside, 0), (1, len(data), 0), *((2, 2, n) for n in range(3))]
    table = b"".join(bytes([kind]) + at.to_bytes(3, "big") + bytes([index]) for kind, at, index in entries)
    start = len(data)
    data += b"3 0 obj<</Type/XRef/Size 13/Root 1 0 R/W[1 3 1]/Index[1 3 10 3]/Length %d>>stream\n" % len(table)
    return data + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start


def found(reader: PdfFileReader) -> list[object]:
    every: list[object] = []
    for name, index in ((10, 0), (11, 1), (12, 2), (10, 2), (10, 9), (13, 0)):
        try:
            got: Any = reader._get_object_from_stream(name, 2, index)  # type: ignore[no-untyped-call]
            every.append((type(got), not isinstance(got, generic.NullObject) and repr(got)))
        except Exception as error:  # noqa: BLE001  both must raise alike
            every.append((type(error), str(error)))
    return every


@given(
    st.lists(OBJECTS, min_size=3, max_size=3),
    st.sampled_from([b"10 %d 11 %d 12 %d ", b"10 %d\n11 %d\r12 %d", b"11 %d 10 %d 10 %d ", b"10 %d %%x\n11 %d 12 %d "]),
    st.sampled_from([0, 1, -1]),
    st.sampled_from([3, 2, 4, 0]),
)
@example([b"<</A 1>>", b"[1]", b"(x)"], b"10 %d 11 %d 12 %d", 0, 3)
def test_as_pyhanko_finds_it(objects: list[bytes], head: bytes, shift: int, count: int) -> None:
    places = [0, len(objects[0]) + 1, len(objects[0]) + len(objects[1]) + 2]
    start = head % tuple(places)
    data = written(start, b" ".join(objects) + b" ", count, len(start) + shift)
    assert found(Reader(io.BytesIO(data))) == found(PdfFileReader(io.BytesIO(data), strict=False))


@pytest.mark.parametrize(("count", "places"), [(1, {17: 4_200_010}), (700_000, {})])
def test_a_header_without_end_fills_no_memory(count: int, places: dict[int, int]) -> None:
    data = b"17 10 " * 700_000 + b"<<>>"
    tracemalloc.start()
    assert header(data, count, len(data) - 4) == places
    assert tracemalloc.get_traced_memory()[1] < 5 * len(data)
    tracemalloc.stop()


@pytest.mark.parametrize("head", [b"10 0 11 8 12 %s ", b"10 0 %s 8 12 12 ", b"%s 0 11 8 12 12 "])
def test_a_number_without_end_is_pyhankos_to_judge(head: bytes) -> None:
    start = head % (b"9" * 5_000)
    data = written(start, b"<</A 1>> [1] (x) ", 3, len(start))
    assert found(Reader(io.BytesIO(data))) == found(PdfFileReader(io.BytesIO(data), strict=False))


@pytest.mark.parametrize(
    ("data", "count", "first", "places"),
    [
        (b"10 0 11 4 <<>><<>>", 2, 10, {10: 10, 11: 14}),
        (b"10 0 11 4<<>><<>>", 2, 9, {10: 9, 11: 13}),
        (b"10 0 11 42 ", 2, 9, {}),
        (b"10 0 10 4 <<>><<>>", 2, 10, {}),
        (b"10 0 x 4 <<>><<>>", 2, 9, {}),
        (b"10 0 <<>>", 2, 5, {}),
    ],
)
def test_a_header_is_read_where_it_is_plain(data: bytes, count: int, first: int, places: dict[int, int]) -> None:
    assert header(data, count, first) == places
