"""Every message comes out as it went in."""

from dataclasses import asdict

import msgspec
import pytest

from crible.model.entry import Begin, Closed, End, Refused, Resume, Slice
from crible.model.facts import Reading
from crible.model.instant import Clock, Instant
from crible.model.ledger import Reason, State
from crible.sift.packing import pack_reading, unpack_reading
from crible.sift.wire import Covered, Job, Outcome, Request, decode, decode_request, encode, encode_request


@pytest.mark.parametrize(
    "message",
    [
        (Slice(0, "000000", 4, 9, bytes(32), b"\xff", mail=True, quoted=True),),
        Begin(3, "é.txt", b"\xe9", 9, instants=(Instant(1.5, -60, Clock.ZIP, "x"),)),
        b"",
        b"bytes of a member",
        End(9),
        Refused(1, "a", State.ENCRYPTED, Reason("encrypted"), declared=7),
        Outcome(1, State.READ, container="zip", closed=Closed(4, 3, Reason("truncated"), 2)),
        Covered((True, False)),
    ],
    ids=str,
)
def test_messages(message) -> None:
    assert decode(encode(message)) == message


def test_a_slice_alone_travels_as_a_batch() -> None:
    one = Slice(0, "000000", 0, 1, bytes(32))
    assert decode(encode(one)) == (one,)


def test_requests() -> None:
    request = Request(jobs=(Job(1, 0, 9, "a", mail=True, quoted=True, resume=Resume(400, 12345, 12000)),))
    assert decode_request(encode_request(request)) == request


@pytest.mark.parametrize("untrusted", [{"mime": 7}, {"text": "no type"}, [], 3, {"mime": "a/b", "mail": {"to": [1]}}])
def test_a_reading_of_the_wrong_types_is_no_reading(untrusted: object) -> None:
    whole = asdict(Outcome(1, State.READ)) | {"reading": untrusted}
    with pytest.raises(msgspec.DecodeError):
        decode(b"o" + msgspec.msgpack.encode(whole))


@pytest.mark.parametrize(
    "smuggled",
    [
        msgspec.msgpack.encode("unknown") + b"\x91" * 500 + b"\xc0",  # 500 lists, one inside the other
        msgspec.msgpack.encode("mime") + msgspec.msgpack.encode("c/d"),  # a second answer
        msgspec.msgpack.encode("language") + b"\xd9\x02en",  # longer than it need be
    ],
)
def test_the_store_gets_what_was_decoded_not_what_was_sent(smuggled: bytes) -> None:
    whole = encode(Outcome(1, State.READ, reading=Reading("a/b", wire=bytes(32))))
    before = msgspec.msgpack.encode("reading")
    head, _, rest = whole.partition(before)
    pairs = rest[0] & 0x0F
    found = decode(head + before + bytes([0x80 | pairs + 1]) + smuggled + rest[1:])
    assert isinstance(found, Outcome)
    assert found.reading
    facts, _ = pack_reading(found.reading)
    assert unpack_reading(facts) == found.reading
    assert smuggled not in facts
