"""A window on untrusted bytes: a range of a read-only descriptor, read by pread.

Mapping a container of 9 GB into memory fails under the child's address-space cap; pread does not.
"""

import io
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """`length` bytes of descriptor `fd` from `offset` on."""

    fd: int
    offset: int
    length: int

    @classmethod
    def whole(cls, fd: int) -> "Window":
        """The whole file behind a descriptor."""
        return cls(fd, 0, os.fstat(fd).st_size)

    def read(self, at: int = 0, size: int | None = None) -> bytes:
        """Up to `size` bytes from `at` on, both relative to the window; short only at its end."""
        size = self.length - at if size is None else min(size, self.length - at)
        if size <= 0:
            return b""
        pieces = []
        while size > 0:
            piece = os.pread(self.fd, size, self.offset + at)
            if not piece:
                break
            pieces.append(piece)
            at, size = at + len(piece), size - len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def within(self, offset: int, length: int) -> "Window":
        """A smaller window; offset relative to this one, cut at its end."""
        offset = min(offset, self.length)
        return Window(self.fd, self.offset + offset, min(length, self.length - offset))

    def stream(self, buffer: int = 1 << 18) -> io.BufferedReader:
        """A seekable binary file over the window, for libraries that want one."""
        return io.BufferedReader(_Raw(self), buffer)


class _Raw(io.RawIOBase):
    def __init__(self, window: Window) -> None:
        self._window = window
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._window.read(self._at, len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._window.length}[whence]
        if base + offset < 0:
            raise OSError("seek before the start of the window")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at
