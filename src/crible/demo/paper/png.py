"""A small picture (PNG, ISO/IEC 15948): an evening sky, hills, and a crowd, drawn from a generator."""

import random
import struct
import zlib

WIDTH, HEIGHT = 240, 150


def photo(rng: random.Random) -> bytes:
    """A picture that differs with the state of the generator."""
    sky = tuple(rng.randrange(120, 255) for _ in range(3))
    hill = tuple(rng.randrange(20, 110) for _ in range(3))
    heights = _hills(rng)
    crowd = {(rng.randrange(WIDTH), rng.randrange(HEIGHT - 35, HEIGHT)): rng.randrange(30, 220) for _ in range(900)}
    lines = bytearray()
    for y in range(HEIGHT):
        lines.append(0)
        for x in range(WIDTH):
            lines += _pixel(x, y, sky, hill, heights, crowd)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(lines), 6)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _hills(rng: random.Random) -> list[int]:
    height, slope, heights = rng.randrange(60, 90), 0.0, []
    for _ in range(WIDTH):
        slope = max(-1.2, min(1.2, slope + rng.uniform(-0.3, 0.3)))
        height = max(40, min(110, round(height + slope)))
        heights.append(height)
    return heights


def _pixel(
    x: int, y: int, sky: tuple[int, ...], hill: tuple[int, ...], heights: list[int], crowd: dict[tuple[int, int], int]
) -> bytes:
    if (shade := crowd.get((x, y))) is not None:
        return bytes((shade, shade // 2 + 40, 255 - shade))
    if y > heights[x]:
        return bytes(hill)
    return bytes(max(0, value - (HEIGHT - y) // 3) for value in sky)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
