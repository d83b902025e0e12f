"""A document's bytes as numbered lines, a window at a time."""

from dataclasses import dataclass

from crible.sandbox.window import Window
from crible.web.queries.passages import safe
from crible.web.queries.stored import legible

WINDOW = 64 << 10
"""Bytes shown at once."""
COUNTED = 32 << 20
"""Bytes before the window whose lines are counted; beyond, lines have no number."""
_PIECE = 1 << 20
_CONTINUATION = range(0x80, 0xC0)


@dataclass(frozen=True, slots=True)
class Lines:
    """One window."""

    lines: tuple[str, ...]
    first: int | None
    """Number of the first line, from 1; None so far into a document that they were not counted."""
    number: int
    of: int
    start: int
    end: int
    """Bytes, from the document's first."""


def lines(stored: Window, number: int) -> Lines:
    """The window of that number (from 1, the last where there are fewer)."""
    of = max(1, -(-stored.length // WINDOW))
    number = min(max(number, 1), of)
    start, end = (_edge(stored, (number - 1 + side) * WINDOW) for side in (0, 1))
    text = safe(legible(stored.read(start, end - start)))
    shown = text.removesuffix("\n").split("\n")
    return Lines(tuple(shown), _before(stored, start) + 1 if start <= COUNTED else None, number, of, start, end)


def _edge(stored: Window, at: int) -> int:
    """`at`, or up to three bytes later, so that no character of UTF-8 is cut in two."""
    following = stored.read(at, 3) if 0 < at < stored.length else b""
    lead = next((n for n, byte in enumerate(following) if byte not in _CONTINUATION), 0)
    return min(at + lead, stored.length)


def _before(stored: Window, end: int) -> int:
    return sum(stored.read(at, min(_PIECE, end - at)).count(b"\n") for at in range(0, end, _PIECE))
