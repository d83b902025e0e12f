import bz2
import gzip
import lzma
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.intake.budget import Budget
from crible.intake.single import child_name

PACK = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "bzip2": bz2.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
}
NOISE = random.Random(7).randbytes(2_000_000)


@pytest.mark.parametrize("kind", PACK)
@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4))
@settings(max_examples=30)
def test_streams_joined_end_to_end_give_one_child(take, kind, pieces):
    account = take(kind, b"".join(PACK[kind](piece) for piece in pieces), name="a.mbox.out")
    assert account.data == {"a.mbox.out": b"".join(pieces)}
    assert account.remainder is None


@pytest.mark.parametrize("kind", PACK)
def test_a_large_child_comes_in_chunks_whole(take, kind):
    assert take(kind, PACK[kind](NOISE)).data == {"leak": NOISE}


@pytest.mark.parametrize("kind", PACK)
def test_of_a_truncated_file_is_kept_what_came_out(take, kind):
    blob = PACK[kind](NOISE)
    account = take(kind, blob[: len(blob) * 2 // 3])
    (kept,) = account.data.values()
    assert len(kept) > len(NOISE) // 3
    assert NOISE.startswith(kept)
    assert account.remainder == "truncated"


@pytest.mark.parametrize("kind", PACK)
def test_of_a_damaged_file_is_kept_what_came_out_before(take, kind):
    blob = bytearray(PACK[kind](NOISE) + PACK[kind](NOISE))
    blob[len(blob) // 2 + 10_000 : len(blob) // 2 + 12_000] = bytes(2000)
    account = take(kind, bytes(blob))
    (kept,) = account.data.values()
    assert len(kept) >= len(NOISE)
    assert account.remainder == "corrupt"


@pytest.mark.parametrize("kind", PACK)
def test_a_file_of_which_nothing_comes_out_is_refused(take, kind):
    blob = PACK[kind](NOISE)[:12]
    account = take(kind, blob)
    assert account.reasons == {"leak": "truncated"}
    assert account.closed.listed == 1


@pytest.mark.parametrize(("kind", "padded"), [("gzip", True), ("xz", True), ("bzip2", False)])
def test_zeros_after_the_last_stream_are_padding_where_the_format_knows_it(take, kind, padded):
    account = take(kind, PACK[kind](b"x") + bytes(512))
    assert account.data == {"leak": b"x"}
    assert account.remainder == (None if padded else "after-last")


@pytest.mark.parametrize("kind", PACK)
def test_bytes_after_the_last_stream_are_a_remainder(take, kind):
    account = take(kind, PACK[kind](b"x") + b"hidden")
    assert account.data == {"leak": b"x"}
    assert (account.remainder, account.closed.remainder_bytes) == ("after-last", 6)


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_is_refused_by_its_ratio(take, kind):
    account = take(kind, PACK[kind](bytes(30_000_000)), budget=replace(Budget(), ratio=500))
    assert account.members[0].entry.reason.params == {"which": "ratio", "limit": 500}


def test_a_dictionary_larger_than_the_budget_is_not_allocated(take):
    account = take("xz", lzma.compress(b"x", preset=9), budget=replace(Budget(), memory=1 << 20))
    assert account.members[0].entry.reason.params == {"which": "memory", "limit": 1 << 20}


def test_name_and_time_of_a_gzip_header_travel_beside(take):
    header = b"\x1f\x8b\x08\x0c" + (1492680600).to_bytes(4, "little") + b"\0\3" + b"\3\0abc" + b"../bo\xeete.mbox\0"
    blob = header + gzip.compress(b"x")[10:]
    (member,) = take("gzip", blob, name="a.gz").members
    assert (member.name, member.data, member.entry.raw_name) == ("a", b"x", b"../bo\xeete.mbox")
    assert [instant.iso() for instant in member.entry.instants] == ["2017-04-20T09:30:00+00:00"]


@pytest.mark.parametrize(
    ("name", "child"),
    [
        ("a.mbox.xz", "a.mbox"),
        ("a.TXZ", "a.tar"),
        ("folder/a.xz", "a"),
        ("backup", "backup"),
        (".xz", ".xz"),
        ("...xz", "...xz"),
        ("a.gz", "a.gz"),
        ("", "unnamed"),
    ],
)
def test_the_child_is_named_without_the_suffix(name, child):
    assert child_name(name, (".xz", ".txz")) == child


@pytest.mark.parametrize("kind", PACK)
def test_thousands_of_tiny_streams_are_read(take, kind):
    assert take(kind, PACK[kind](b"x") * 5000).data == {"leak": b"x" * 5000}
