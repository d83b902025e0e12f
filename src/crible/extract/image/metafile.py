"""Windows metafiles: the words that they draw, their size, the program that made them ([MS-EMF], [MS-WMF]).

Tables and charts pasted into Office documents are kept so, and their words stand nowhere else. Nothing is drawn.
"""

import struct
from collections.abc import Iterator

from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.image import ImageFacts
from crible.sandbox.window import Window

EMF, WMF = "image/emf", "image/wmf"
CAP = 64 << 20
_RECORDS = 1_000_000
_EMF_HEADER, _TEXT_W, _TEXT_A, _EMF_END = 1, 84, 83, 14
_GLYPHS = 0x10
"""Option of a text record: it holds numbers of glyphs, not letters."""
_TEXTOUT, _EXTTEXTOUT = 0x0521, 0x0A32
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_CLIPPED = 0x06


def read_emf(window: Window) -> Reading:
    """Words in the order drawn, a line for each record; raises Unreadable `budget` or `corrupt`."""
    data = _bytes(window)
    with reading("emf"):
        width, height, made = _header(data)
        return _reading(EMF, _emf_words(data), width, height, made)


def read_wmf(window: Window) -> Reading:
    """The same of the older format."""
    data = _bytes(window)
    with reading("wmf"):
        width = height = 0
        start = 0
        if data.startswith(_PLACEABLE):
            left, top, right, bottom = struct.unpack_from("<4h", data, 6)
            width, height, start = abs(right - left), abs(bottom - top), 22
        return _reading(WMF, _wmf_words(data, start + 18), width, height, "")


def _bytes(window: Window) -> bytes:
    if window.length > CAP:
        raise Unreadable("budget", which="metafile", limit=CAP)
    return window.read()


def _reading(mime: str, words: Iterator[str], width: int, height: int, made: str) -> Reading:
    collector = Collector()
    for number, word in enumerate(words):
        collector.add("\n" + word if number else word)
    text = collector.text()
    facts = FileFacts(application=made, pages=1, image=ImageFacts(width, height, made))
    return Reading(mime, text, detect(text), file=facts, truncated=collector.left_out)


def _header(data: bytes) -> tuple[int, int, str]:
    """Size in device units, and `program picture` as the description gives them (§2.3.4.2)."""
    left, top, right, bottom = struct.unpack_from("<4i", data, 8)
    count, at = struct.unpack_from("<II", data, 60)
    said = data[at : at + 2 * min(count, 200)].decode("utf-16-le", "replace") if count and at else ""
    made = " ".join(clean(said.replace("\0", " ")).split())
    return max(0, min(right - left, 1 << 30)), max(0, min(bottom - top, 1 << 30)), made[:200]


def _emf_words(data: bytes) -> Iterator[str]:
    at = 0
    for _ in range(_RECORDS):
        if at + 8 > len(data):
            return
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or kind == _EMF_END:
            return
        if kind in (_TEXT_W, _TEXT_A) and size >= 76 and at + 76 <= len(data):
            count, start, options = struct.unpack_from("<III", data, at + 44)
            wide = 2 if kind == _TEXT_W else 1
            if not options & _GLYPHS and start + count * wide <= size:
                raw = data[at + start : at + start + count * wide]
                yield from _word(raw.decode("utf-16-le" if wide == 2 else "cp1252", "replace"))
        at += size


def _wmf_words(data: bytes, at: int) -> Iterator[str]:
    for _ in range(_RECORDS):
        if at + 6 > len(data):
            return
        size, kind = struct.unpack_from("<IH", data, at)
        if size < 3 or not kind:
            return
        body = data[at + 6 : at + 2 * size]
        if kind == _TEXTOUT and len(body) > 2:
            (count,) = struct.unpack_from("<h", body)
            yield from _word(body[2 : 2 + max(0, count)].decode("cp1252", "replace"))
        elif kind == _EXTTEXTOUT and len(body) > 8:
            count, options = struct.unpack_from("<hH", body, 4)
            start = 16 if options & _CLIPPED else 8
            if not options & _GLYPHS:
                yield from _word(body[start : start + max(0, count)].decode("cp1252", "replace"))
        at += 2 * size


def _word(text: str) -> Iterator[str]:
    if text := clean(text).strip():
        yield text[:4000]
