"""Does a file carry content credentials? One search for the mark of their box; reading them is an examination."""

from crible.sandbox.window import Window

MARK = b"c2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
"""Type of a C2PA manifest store in its JUMBF description box (C2PA 2.1 §11.1.4.2), alike in every file format."""
_PIECE = 8 << 20
_CAP = 256 << 20


def has_credentials(window: Window) -> bool:
    """Whether the mark stands anywhere in the first 256 MB."""
    at, end = 0, min(window.length, _CAP)
    while at < end:
        if MARK in window.read(at, _PIECE + len(MARK)):
            return True
        at += _PIECE
    return False
