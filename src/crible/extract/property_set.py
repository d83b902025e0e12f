"""Property sets of OLE2 documents ([MS-OLEPS]; the two of Office: [MS-OSHARED] §2.3.3)."""

import codecs
import struct
from datetime import UTC, datetime, timedelta

from crible.extract.capped import clean
from crible.model.instant import Clock, Instant

SUMMARY = "\x05summaryinformation"
DOCUMENT_SUMMARY = "\x05documentsummaryinformation"
PROPERTIES = 1000
"""Properties of one set looked at."""
TEXT = 1000
"""Characters kept of a string."""
_I2, _I4, _BOOL, _LPSTR, _FILETIME, _LPWSTR = 2, 3, 11, 30, 64, 31
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_UNIX = 11_644_473_600
_UTF16 = 1200
_CODE_PAGES = {
    page: codecs.lookup(name).name
    for page, name in {
        874: "cp874", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 1250: "cp1250", 1251: "cp1251",
        1252: "cp1252", 1253: "cp1253", 1254: "cp1254", 1255: "cp1255", 1256: "cp1256", 1257: "cp1257",
        1258: "cp1258", 437: "cp437", 850: "cp850", 852: "cp852", 866: "cp866", 10000: "mac-roman",
        10007: "mac-cyrillic", 20866: "koi8-r", 28591: "latin-1", 28592: "iso8859-2", 65001: "utf-8", 1200: "utf-16-le",
    }.items()
}  # fmt: skip
"""Codecs are looked up on import: a sandboxed child cannot open the standard library's files any more."""

Value = str | int | Instant


def codec(page: int) -> str:
    """The codec of a Windows or Macintosh code page; Windows-1252 for one that is unknown."""
    return _CODE_PAGES.get(page & 0xFFFF, "cp1252")


def read(data: bytes) -> dict[int, Value]:
    """Properties of the first set of a stream, by identifier: strings, numbers and moments; other kinds are left out.

    Identifier 1 is the code page. Stops quietly where the stream breaks off.
    """
    if len(data) < 48 or data[:2] != b"\xfe\xff":
        return {}
    start = struct.unpack_from("<I", data, 44)[0]
    if start + 8 > len(data):
        return {}
    count = min(struct.unpack_from("<I", data, start + 4)[0], PROPERTIES, (len(data) - start - 8) // 8)
    places = dict(struct.unpack_from("<II", data, start + 8 + 8 * at) for at in range(count))
    page = _plain(data, start + places[1], 1252) if 1 in places else 1252
    page = page & 0xFFFF if isinstance(page, int) else 1252
    found: dict[int, Value] = {1: page} if 1 in places else {}
    for identifier, at in sorted(places.items()):
        value = _plain(data, start + at, page) if identifier > 1 else None
        if value is not None and value != "":
            found[identifier] = value
    return found


def moment(ticks: int) -> Instant | None:
    """A FILETIME (100 ns since 1601, UTC) as an instant; None where none is set, or not within a calendar's reach."""
    if not 0 < ticks < 2_650_467_744_000_000_000:  # the year 9999
        return None
    written = _EPOCH + timedelta(microseconds=ticks // 10)
    return Instant(ticks / 10_000_000 - _UNIX, 0, Clock.OFFICE, written.strftime("%Y-%m-%dT%H:%M:%SZ"))


def minutes(data: bytes) -> int | None:
    """Edit time of the first set (property 10): a FILETIME that is a length of time, not a moment."""
    if len(data) < 48 or data[:2] != b"\xfe\xff":
        return None
    start = struct.unpack_from("<I", data, 44)[0]
    if start + 8 > len(data):
        return None
    count = min(struct.unpack_from("<I", data, start + 4)[0], PROPERTIES, (len(data) - start - 8) // 8)
    for at in range(count):
        identifier, place = struct.unpack_from("<II", data, start + 8 + 8 * at)
        if identifier == 10 and start + place + 12 <= len(data):
            kind, ticks = struct.unpack_from("<IQ", data, start + place)
            return int(ticks // 600_000_000) if kind & 0xFFFF == _FILETIME and ticks < 1 << 60 else None
    return None


def _plain(data: bytes, at: int, page: int) -> Value | None:
    """The value of a TypedPropertyValue (§2.15) of a kind that documents use for facts."""
    if at + 8 > len(data):
        return None
    kind = struct.unpack_from("<I", data, at)[0] & 0xFFFF
    at += 4
    if kind in (_I2, _BOOL):
        return int(struct.unpack_from("<h", data, at)[0])
    if kind == _I4:
        return int(struct.unpack_from("<i", data, at)[0])
    if kind == _FILETIME and at + 8 <= len(data):
        return moment(struct.unpack_from("<Q", data, at)[0])
    size = struct.unpack_from("<I", data, at)[0]
    if kind == _LPWSTR:
        return _string(data[at + 4 : at + 4 + min(2 * size, 2 * TEXT)], "utf-16-le")
    if kind == _LPSTR:
        return _string(data[at + 4 : at + 4 + min(size, 2 * TEXT)], codec(page))
    return None


def _string(raw: bytes, name: str) -> str:
    text = raw[: len(raw) & ~1].decode(name, "replace") if name == "utf-16-le" else raw.decode(name, "replace")
    return clean(text.partition("\0")[0]).strip()[:TEXT]
