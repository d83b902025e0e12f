"""A telephone's photograph (JPEG with Exif, CIPA DC-008): its dates, the satellites' time, a small picture inside."""

import io
import random
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PIL import Image, ImageDraw

from crible.demo.paper.png import photo

ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
Entry = tuple[int, int, int, bytes]
"""Tag, type, count, value."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What a camera writes beside the picture."""

    taken: datetime
    saved: datetime
    satellites: datetime
    thumbnail: bytes
    make: str = "Samsung"
    model: str = "SM-G930F"


def picture(rng: random.Random) -> Image.Image:
    """What stood before the lens."""
    small = Image.open(io.BytesIO(photo(rng))).convert("RGB")
    return small.resize((960, 600), Image.Resampling.BICUBIC)


def room(rng: random.Random) -> Image.Image:
    """Another picture altogether: walls, doors and pictures of a hall."""
    image = Image.new("RGB", (960, 600), _paint(rng))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        left, top = rng.randrange(-80, 880), rng.randrange(-60, 520)
        pen.rectangle((left, top, left + rng.randrange(90, 360), top + rng.randrange(90, 360)), fill=_paint(rng))
    return image


def _paint(rng: random.Random) -> tuple[int, int, int]:
    return rng.randrange(256), rng.randrange(256), rng.randrange(256)


def jpeg(image: Image.Image, shot: Shot | None = None, quality: int = 90) -> bytes:
    """The file, as the camera writes it; without `shot`, as a messenger passes it on."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, **({"exif": exif(shot)} if shot else {}))
    return buffer.getvalue()


def small(image: Image.Image) -> bytes:
    """The picture as a camera stores it inside: 4:3 between black bars."""
    width, height = 160, 160 * image.height // image.width
    frame = Image.new("RGB", (160, 120))
    frame.paste(image.resize((width, height), Image.Resampling.LANCZOS), (0, (120 - height) // 2))
    return jpeg(frame, quality=80)


def exif(shot: Shot) -> bytes:
    """The Exif block: IFD0 with the camera, its own dates and the satellites', IFD1 with the small picture."""
    at = shot.satellites.astimezone(UTC)
    clock = b"".join(struct.pack("<II", value, 1) for value in (at.hour, at.minute, at.second))
    inner = [_text(0x9003, _local(shot.taken)), _text(0x9004, _local(shot.taken))]
    inner += [(0x829A, RATIONAL, 1, struct.pack("<II", 1, 120)), (0x8827, SHORT, 1, struct.pack("<H", 80))]
    inner += [(0x920A, RATIONAL, 1, struct.pack("<II", 420, 100))]
    fix = [(0x0007, RATIONAL, 3, clock), _text(0x001D, f"{at:%Y:%m:%d}")]
    head: list[Entry] = [_text(0x010F, shot.make), _text(0x0110, shot.model), _text(0x0132, _local(shot.saved))]
    # Places are told first by a table of the same shape: only the numbers in it are not known yet.
    start = 8
    first = len(_table([*head, _long(0x8769, 0), _long(0x8825, 0)], start, 0))
    second = first + len(_table(inner, start + first, 0))
    third = second + len(_table(fix, start + second, 0))
    head += [_long(0x8769, start + first), _long(0x8825, start + second)]
    stored = [(0x0103, SHORT, 1, struct.pack("<H", 6)), _long(0x0201, 0), _long(0x0202, len(shot.thumbnail))]
    at_picture = start + third + len(_table(stored, start + third, 0))
    stored[1] = _long(0x0201, at_picture)
    tables = _table(head, start, start + third) + _table(inner, start + first, 0) + _table(fix, start + second, 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", start) + tables + _table(stored, start + third, 0) + shot.thumbnail


def _table(entries: Sequence[Entry], start: int, following: int) -> bytes:
    """An image file directory (TIFF 6.0, section 2) that stands at `start`; longer values stand behind it."""
    behind = start + 2 + 12 * len(entries) + 4
    rows, values = bytearray(), bytearray()
    for tag, kind, count, value in sorted(entries):
        rows += struct.pack("<HHI", tag, kind, count)
        if len(value) <= 4:
            rows += value.ljust(4, b"\0")
        else:
            rows += struct.pack("<I", behind + len(values))
            values += value + b"\0" * (len(value) % 2)
    return struct.pack("<H", len(entries)) + bytes(rows) + struct.pack("<I", following) + bytes(values)


def _text(tag: int, text: str) -> Entry:
    data = text.encode() + b"\0"
    return tag, ASCII, len(data), data


def _long(tag: int, value: int) -> Entry:
    return tag, LONG, 1, struct.pack("<I", value)


def _local(at: datetime) -> str:
    return f"{at:%Y:%m:%d %H:%M:%S}"
