"""MP4, QuickTime, M4A and 3GP: when, by what device, where, in which codecs (ISO/IEC 14496-12; Apple QTFF)."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crible.extract.guard import reading
from crible.extract.media import said, seconds, stated, told
from crible.extract.media.boxes import Box, Walk
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.model.examined import CREDENTIALS
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant
from crible.sandbox.window import Window

CREDENTIALS_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""Box of content credentials (C2PA 2.1 §A.5)."""
_EPOCH = 2_082_844_800
"""Seconds from 1904 to 1970."""
_PLACE = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
_ILST = {
    b"\xa9nam": "title", b"\xa9ART": "artist", b"\xa9alb": "album", b"\xa9cmt": "comment", b"\xa9too": "encoder",
    b"\xa9day": "day", b"\xa9lyr": "lyrics", b"desc": "description", b"cprt": "copyright", b"\xa9mak": "make",
    b"\xa9mod": "model", b"\xa9swr": "software", b"\xa9xyz": "location", b"\xa9inf": "comment",
}  # fmt: skip
_APPLE = {
    "com.apple.quicktime.make": "make",
    "com.apple.quicktime.model": "model",
    "com.apple.quicktime.software": "software",
    "com.apple.quicktime.creationdate": "day",
    "com.apple.quicktime.location.ISO6709": "location",
    "com.apple.quicktime.title": "title",
    "com.apple.quicktime.comment": "comment",
    "com.apple.quicktime.description": "description",
    "com.apple.quicktime.author": "artist",
    "com.android.version": "android",
    "com.android.manufacturer": "make",
    "com.android.model": "model",
}


@dataclass(slots=True)
class Said:
    """What was met so far."""

    words: dict[str, str] = field(default_factory=dict)
    created: Instant | None = None
    modified: Instant | None = None
    duration: float | None = None
    codecs: list[str] = field(default_factory=list)
    width: int = 0
    height: int = 0
    brand: str = ""


def read(window: Window) -> Reading:
    """Facts of a film or an M4A sound; raises Unreadable `corrupt` where no `moov` box tells of one."""
    said_, wants = Said(), []
    with reading("mp4"):
        walk, movie = Walk(window), None
        for box in walk.inside(0, window.length):
            if box.kind == b"ftyp":
                said_.brand = box.payload(window, 4).decode("ascii", "replace").strip()
            elif box.kind == b"moov" and movie is None:
                movie = box
            elif box.kind == b"uuid" and box.payload(window, 16) == CREDENTIALS_UUID:
                wants = [CREDENTIALS]
        if movie is None:
            raise Unreadable("corrupt", reader="mp4", detail="no moov box")
        _movie(walk, movie, said_)
    return _reading(window, said_, tuple(wants))


def _reading(window: Window, found: Said, wants: tuple[str, ...]) -> Reading:
    words = found.words
    make, model = words.get("make", ""), words.get("model", "")
    day = stated(_colon(words.get("day", "")))
    instants = tuple(filter(None, (found.created, found.modified, day)))
    facts = FileFacts(
        title=words.get("title", "")[:500],
        author=words.get("artist", "")[:500],
        application=(words.get("software") or words.get("encoder") or "")[:200],
        device=(model if make and model.startswith(make) else f"{make} {model}".strip())[:120],
        created=day or found.created,
        modified=found.modified,
        place=_place(words.get("location", "")),
        instants=tuple(dict.fromkeys(instants)),
        properties=said(
            brand=found.brand,
            codecs=", ".join(dict.fromkeys(found.codecs)),
            duration=seconds(found.duration),
            size=f"{found.width}x{found.height}" if found.width and found.height else "",
            android=words.get("android", ""),
        ),
        wants=wants,
    )
    texts = ("title", "artist", "album", "comment", "description", "lyrics", "copyright")
    return told(sniff(window), facts, *(words.get(name, "") for name in texts))


def _movie(walk: Walk, movie: Box, found: Said) -> None:
    for box in walk.of(movie):
        if box.kind == b"mvhd":
            _header(box.payload(walk.window, 64), found)
        elif box.kind == b"trak":
            _track(walk, box, found)
        elif box.kind == b"udta":
            for name, text in _user_data(walk, box):
                found.words.setdefault(name, text)
        elif box.kind == b"meta":
            for name, text in _meta(walk, box):
                found.words.setdefault(name, text)


def _header(data: bytes, found: Said) -> None:
    """mvhd: creation and modification since 1904, UTC by the standard, local time by some cameras; duration."""
    form = ">QQIQ" if data[:1] == b"\1" else ">IIII"
    if len(data) < 4 + struct.calcsize(form):
        return
    created, modified, scale, duration = struct.unpack_from(form, data, 4)
    found.created, found.modified = _instant(created), _instant(modified)
    found.duration = duration / scale if scale else None


def _instant(since_1904: int) -> Instant | None:
    at = since_1904 - _EPOCH
    if not 0 < at < 4_000_000_000:
        return None
    return Instant(float(at), 0, Clock.MEDIA, f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S} UTC")


def _track(walk: Walk, track: Box, found: Said) -> None:
    described = walk.find(track, b"mdia", b"minf", b"stbl", b"stsd")
    if described is not None and len(found.codecs) < 50:
        entry = described.payload(walk.window, 16)[12:16]
        found.codecs.append("".join(chr(byte) if 32 <= byte < 127 else "?" for byte in entry).strip())
    head = walk.find(track, b"tkhd")
    if head is not None and len(data := head.payload(walk.window, 128)) >= 84:
        width, height = struct.unpack(">II", data[-8:])
        if width >> 16 > found.width:
            found.width, found.height = width >> 16, height >> 16


def _user_data(walk: Walk, box: Box) -> Iterator[tuple[str, str]]:
    """udta: QuickTime's strings (length, language, text), and iTunes' meta."""
    for one in walk.of(box):
        if one.kind == b"meta":
            yield from _meta(walk, one)
        elif one.kind in _ILST:
            data = one.payload(walk.window, 4100)
            size = int.from_bytes(data[:2], "big")
            yield _ILST[one.kind], _text(data[4 : 4 + size])


def _meta(walk: Walk, box: Box) -> Iterator[tuple[str, str]]:
    """meta: a full box in MP4, a plain one in QuickTime; names in `keys` or by the item's own kind."""
    full = box.payload(walk.window, 8)[4:8] not in (b"hdlr", b"keys", b"ilst")
    names: list[str] = []
    for one in walk.of(box, 4 if full else 0):
        if one.kind == b"keys":
            names = [
                key.payload(walk.window, 200).decode("utf-8", "replace") for key in walk.inside(one.start + 8, one.end)
            ]
        elif one.kind == b"ilst":
            for item in walk.of(one):
                number = int.from_bytes(item.kind, "big") - 1
                key = _APPLE.get(names[number]) if 0 <= number < len(names) else _ILST.get(item.kind)
                value = walk.find(item, b"data")
                if key and value:
                    yield key, _text(value.payload(walk.window, 4100)[8:])


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip("\0 ")[:4000]


def _colon(raw: str) -> str:
    """`2017-03-27T14:05:09+0200`, as Apple writes it, with the colon that W3C wants."""
    return re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", raw.strip())


def _place(raw: str) -> tuple[float, float] | None:
    """ISO 6709: `+48.8577+002.2950+035/`."""
    match = _PLACE.match(raw)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    if abs(latitude) > 90 or abs(longitude) > 180 or not (latitude or longitude):
        return None
    return round(latitude, 6), round(longitude, 6)
