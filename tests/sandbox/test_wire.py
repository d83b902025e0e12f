import contextlib
import os
import socket
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.model.errors import Unreadable
from crible.sandbox.wire import HEADER, Reader, Tag, send


def received(pieces, limit=1000, room=64):
    """Frames that a reader makes of bytes that come in these pieces, with a small buffer of its own."""
    near, far = socket.socketpair()
    scratch, reader, frames = memoryview(bytearray(room)), Reader(limit), []
    near.setblocking(False)
    with near, far:
        for piece in pieces:
            far.sendall(piece)
            while True:
                try:
                    frames += reader.receive(near, scratch)
                except BlockingIOError:
                    break
        return frames, reader.between_frames


@given(
    st.lists(st.tuples(st.sampled_from(Tag), st.binary(max_size=200)), max_size=8),
    st.lists(st.integers(0, 1700), max_size=6),
)
def test_frames_survive_any_cutting(frames, cuts):
    stream = b"".join(HEADER.pack(len(payload), tag) + payload for tag, payload in frames)
    bounds = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[start:end] for start, end in pairwise(bounds)]
    assert received(pieces) == (frames, True)


@given(st.binary(max_size=400))
def test_any_bytes_are_frames_or_a_fault(data):
    with contextlib.suppress(Unreadable):
        frames, _ = received([data])
        assert data.startswith(b"".join(HEADER.pack(len(payload), tag) + payload for tag, payload in frames))


def test_a_length_over_the_cap_is_refused_before_its_bytes_come():
    with pytest.raises(Unreadable) as caught:
        received([HEADER.pack(1001, Tag.FRAME)])
    assert (caught.value.code, caught.value.params) == ("reply-too-large", {"limit": 1000})
    assert received([HEADER.pack(1000, Tag.FRAME)]) == ([], False)


def test_the_end_of_the_socket_is_the_end():
    near, far = socket.socketpair()
    far.close()
    with near, pytest.raises(EOFError):
        list(Reader(10).receive(near, memoryview(bytearray(10))))


def test_sending_goes_on_after_a_partial_write():
    near, far = socket.socketpair()
    payload = os.urandom(3_000_000)
    got = bytearray()
    if not os.fork():
        near.close()
        send(far.fileno(), Tag.DONE, payload)
        os._exit(0)
    far.close()
    with near:
        while piece := near.recv(100_000):
            got += piece
    os.wait()
    assert got == HEADER.pack(len(payload), Tag.DONE) + payload
