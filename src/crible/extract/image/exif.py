"""Exif fields (CIPA DC-008, Exif 3.0): dates, device, place, words. Parsed by Pillow, believed by nobody."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PIL import ExifTags, Image

from crible.extract.capped import clean
from crible.model.instant import Clock, Instant

_MOMENT = re.compile(r"(\d{4})[:/.-](\d\d?)[:/.-](\d\d?)[ T]+(\d\d?):(\d\d)(?::(\d\d))?")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")
_CHARSETS = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_UTF16 = ("utf-16-le", "utf-16-be")
for _codec in (*_CHARSETS.values(), *_UTF16):
    codecs.lookup(_codec)  # imported now: behind Landlock it could not be
_CAP = 4000
"""Characters kept of one field."""

Tags = dict[int, object]

DESCRIPTION, MAKE, MODEL, ORIENTATION, SOFTWARE, DATE_TIME, ARTIST, COPYRIGHT = (
    0x010E, 0x010F, 0x0110, 0x0112, 0x0131, 0x0132, 0x013B, 0x8298,
)  # fmt: skip
ORIGINAL, DIGITIZED, MAKER_NOTE, COMMENT, OWNER, LENS = 0x9003, 0x9004, 0x927C, 0x9286, 0xA430, 0xA434
EXPOSURE = (0x829A, 0x829D, 0x8827, 0x920A)
"""ExposureTime, FNumber, PhotographicSensitivity, FocalLength: only what has a lens writes them."""
_OFFSETS = {DATE_TIME: 0x9010, ORIGINAL: 0x9011, DIGITIZED: 0x9012}
_WINDOWS = {0x9C9B: "title", 0x9C9C: "comment", 0x9C9D: "author", 0x9C9E: "keywords", 0x9C9F: "subject"}
"""XPTitle … of Windows Explorer, UTF-16."""
THUMBNAIL_AT, THUMBNAIL_SIZE = 0x0201, 0x0202


@dataclass(frozen=True, slots=True)
class Exif:
    """What was found; `tags` and `inner` are IFD0 and the Exif IFD."""

    tags: Tags
    inner: Tags
    gps: Tags
    thumbnail: bytes = b""
    broken: bool = False


NONE = Exif({}, {}, {})


def parsed(image: Image.Image) -> Exif:
    """The Exif fields of a picture whose header was read; those that could be read of broken ones."""
    tags: Tags = {}
    inner: Tags = {}
    gps: Tags = {}
    try:
        exif = image.getexif()
        tags = dict(exif)
        inner = dict(exif.get_ifd(ExifTags.IFD.Exif))
        gps = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
        return Exif(tags, inner, gps, _thumbnail(image, dict(exif.get_ifd(ExifTags.IFD.IFD1))))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  Pillow raises anything at all on fuzzed fields
        return Exif(tags, inner, gps, broken=True)


def _thumbnail(image: Image.Image, tags: Tags) -> bytes:
    """The JPEG that IFD1 points to, within the Exif block it stands in."""
    block = image.info.get("exif", b"")
    at, size = tags.get(THUMBNAIL_AT), tags.get(THUMBNAIL_SIZE)
    if not isinstance(block, bytes) or not isinstance(at, int) or not isinstance(size, int):
        return b""
    start = 6 if block.startswith(b"Exif\0\0") else 0
    found = block[start + at : start + at + size] if at > 0 and size > 0 else b""
    return found if found.startswith(b"\xff\xd8") else b""


def words(value: object) -> str:
    """A text field: Pillow reads bytes as Latin-1, most programs wrote UTF-8."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return clean(value).split("\0")[0].strip()[:_CAP]


def comment(value: object) -> str:
    """UserComment: eight bytes name its character set."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return ""
    codec = _CHARSETS.get(value[:8])
    body = value[8:] if codec or value[:8] == bytes(8) else value
    if codec == "utf-16" and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        codec = _UTF16[body[:1] == b"\0"]
    return clean(body[: 4 * _CAP].decode(codec or "utf-8", "replace")).strip("\0 \r\n\t\ufffd")[:_CAP]


def explorer(tags: Tags) -> dict[str, str]:
    """The fields of Windows Explorer, by name."""
    found = {}
    for tag, name in _WINDOWS.items():
        value = tags.get(tag)
        if isinstance(value, (bytes, tuple)):
            raw = bytes(one & 255 for one in value if isinstance(one, int))
            if text := clean(raw[: 4 * _CAP].decode("utf-16-le", "replace")).split("\0")[0].strip():
                found[name] = text[:_CAP]
    return found


def moment(exif: Exif, tag: int) -> Instant | None:
    """A date field with the offset that Exif 2.31 and later keep beside it; None where it is blank or no date."""
    raw = words((exif.tags if tag == DATE_TIME else exif.inner).get(tag))
    return instant(raw, words(exif.inner.get(_OFFSETS[tag])))


def instant(raw: str, written_offset: str = "") -> Instant | None:
    """`2017:03:27 14:05:09`, and `+02:00` where one is written; None where it is no date."""
    match = _MOMENT.match(raw)
    if match is None:
        return None
    try:
        wall = datetime(*(int(part or 0) for part in match.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    offset = None
    if (east := _OFFSET.match(written_offset)) is not None:
        offset = (int(east[2]) * 60 + int(east[3])) * (-1 if east[1] == "-" else 1)
    if not 1 < wall.year < 9999 or abs(offset or 0) >= 24 * 60:
        return None
    return Instant(wall.timestamp() - 60 * (offset or 0), offset, Clock.EXIF, raw[:64])


def located(gps: Tags) -> Instant | None:
    """When the satellites said it was, UTC."""
    clock = gps.get(7)
    if not isinstance(clock, tuple) or len(clock) != 3:
        return None
    try:
        # not strptime: it imports a module of its own when first called, behind Landlock too late
        day = datetime(*(int(part) for part in words(gps.get(29)).replace("-", ":").split(":")[:3]), tzinfo=UTC)  # type: ignore[misc, arg-type]
        hours, minutes, seconds = (float(part) for part in clock)
        if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds <= 60 and 1 < day.year < 9999):
            return None
        found = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, ArithmeticError, TypeError):
        return None
    return Instant(found.timestamp(), 0, Clock.EXIF, f"{found:%Y-%m-%d %H:%M:%S} GPS")


def place(gps: Tags) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None where they are absent, out of range or both nought."""
    latitude = _degrees(gps.get(2), words(gps.get(1)), "S")
    longitude = _degrees(gps.get(4), words(gps.get(3)), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return (latitude, longitude) if latitude or longitude else None


def _degrees(value: object, side: str, negative: str) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3 or not side:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in value)
        found = degrees + minutes / 60 + seconds / 3600
    except (ValueError, ArithmeticError, TypeError):
        return None
    if not 0 <= found <= 180:  # also false for a 0/0 of a receiver without a fix
        return None
    return round(-found if side.upper().startswith(negative) else found, 6)


def orientation(tags: Tags) -> int:
    """1 to 8; 1 where it says anything else."""
    value = tags.get(ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def device(tags: Tags) -> str:
    """Maker and model, the maker not said twice."""
    make, model = words(tags.get(MAKE)), words(tags.get(MODEL))
    first = make.split(" ")[0].lower()
    return model[:120] if first and model.lower().startswith(first) else f"{make} {model}".strip()[:120]
