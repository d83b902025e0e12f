"""Records of a binary workbook, against a reading that leaves none out."""

import struct

from hypothesis import example, given
from hypothesis import strategies as st

from crible.extract.biff import CONTINUE, Record, records

KINDS = st.sampled_from([CONTINUE, 0x201, 0x203, 0xFC])
RECORDS = st.lists(st.tuples(KINDS, st.binary(max_size=3)), max_size=12)


def every(data: bytes) -> list[Record]:
    """All records, one after the other, those that continue one with it."""
    found: list[Record] = []
    at, leading = 0, list[bytes]()
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        if len(body) < size:
            break
        if kind != CONTINUE:
            found.append(Record(kind, at, body, tuple(leading) if not found else ()))
        elif found:
            found[-1] = found[-1]._replace(more=(*found[-1].more, body))
        else:
            leading.append(body)
        at += 4 + size
    return found


@given(RECORDS, st.sets(KINDS), st.integers(0, 4))
@example([(CONTINUE, b"a"), (0xFC, b"b"), (CONTINUE, b"c"), (0x201, b"d"), (CONTINUE, b"e"), (0xFC, b"f")], {0xFC}, 0)
def test_the_wanted_ones_with_what_continues_them(made: list[tuple[int, bytes]], wanted: set[int], cut: int) -> None:
    data = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in made)
    data = data[: len(data) - cut]
    assert list(records(data, wanted)) == [record for record in every(data) if record.kind in wanted]
