"""Thread-Index: vectors of evidence H07 and H08, and blocks built by the specification and by what programs do."""

import base64

from hypothesis import given, settings
from hypothesis import strategies as st

from crible.extract.mail.thread_index import COARSE, EPOCH, thread_index

GUID = bytes(range(16))
ROOT = 1_489_482_720


def filetime(seconds: float) -> int:
    return int((seconds + EPOCH) * 10**7)


def plain(root: float, *blocks: bytes) -> bytes:
    return base64.b64encode(filetime(root).to_bytes(8)[:6] + GUID + b"".join(blocks))


def reserved(root: float, *blocks: bytes) -> bytes:
    return base64.b64encode(b"\1" + filetime(root).to_bytes(8)[:5] + GUID + b"".join(blocks))


def test_published_vector() -> None:
    found = thread_index(b"AdQc2DN7" + base64.b64encode(GUID))
    assert found is not None
    assert round(found.root) == 1531726800  # 2018-07-16 07:40:00
    assert found.guid == GUID.hex()
    assert found.replies == ()


def test_both_headers_say_the_same_root() -> None:
    for raw in (plain(ROOT), reserved(ROOT)):
        found = thread_index(raw)
        assert found is not None
        assert abs(found.root - ROOT) < 2


def test_fine_units_count_from_one_reply_to_the_next() -> None:
    hour = (3600 * 10**7 >> 18).to_bytes(4) + b"\0"
    found = thread_index(plain(ROOT, hour, hour))
    assert found is not None
    assert [round(at - ROOT, -1) for at in found.replies] == [3600, 7200]


def test_first_coarse_unit_counts_from_the_header_misread() -> None:
    written = ROOT + 5 * 3600
    block = b"\1" + filetime(ROOT).to_bytes(8)[:5] + GUID
    misread = int.from_bytes(block[:6]) << 16
    steps = ((filetime(written) - misread) >> 23) % (1 << 31)
    back = (1 << 31) - int(3600 / COARSE)  # the second reply's zone lay an hour west of the first's
    found = thread_index(
        base64.b64encode(block + ((1 << 31) + steps).to_bytes(4) + b"\0" + ((1 << 31) + back).to_bytes(4) + b"\0")
    )
    assert found is not None
    assert abs(found.replies[0] - written) < 2
    assert abs(found.replies[1] - (written - 3600)) < 3
    assert found.within == COARSE


def test_hash_in_place_of_a_time_is_none() -> None:
    assert thread_index(base64.b64encode(b"\1\2" + bytes(20))) is None
    assert thread_index(base64.b64encode(b"\xba" * 22)) is None
    assert thread_index(b"AdQc") is None
    assert thread_index(b"!") is None


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_survived(raw: bytes) -> None:
    found = thread_index(base64.b64encode(raw))
    assert found is None or len(found.replies) <= 100
    thread_index(raw)
