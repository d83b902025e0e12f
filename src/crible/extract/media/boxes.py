"""Boxes of MP4, QuickTime and their kin (ISO/IEC 14496-12 §4.2), walked where they lie."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from crible.sandbox.window import Window

MOST = 20_000
"""Boxes looked at in one file."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its payload is the range from `start` to `end` of the window."""

    kind: bytes
    start: int
    end: int

    def payload(self, window: Window, cap: int = 1 << 16) -> bytes:
        """At most `cap` bytes of it."""
        return window.read(self.start, min(cap, self.end - self.start))


class Walk:
    """Goes over boxes with one budget for the whole file, however they are nested."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._left = MOST

    def inside(self, start: int, end: int) -> Iterator[Box]:
        """The boxes of a range, in order; ends at the first that does not fit."""
        at = start
        while at + 8 <= end and self._left > 0:
            self._left -= 1
            head = self.window.read(at, 16)
            if len(head) < 8:
                return
            size, kind = struct.unpack_from(">I4s", head)
            header = 8
            if size == 1 and len(head) == 16:
                (size,) = struct.unpack_from(">Q", head, 8)
                header = 16
            elif size == 0:
                size = end - at
            if size < header or at + size > end:
                return
            yield Box(kind, at + header, at + size)
            at += size

    def of(self, box: Box, skip: int = 0) -> Iterator[Box]:
        """The boxes within a box, after `skip` bytes of its own."""
        return self.inside(box.start + skip, box.end)

    def find(self, box: Box, *kinds: bytes) -> Box | None:
        """The first box down this path."""
        for kind in kinds:
            found = next((one for one in self.of(box) if one.kind == kind), None)
            if found is None:
                return None
            box = found
        return box
