"""Every message comes out as it went in."""

import pytest

from crible.model.entry import Begin, Closed, End, Refused, Resume, Slice
from crible.model.instant import Clock, Instant
from crible.model.ledger import Reason, State
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
