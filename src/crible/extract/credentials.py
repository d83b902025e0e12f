"""The mark of content credentials, and whether some bytes stand anywhere in a file. Reading them is an examination."""

from crible.sandbox.window import Window

MARK = b"c2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
"""Type of a C2PA manifest store in its JUMBF description box (C2PA 2.1 §11.1.4.2), alike in every file format."""
_PIECE = 8 << 20


def holds(window: Window, mark: bytes) -> bool:
    """Whether the mark stands anywhere in the file, read piece by piece."""
    pieces = range(0, window.length, _PIECE)
    return any(mark in window.read(at, _PIECE + len(mark)) for at in pieces)
