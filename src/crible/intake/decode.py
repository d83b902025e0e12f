"""Decompression with bounded steps, alike for every method: what gzip, bzip2, xz and zip share."""

import lzma
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Protocol

from crible.intake.budget import Budget
from crible.model.entry import Begin, End, Entry, Refused
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

FEED = 1 << 16
"""Bytes given to a decompressor at once; a sixteenth at first, for files of many tiny streams."""


class Decoder(Protocol):
    """What bz2 and lzma offer, and `Inflate` for zlib."""

    @property
    def eof(self) -> bool:
        """The stream's end was met."""

    @property
    def needs_input(self) -> bool:
        """Nothing more comes out before something goes in."""

    @property
    def unused_data(self) -> bytes:
        """What was given beyond the stream's end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most `max_length` decoded bytes."""


class Source(Protocol):
    """Bytes that a decoder reads by offset, front to back: a window, or what is decrypted from one."""

    @property
    def length(self) -> int:
        """All of them."""

    def read(self, at: int = 0, size: int | None = None) -> bytes:
        """Up to `size` bytes from `at` on."""


class Inflate:
    """zlib with the interface of bz2 and lzma. `wbits` as in zlib: -15 raw deflate, 31 gzip (checks its CRC)."""

    def __init__(self, wbits: int) -> None:
        self._zlib = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """See Decoder."""
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        """See Decoder."""
        return not self._zlib.eof and not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """See Decoder."""
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """See Decoder."""
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


class Stream:
    """One compressed stream inside a window; iterate over `chunks`, then ask where it ended."""

    def __init__(self, window: Source, at: int, make: Callable[[], Decoder], budget: Budget, reader: str) -> None:
        self._window, self._make, self._reader = window, make, reader
        self._chunk, self._memory = budget.chunk, budget.memory
        self.end = at
        """Offset just behind the stream, once it is through; before, behind the last byte given to the decoder."""
        self.complete = False
        """The stream's own end was reached."""

    def chunks(self) -> Iterator[bytes]:
        """The decoded bytes. Raises Unreadable `corrupt` where they make no sense; ends early where input ends."""
        feed = FEED >> 4
        try:
            decoder = self._make()
            while not decoder.eof:
                hungry = decoder.needs_input
                data = self._window.read(self.end, feed) if hungry else b""
                feed = min(2 * feed, FEED)
                self.end += len(data)
                piece = decoder.decompress(data, self._chunk)
                if piece:
                    yield piece
                elif hungry and not data and not decoder.eof:
                    return
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            raise self._fault(str(error)) from error
        self.end -= len(decoder.unused_data)
        self.complete = True

    def _fault(self, detail: str) -> Unreadable:
        if "Memory usage limit" in detail:  # liblzma's LZMA_MEMLIMIT_ERROR has no exception of its own
            return Unreadable("budget", which="memory", limit=self._memory)
        return Unreadable("corrupt", reader=self._reader, detail=detail[:200])


def produced(begin: Begin, chunks: Iterator[bytes]) -> Iterator[Entry]:
    """A member as the contract wants it: Begin, its chunks, then End, or Refused where `chunks` raises Unreadable."""
    yield begin
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            yield chunk
    except Unreadable as fault:
        yield Refused(begin.ordinal, begin.name, fault.state, fault.reason, begin.raw_name, begin.declared)
        return
    yield End(size)


def plain(window: Window, offset: int, length: int, chunk: int) -> Iterator[bytes]:
    """A stored range in chunks; short where the window ends before it does."""
    end = min(offset + length, window.length)
    while offset < end:
        data = window.read(offset, min(chunk, end - offset))
        if not data:
            return
        offset += len(data)
        yield data


def digest(window: Window, offset: int, length: int, chunk: int) -> tuple[bytes, int]:
    """SHA-256 and CRC-32 of a stored range, in one pass."""
    hashed, crc = sha256(), 0
    for data in plain(window, offset, length, chunk):
        hashed.update(data)
        crc = zlib.crc32(data, crc)
    return hashed.digest(), crc
