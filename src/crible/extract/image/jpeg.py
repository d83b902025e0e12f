"""A JPEG's segments before its pixels (ITU-T T.81 annex B): quantisation tables and whose they are."""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from PIL import Image, JpegPresets

_DQT, _SOS, _APP13 = 0xDB, 0xDA, 0xED
_BARE = {0x01, *range(0xD0, 0xD9)}
_MOST = 2000

LUMINANCE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
"""Table K.1, row by row."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Quantisation tables of one file."""

    digest: str = ""
    owner: str = ""
    """`libjpeg`, `adobe`, or empty where several programs may have written them."""
    quality: int = 0


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and payload of each segment up to the first scan."""
    at = 2
    for _ in range(_MOST):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            return
        marker = data[at + 1]
        if marker in _BARE:
            at += 2
            continue
        (size,) = struct.unpack_from(">H", data, at + 2)
        if marker == _SOS or size < 2:
            return
        yield marker, data[at + 4 : at + 2 + size]
        at += 2 + size


def photoshop(data: bytes) -> bytes:
    """All APP13 segments, joined as Photoshop splits them."""
    return b"".join(
        payload if number == 0 else payload[14:]
        for number, payload in enumerate(payload for marker, payload in segments(data) if marker == _APP13)
    )


def tables(image: Image.Image) -> Tables:
    """What the tables of a JPEG say; nothing for another format."""
    found: dict[int, list[int]] = getattr(image, "quantization", None) or {}
    if not found or any(len(table) != 64 for table in found.values()):
        return Tables()
    both = tuple(tuple(found[key]) for key in sorted(found))
    digest = hashlib.sha256(repr(both).encode()).hexdigest()[:16]
    quality, exact = _quality(both[0])
    owner = "adobe" if both in _adobe() else "libjpeg" if exact else ""
    return Tables(digest, owner, quality)


def _quality(table: tuple[int, ...]) -> tuple[int, bool]:
    """The quality of libjpeg that comes nearest to a luminance table, and whether it gives exactly that table."""
    for quality in range(1, 101):
        if _scaled(quality) == table:
            return quality, True
    return min(range(1, 101), key=lambda quality: abs(sum(_scaled(quality)) - sum(table))), False


@cache
def _scaled(quality: int) -> tuple[int, ...]:
    """Table K.1 at a quality, as jpeg_set_quality() of libjpeg scales it."""
    factor = 5000 // quality if quality < 50 else 200 - 2 * quality
    return tuple(min(255, max(1, (value * factor + 50) // 100)) for value in LUMINANCE)


@cache
def _adobe() -> frozenset[tuple[tuple[int, ...], ...]]:
    """Tables that Photoshop writes, as Pillow lists them."""
    listed = [cast(list[list[int]], preset["quantization"]) for preset in JpegPresets.presets.values()]
    return frozenset(tuple(tuple(table) for table in pair) for pair in listed)
