"""Matroska and WebM: title, programs, date, duration, codecs (RFC 8794, RFC 9559)."""

import struct
from collections.abc import Iterator

from crible.extract.guard import reading
from crible.extract.media import said, seconds, told
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant
from crible.sandbox.window import Window

_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO, _TAGS, _TAG, _SIMPLE = (
    0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x1254C367, 0x7373, 0x67C8,
)  # fmt: skip
_TITLE, _MUXER, _WRITER, _DATE, _SCALE, _DURATION = 0x7BA9, 0x4D80, 0x5741, 0x4461, 0x2AD7B1, 0x4489
_CODEC, _WIDTH, _HEIGHT, _NAME, _STRING = 0x86, 0xB0, 0xBA, 0x45A3, 0x4487
_HOLDERS = frozenset({_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO, _TAGS, _TAG, _SIMPLE})
_KEPT = frozenset({_TITLE, _MUXER, _WRITER, _DATE, _SCALE, _DURATION, _CODEC, _WIDTH, _HEIGHT, _NAME, _STRING})
_EPOCH = 978_307_200
"""1 January 2001, from which DateUTC counts nanoseconds."""
_MOST = 50_000
_WORDS = ("TITLE", "ARTIST", "COMMENT", "DESCRIPTION", "COPYRIGHT", "SUMMARY")


def read(window: Window) -> Reading:
    """Facts of a film; raises Unreadable `corrupt` where no segment is told of."""
    found: dict[int, list[bytes]] = {}
    with reading("matroska"):
        for key, value in _elements(window):
            found.setdefault(key, []).append(value)
        if not found:
            raise Unreadable("corrupt", reader="matroska", detail="no segment")
        tags = dict(zip(map(_text, found.get(_NAME, ())), map(_text, found.get(_STRING, ())), strict=False))
        return _reading(window, found, tags)


def _reading(window: Window, found: dict[int, list[bytes]], tags: dict[str, str]) -> Reading:
    first = {key: values[0] for key, values in found.items()}
    date = first.get(_DATE)
    created = _instant(int.from_bytes(date, "big", signed=True)) if date and len(date) == 8 else None
    title = _text(first.get(_TITLE, b""))
    width, height = (int.from_bytes(first.get(key, b""), "big") for key in (_WIDTH, _HEIGHT))
    facts = FileFacts(
        title=title[:500],
        author=tags.get("ARTIST", "")[:500],
        application=_text(first.get(_WRITER, b""))[:200],
        created=created,
        instants=(created,) if created else (),
        properties=said(
            muxer=_text(first.get(_MUXER, b"")),
            codecs=", ".join(dict.fromkeys(_text(value) for value in found.get(_CODEC, ())[:50])),
            duration=seconds(_duration(first)),
            size=f"{width}x{height}" if width and height else "",
        ),
    )
    return told(sniff(window), facts, title, *(tags.get(name, "") for name in _WORDS))


def _duration(first: dict[int, bytes]) -> float | None:
    raw = first.get(_DURATION, b"")
    if len(raw) not in (4, 8):
        return None
    value: float = struct.unpack(">f" if len(raw) == 4 else ">d", raw)[0]
    return value * (int.from_bytes(first.get(_SCALE, b""), "big") or 1_000_000) / 1e9


def _instant(nanoseconds: int) -> Instant | None:
    at = _EPOCH + nanoseconds / 1e9
    return Instant(at, 0, Clock.MEDIA, "DateUTC") if 0 < at < 4_000_000_000 else None


def _elements(window: Window) -> Iterator[tuple[int, bytes]]:
    """Kept elements in order; holders are gone into, all else (clusters too) is stepped over by its size."""
    at, left = 0, _MOST
    while at < window.length and left:
        left -= 1
        key, size, start = _head(window, at)
        if not key:
            return
        if key in _HOLDERS:
            at = start
        elif size is None:  # a live recording: nothing says where its clusters end
            return
        else:
            if key in _KEPT and size <= 4096:
                yield key, window.read(start, size)
            at = start + size


def _head(window: Window, at: int) -> tuple[int, int | None, int]:
    """Identifier, size (None: unknown) and where the data start; identifier 0 where there is none."""
    head = window.read(at, 12)
    wide = 9 - head[0].bit_length() if head else 9
    if wide > 4 or len(head) <= wide:
        return 0, 0, at
    long = 9 - head[wide].bit_length()
    if long > 8 or len(head) < wide + long:
        return 0, 0, at
    size = int.from_bytes(head[wide : wide + long], "big") & ((1 << 7 * long) - 1)
    unknown = size == (1 << 7 * long) - 1
    return int.from_bytes(head[:wide], "big"), None if unknown else size, at + wide + long


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip("\0 ")
