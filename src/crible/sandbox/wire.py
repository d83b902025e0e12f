"""Frames on the socket between coordinator and child: a length (u32, little-endian), a tag byte, the payload.

The child's side is not to be trusted: lengths are capped before a byte is allocated, and unknown tags end the child.
"""

import os
import socket
import struct
from collections.abc import Iterator
from enum import IntEnum

from crible.model.errors import Unreadable

HEADER = struct.Struct("<IB")
"""Length and tag; towards the child the second field is the number of descriptors that travel along."""
LONGEST = 0xFFFFFFFF
BUFFER = 1 << 18


class Tag(IntEnum):
    """What a child says."""

    READY = 1
    """Locked down; payload: what took hold."""
    STILLBORN = 2
    """Its imports failed; payload: the error, from before any untrusted byte."""
    FRAME = 3
    DONE = 4
    ERROR = 5
    """An exception that the entry point let through; payload: its class name."""
    MEMORY = 6
    """MemoryError."""


_TAGS = frozenset(Tag)


def send(fd: int, tag: Tag, payload: bytes) -> None:
    """Write one frame on a blocking descriptor. Raises OSError.

    A payload longer than the format allows has a header over anybody's cap, so its reader ends us.
    """
    pieces = [memoryview(HEADER.pack(min(len(payload), LONGEST), tag)), memoryview(payload)]
    while pieces:
        sent = os.writev(fd, pieces)
        while pieces and sent >= len(pieces[0]):
            sent -= len(pieces.pop(0))
        if pieces:
            pieces[0] = pieces[0][sent:]


class Reader:
    """Puts one child's frames together from what its socket holds, without ever waiting."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._head = b""
        self._tag = Tag.FRAME
        self._body = bytearray()
        self._have = 0
        self._inside = False
        self.progressed = 0
        """Bytes that the last `receive` brought."""

    @property
    def between_frames(self) -> bool:
        """Nothing of a further frame has come yet."""
        return not self._head and not self._inside

    def receive(self, sock: socket.socket, scratch: memoryview) -> Iterator[tuple[Tag, bytes]]:
        """Read once; the frames that are now complete. `scratch` is room that many readers may share.

        Raises EOFError at the socket's end, Unreadable (`reply-broken`, `reply-too-large`) for what is no frame, and
        BlockingIOError where nothing was there. The body of a large frame is received where it stays, so that it
        costs one copy however many pieces it comes in.
        """
        if self._inside:
            count = sock.recv_into(memoryview(self._body)[self._have :])
            self._have += count
        else:
            count = sock.recv_into(scratch)
        if not count:
            raise EOFError
        self.progressed = count
        if self._inside:
            if self._have == len(self._body):
                yield self._complete()
            return
        yield from self._split(self._head + bytes(scratch[:count]) if self._head else scratch[:count])

    def _split(self, untrusted: "bytes | memoryview") -> Iterator[tuple[Tag, bytes]]:
        at = 0
        while len(untrusted) - at >= HEADER.size:
            length, tag = self._checked(untrusted, at)
            at += HEADER.size
            if len(untrusted) - at < length:
                self._begin(tag, length, untrusted[at:])
                self._head = b""
                return
            yield tag, bytes(untrusted[at : at + length])
            at += length
        self._head = bytes(untrusted[at:])

    def _checked(self, untrusted: "bytes | memoryview", at: int) -> tuple[int, Tag]:
        untrusted_length, untrusted_tag = HEADER.unpack_from(untrusted, at)
        if untrusted_tag not in _TAGS:
            raise Unreadable("reply-broken")
        if untrusted_length > self._limit:
            raise Unreadable("reply-too-large", limit=self._limit)
        return untrusted_length, Tag(untrusted_tag)

    def _begin(self, tag: Tag, length: int, start: "bytes | memoryview") -> None:
        self._tag, self._body, self._have, self._inside = tag, bytearray(length), len(start), True
        self._body[: self._have] = start

    def _complete(self) -> tuple[Tag, bytes]:
        frame = self._tag, bytes(self._body)
        self._body, self._have, self._inside = bytearray(), 0, False
        return frame
