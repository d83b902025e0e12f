"""Moments that programs wrote inside identifiers: boundaries, ids of servers and mails, Outlook's Thread-Index.

Each form is exact and was measured on 31,916 public mails of 2019 to 2024 before it was taken up: how far the moment
lies from the Date of real mail stands beside each. Forms that agree with a Date by chance only are left out (`b4`
change ids, numbers of ten digits, which Yahoo and Zimbra draw at random).
"""

import re
from calendar import timegm
from collections.abc import Iterator, Sequence
from datetime import date

from crible.extract.mail.dates import instant
from crible.extract.mail.fields import Header
from crible.extract.mail.hops import clauses
from crible.extract.mail.thread_index import EPOCH, ThreadIndex
from crible.model.facts import Hop, Part, Stamp

MOST = 100
MULTIPARTS = 10
X_RECEIVED = 10
DAY = 86_400
LOCAL = 15 * 3600
"""How far a wall clock may lie from UTC, with a switched daylight hour."""
_TEXT = 200
_FIRST, _LAST = 631_152_000, 2_208_988_800
"""1990 and 2040: a moment outside is no moment."""

_NEXT_PART = re.compile(r"----=_NextPart_[0-9A-F]{3}_[0-9A-F]{4}_([0-9A-F]{8})\.([0-9A-F]{8})")
_JAVA_PART = re.compile(r"----=_Part_-?\d{1,12}_-?\d{1,12}\.(\d{13})")
_GMAIL_PART = re.compile(r"[0-9a-f]{28}")
_GMAIL_ID = re.compile(r"(?:mr|si|sm|sor)\d{1,9}[a-z]{3}\.\d{1,4}\.(?:(\d{13})|(\d{4}(?:\.\d\d){5}))\Z")
_EXIM = re.compile(r"([0-9A-Za-z]{6})-[0-9A-Za-z]{6}(?:[0-9A-Za-z]{5}-[0-9A-Za-z]{4}|-[0-9A-Za-z]{2})")
_FILETIME = re.compile(rb"FILETIME=\[([0-9A-F]{8}):([0-9A-F]{8})\]")

_ARRIVALS = {
    "x-ms-exchange-crosstenant-originalarrivaltime": "X-MS-Exchange-CrossTenant-OriginalArrivalTime",
    "x-originalarrivaltime": "X-OriginalArrivalTime",
}

_MOZILLA = re.compile(r"<([0-9A-F]{8})\.\d{5,9}@")
_OUTLOOK = re.compile(r"<[0-9a-f]{4}([0-9a-f]{8})\$([0-9a-f]{8})\$[0-9a-f]{8}\$@")
_MILLIS = re.compile(r"<(?:\d{1,12}\.\d{1,12}\.|trinity-[0-9a-f-]{36}-)(\d{13})(?:\.JavaMail\.[^@]{0,100})?@")
_SENDMAIL = re.compile(r"<(\d{12})\.[0-9A-Za-z]{8}\d{5,8}@")
_DATED = re.compile(r"<(\d{14})[.-]")
_BASE62 = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}


def stamps(
    header: Header,
    bounds: Sequence[tuple[str, str]],
    message_id: str,
    chain: Sequence[Hop],
    index: ThreadIndex | None,
) -> tuple[Stamp, ...]:
    """Every embedded moment, at most `MOST`; `bounds` are part numbers with their boundaries, `chain` the Received."""
    found = [*_boundaries(bounds), *_message_id(message_id), *_received(header, chain)]
    if index:
        found.append(Stamp("thread-index", "Thread-Index", index.root, 2.0, index.guid))
        if index.replies:
            where = f"Thread-Index[{len(index.replies)}]"
            found.append(Stamp("thread-index", where, index.replies[-1], index.within, index.guid))
    found += _gmail(header)
    found += _arrivals(header)
    return tuple(stamp for stamp in found if _FIRST <= stamp.seconds < _LAST)[:MOST]


def boundaries(data: bytes, header: Header, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Part number and boundary of the first multiparts, as they stand in Content-Type (RFC 2046 §5.1.1)."""
    multiparts = [part for part in parts if part.mime.startswith("multipart/")][:MULTIPARTS]
    for part in multiparts:
        if part.number:
            raw = data[part.header_start : part.body_start]
        else:
            raw = next((field.raw for field in header.fields if field.name == "content-type"), b"")
        boundary = _boundary(raw[:8000])
        if boundary:
            yield part.number, boundary


def boundary_of(content_type: str) -> str:
    """The boundary that a Content-Type field names, as it stands; empty for none."""
    return _boundary(content_type[:8000].encode("utf-8", "replace"))


def _boundary(raw: bytes) -> str:
    at = raw.lower().find(b"boundary=")
    if at < 0:
        return ""
    value = raw[at + 9 : at + 9 + _TEXT].lstrip()
    value = value[1:].partition(b'"')[0] if value[:1] == b'"' else value.partition(b";")[0].partition(b"\n")[0]
    return value.strip().decode("latin-1")


def _boundaries(bounds: Sequence[tuple[str, str]]) -> Iterator[Stamp]:
    for number, boundary in bounds:
        where = f"boundary {number}" if number else "boundary"
        if len(boundary) == 28 and _GMAIL_PART.fullmatch(boundary):
            # Microseconds, their lower half first; 838 boundaries lie within 3 h of the Date.
            yield Stamp("gmail-boundary", where, int(boundary[18:26] + boundary[12:18], 16) / 1e6, 1.0, boundary)
        elif boundary.startswith("----=_"):
            if part := _NEXT_PART.fullmatch(boundary):
                # Outlook writes a FILETIME of its wall clock.
                yield Stamp("next-part", where, int(part[1] + part[2], 16) / 1e7 - EPOCH, LOCAL, boundary)
            elif part := _JAVA_PART.fullmatch(boundary):
                yield Stamp("java-boundary", where, int(part[1]) / 1e3, 1.0, boundary)  # 36 within 2 s


def _message_id(name: str) -> Iterator[Stamp]:
    seconds, within = _of_id(name)
    if seconds is not None:
        yield Stamp("message-id", "Message-ID", seconds, within, name[:_TEXT])


def _of_id(name: str) -> tuple[float | None, float]:
    if len(name) < 12 or not (name[1].isdigit() or name[1] in "ABCDEFtabcdef"):
        return None, 1.0
    if found := _MOZILLA.match(name):
        return int(found[1], 16), 1.0  # 172 within 34 s
    if found := _OUTLOOK.match(name):
        return int(found[1] + found[2], 16) / 1e7 - EPOCH, 1.0  # 114 within 32 s
    if found := _MILLIS.match(name):
        return int(found[1]) / 1e3, 1.0  # 100 within 3 s
    if found := _SENDMAIL.match(name):
        return _digits(found[1] + "00"), 60.0
    if found := _DATED.match(name):
        return _digits(found[1]), LOCAL  # UTC in git and mutt, a wall clock elsewhere: 13,340 of 13,345 within 12 h
    if name[1] == "E" and (found := _EXIM.match(name, 2)) and name[found.end() : found.end() + 1] == "@":
        return _exim(found[1]), 2.0  # 6 within 47 s
    return None, 1.0


def _received(header: Header, chain: Sequence[Hop]) -> Iterator[Stamp]:
    for at, hop in enumerate(chain):
        if stamp := _server_id(hop.id, "Received", at):
            yield stamp
    for at, field in enumerate(header.all("x-received")[:X_RECEIVED]):
        if stamp := _server_id(clauses(field.value).get("id", ""), "X-Received", at):
            yield stamp


def _server_id(name: str, field: str, at: int) -> Stamp | None:
    """Google's ids end in milliseconds, or in the time of day in California; Exim's begin with seconds in base 62."""
    if name[-1:].isdigit() and (found := _GMAIL_ID.search(name[-60:])):
        seconds = int(found[1]) / 1e3 if found[1] else _pacific(found[2])
        within = 1.0 if found[1] else 3600.0
        return None if seconds is None else Stamp("gmail-received", f"{field}[{at}]", seconds, within, name)
    if len(name) in (16, 23) and name[6] == "-" and (found := _EXIM.fullmatch(name)):
        return Stamp("exim-received", f"{field}[{at}]", _exim(found[1]), 2.0, name)
    return None


def _gmail(header: Header) -> Iterator[Stamp]:
    for name, kind, where in (("x-gm-msgid", "gm-msgid", "X-GM-MSGID"), ("x-gm-thrid", "gm-thrid", "X-GM-THRID")):
        for field in header.all(name)[:1]:
            value = field.value.strip()
            if len(value) <= 20 and value.isdigit():
                yield Stamp(kind, where, (int(value) >> 20) / 1e3, 1.0, value.decode())


def _arrivals(header: Header) -> Iterator[Stamp]:
    if _ARRIVALS.keys().isdisjoint(header.named):  # three mails of four
        return
    for field in header.fields:
        if field.name in _ARRIVALS:
            raw = field.value[:_TEXT]
            if found := _FILETIME.search(raw):
                seconds: float | None = int(found[2] + found[1], 16) / 1e7 - EPOCH
            else:
                moment = instant(raw.partition(b".")[0].strip())
                seconds = moment.seconds if moment else None
            if seconds is not None:
                yield Stamp("arrival", _ARRIVALS[field.name], seconds, 1.0, raw.strip().decode("latin-1"))


def _digits(text: str) -> float | None:
    """`20170314091200` as if UTC; None where there is no such moment."""
    year, month, day, hour, minute, second = (
        int(text[a:b]) for a, b in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
    )
    try:
        date(year, month, day)
    except ValueError:
        return None
    return (
        None if hour > 23 or minute > 59 or second > 60 else timegm((year, month, day, hour, minute, second, 0, 0, 0))
    )


def _exim(text: str) -> float:
    seconds = 0
    for c in text:
        seconds = seconds * 62 + _BASE62[c]
    return seconds


def _pacific(text: str) -> float | None:
    """`2015.06.10.19.05.37` by the clocks of California, in Unix seconds."""
    wall = _digits(text.replace(".", ""))
    if wall is None:
        return None
    return wall + (7 if _summer(int(text[:4]), wall) else 8) * 3600


def _summer(year: int, wall: float) -> bool:
    """Whether daylight time is kept there (Energy Policy Act of 2005; before 2007, the Uniform Time Act as amended)."""
    starts = _sunday(year, 3, 8) if year >= 2007 else _sunday(year, 4, 1)
    ends = _sunday(year, 11, 1) if year >= 2007 else _sunday(year, 10, 25)
    return starts + 2 * 3600 <= wall < ends + 2 * 3600


def _sunday(year: int, month: int, day: int) -> int:
    """Midnight of the first Sunday from that day on."""
    first = date(year, month, day)
    return timegm((year, month, day + 6 - first.weekday(), 0, 0, 0, 0, 0, 0))
