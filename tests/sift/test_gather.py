"""What a child says is put together frame by frame, and refused where it cannot be."""

import contextlib
import hashlib
import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.model.entry import Begin, Closed, End, Refused, Slice
from crible.model.evidence import Bears, Evidence, Says, Strength, Weighed
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant
from crible.model.ledger import Reason, State
from crible.sift.boundary import BrokenReplyError
from crible.sift.gather import CHECKPOINT, Gathering
from crible.sift.wire import Covered, Job, Outcome, decode, encode
from crible.store.blobs import Blobs

JOBS = (Job(7, 0, 1000, "a.zip"), Job(8, 1000, 500, "b.zip"))
READ = Outcome(7, State.READ, container="zip", closed=Closed(0))
GONE = Refused(0, "a", State.UNREADABLE, Reason("truncated"))


def trusting(job: Job, slices: object) -> bool:
    """Whether slices bear their hash is asked with real bytes in test_coordinator (`alias`)."""
    return True


@pytest.fixture
def gathering(tmp_path: Path) -> Gathering:
    return Gathering(JOBS, Blobs(tmp_path / "blobs"), trusting)


def fed(gathering: Gathering, *messages) -> list:
    return [f for m in messages for f in gathering.take(m if isinstance(m, bytes) else encode(m))]


def kept(gathering: Gathering) -> list[Path]:
    return [path for path in gathering.blobs.folder.rglob("*") if path.is_file()]


def test_members_and_outcome_of_each_job_in_turn(gathering: Gathering) -> None:
    digest = hashlib.sha256(b"hello world").digest()
    first, second = fed(
        gathering,
        Begin(0, "a.txt", declared=11),
        b"dhello ",
        b"dworld",
        End(11),
        Refused(1, "b", State.IGNORED, Reason("link")),
        (Slice(2, "c", 10, 20, bytes(32), mail=True),),
        READ,
        (Slice(0, "d", 0, 500, bytes(32)),),
        Outcome(8, State.READ, container="mbox", closed=Closed(1)),
    )
    assert [(m.name, m.size, m.readable) for m in first.members] == [
        ("a.txt", 11, True),
        ("b", 0, False),
        ("c", 20, True),
    ]
    assert first.members[0].sha256 == digest
    assert gathering.blobs.path(digest).read_bytes() == b"hello world"
    assert (second.job, [m.name for m in second.members]) == (JOBS[1], ["d"])


def test_a_member_refused_half_way_leaves_no_bytes(gathering: Gathering) -> None:
    (finding,) = fed(gathering, Begin(0, "a"), b"d" + b"x" * 9000, b"d" + b"y" * 9000, GONE, READ)
    assert [m.readable for m in finding.members] == [False]
    assert kept(gathering) == []


def test_dropped_in_the_middle_nothing_half_written_stays(gathering: Gathering) -> None:
    fed(gathering, Begin(0, "a"), *[b"d" + bytes(6 << 20)] * 3)  # past what the store's writer holds back
    assert len(kept(gathering)) == 1
    gathering.drop()
    assert kept(gathering) == []
    (finding,) = fed(gathering, READ)
    assert finding.members == ()


def test_a_long_walk_is_handed_over_before_its_end(tmp_path: Path) -> None:
    gathering = Gathering(JOBS[:1], Blobs(tmp_path / "blobs"), trusting)
    slices = tuple(Slice(n, f"{n}", n, 1, bytes(32)) for n in range(CHECKPOINT + 50))
    (finding,) = fed(gathering, slices)
    assert (finding.outcome, len(finding.members)) == (None, CHECKPOINT + 50)
    (last,) = fed(gathering, READ)
    assert last.members == ()


def test_a_long_walk_in_company_is_broken_off(gathering: Gathering) -> None:
    slices = tuple(Slice(n, f"{n}", n, 1, bytes(32)) for n in range(CHECKPOINT + 50))
    with pytest.raises(BrokenReplyError, match="company"):
        fed(gathering, slices)


@pytest.mark.parametrize(
    "frames",
    [
        (b"dnothing begun",),
        (End(0),),
        (Covered((True,)),),
        (Begin(0, "a"), Begin(1, "b")),
        (Begin(0, "a"), (Slice(1, "b", 0, 1, bytes(32)),)),
        (Begin(0, "a"), READ),
        (Begin(0, "a"), Refused(1, "b", State.IGNORED, Reason("link"))),
        (READ, Outcome(8, State.READ), Outcome(9, State.READ)),
        (Outcome(8, State.READ),),
        ((Slice(1, "a", 0, 1, bytes(32)), Slice(1, "b", 1, 1, bytes(32))),),
        ((Slice(5, "a", 0, 1, bytes(32)),), (Slice(4, "b", 1, 1, bytes(32)),)),
        ((Slice(0, "a", 999, 2, bytes(32)),),),
        ((Slice(0, "a", -1, 2, bytes(32)),),),
        ((Slice(0, "a", 0, 2, b"short"),),),
        ((Slice(0, "a", 0, 2, bytes(32), instants=(Instant(float("nan"), 0, Clock.ZIP),)),),),
        (Begin(1 << 63, "a"),),
        (Begin(0, "a\0b"),),
        (Refused(0, "a", State.TODO, Reason("link")),),
        (Refused(0, "a", State.IGNORED, Reason("hello")),),
        (Refused(0, "a", State.UNREADABLE, Reason("no-reader")),),
        (Outcome(7, State.RUNNING),),
        (Outcome(7, State.DUPLICATE),),
        (Outcome(7, State.QUARANTINED),),
        (Outcome(7, State.READ, container="tarot"),),
        (Outcome(7, State.READ, closed=Closed(1 << 63)),),
        (Outcome(7, State.READ, reading=Reading("text/plain", wire=b"")),),
        (Outcome(7, State.IGNORED, Reason("empty"), reading=Reading("text/plain", wire=bytes(32))),),
        (
            Outcome(
                7,
                State.READ,
                reading=Reading("a/b", wire=bytes(32), file=FileFacts(instants=(Instant(1e300, None, Clock.PDF),))),
            ),
        ),
        (
            Outcome(
                7,
                State.READ,
                reading=Reading("a/b", wire=bytes(32)),
                weighed=(
                    Weighed("mail.dkim", 1, Evidence(Says.SUPPORTS, "dkim-pass"), Strength.DECISIVE, Bears.CONTENT),
                ),
            ),
        ),
    ],
    ids=str,
)
def test_what_no_child_can_honestly_say_is_refused(gathering: Gathering, frames: tuple) -> None:
    with pytest.raises(BrokenReplyError):
        fed(gathering, *frames)
    gathering.drop()
    assert kept(gathering) == []


def test_a_declared_size_beyond_any_column_is_held(gathering: Gathering) -> None:
    (finding,) = fed(gathering, Begin(0, "a", declared=(1 << 64) - 1), End(0), READ)
    assert finding.members[0].declared == (1 << 63) - 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=5))
def test_garbage_is_refused_or_harmless(tmp_path_factory, frames: list[bytes]) -> None:
    gathering = Gathering(JOBS, Blobs(tmp_path_factory.getbasetemp() / "garbage"), trusting)
    with contextlib.suppress(BrokenReplyError):
        fed(gathering, *frames)
    gathering.drop()


HONEST = [encode(m) for m in (Begin(0, "a.txt"), b"some bytes", End(10), (Slice(1, "b", 0, 9, bytes(32)),), GONE, READ)]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_honest_frames_spoilt_are_refused_or_harmless(tmp_path_factory, seed: int, times: int) -> None:
    chance = random.Random(seed)
    frames = [bytearray(frame) for frame in HONEST]
    chance.shuffle(frames)
    for _ in range(times):
        frame = chance.choice(frames)
        frame[chance.randrange(len(frame))] = chance.randrange(256)
    gathering = Gathering(JOBS, Blobs(tmp_path_factory.getbasetemp() / "spoilt"), trusting)
    try:
        for finding in fed(gathering, *map(bytes, frames)):
            assert all(m.size <= JOBS[0].length or not m.sliced for m in finding.members)
    except BrokenReplyError:
        pass
    gathering.drop()


@pytest.mark.parametrize(
    "frame", [b"", b"?", b"o", b"e\x81\xa1x" + b"\x91" * 10**5, b"b\x82\xa7ordinal\x01\xa4name\xa2\xff\xfe"]
)
def test_what_is_no_frame_is_one_kind_of_error(frame: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(frame)
