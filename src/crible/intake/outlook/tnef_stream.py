"""A TNEF stream's attributes and properties, by where their values stand ([MS-OXTNEF] §2.1): nothing large is read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from crible.intake.outlook.codepages import codec
from crible.intake.outlook.named import guid
from crible.intake.outlook.properties import (
    BINARY,
    FIXED,
    INTEGER16,
    MULTIPLE,
    OBJECT,
    STRING8,
    UNICODE,
    Fetch,
    Name,
    Properties,
    Value,
)
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

SIGNATURE = b"\x78\x9f\x3e\x22"
MESSAGE, ATTACHMENT = 1, 2
_CLASS, _SUBJECT, _BODY, _CODEPAGE, _PROPERTIES, _RECIPIENTS = 0x8008, 0x8004, 0x800C, 0x9007, 0x9003, 0x9004
_RENDERING, _DATA, _TITLE, _ATTACHED = 0x9002, 0x800F, 0x8010, 0x9005
_PLAIN = {_CLASS: 0x001A, _SUBJECT: 0x0037, _BODY: 0x1000, _TITLE: 0x3704}
"""Attributes whose value is also a MAPI property's, which prevails where both stand (§2.1.3.3)."""
_MOST = 10_000
"""Properties of one object, and rows of a table: real ones have a hundred."""
_ATTACHMENTS = 20_000
_VARIABLE = (STRING8, UNICODE, BINARY, OBJECT)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands, from the start of the stream."""

    kind: int
    start: int
    length: int


@dataclass(slots=True)
class Held:
    """Properties of the message, a recipient or an attachment."""

    window: Window
    spans: dict[int, Span] = field(default_factory=dict)
    names: dict[Name, int] = field(default_factory=dict)
    data: Span | None = None
    """An attachment's bytes, where they are an attribute of their own."""

    def properties(self, fallback: str) -> Properties:
        """They, decoded when asked for; `fallback` is the stream's codec."""
        values: dict[int, Fetch] = {number: partial(_value, self.window, span) for number, span in self.spans.items()}
        return Properties(values, self.names, fallback)


@dataclass(slots=True)
class Content:
    """A stream, read through."""

    message: Held
    recipients: list[Held] = field(default_factory=list)
    attachments: list[Held] = field(default_factory=list)
    codec: str = ""
    fault: Unreadable | None = None
    """Why it could not be read to its end."""


def read(window: Window) -> Content:
    """All attributes up to the first that makes no sense; raises Unreadable `corrupt` where the stream is none."""
    if window.read(0, 4) != SIGNATURE:
        raise Unreadable("corrupt", reader="tnef", detail="signature")
    content = Content(Held(window))
    try:
        for level, number, start, length in _attributes(window):
            if level == MESSAGE:
                _of_message(window, content, number, start, length)
            else:
                _of_attachment(window, content, number, start, length)
    except Unreadable as fault:
        content.fault = fault
    return content


def _attributes(window: Window) -> Iterator[tuple[int, int, int, int]]:
    """(level, number, start, length) of each attribute (§2.1.3.2). Checksums are not asked: Outlook does not either."""
    at = 6
    while at < window.length:
        head = window.read(at, 9)
        if len(head) < 9 or head[0] not in (MESSAGE, ATTACHMENT):
            # Gateways append empty lines and signatures; what is no attribute ends the stream.
            if head.strip(b"\0\r\n"):
                raise Unreadable("corrupt", reader="tnef", detail="attribute")
            return
        number, length = struct.unpack_from("<H2xI", head, 1)
        if at + 9 + length > window.length:
            raise Unreadable("truncated")
        yield head[0], number, at + 9, length
        at += length + 11


def _of_message(window: Window, content: Content, number: int, start: int, length: int) -> None:
    if number == _CODEPAGE and length >= 4:
        content.codec = codec(int.from_bytes(window.read(start, 4), "little"))
    elif number == _PROPERTIES:
        _Cursor(window, start, length).fill(content.message)
    elif number == _RECIPIENTS:
        cursor = _Cursor(window, start, length)
        for _ in range(cursor.count()):
            content.recipients.append(Held(window))
            cursor.fill(content.recipients[-1])
    elif number in _PLAIN:
        content.message.spans.setdefault(_PLAIN[number], Span(STRING8, start, length))


def _of_attachment(window: Window, content: Content, number: int, start: int, length: int) -> None:
    if number == _RENDERING or not content.attachments:
        if len(content.attachments) >= _ATTACHMENTS:
            raise Unreadable("budget", which="entries", limit=_ATTACHMENTS)
        content.attachments.append(Held(window))
    held = content.attachments[-1]
    if number == _DATA:
        held.data = Span(BINARY, start, length)
    elif number == _ATTACHED:
        _Cursor(window, start, length).fill(held)
    elif number in _PLAIN:
        held.spans.setdefault(_PLAIN[number], Span(STRING8, start, length))


class _Cursor:
    """A list of MAPI properties (§2.1.3.4), stepped through."""

    def __init__(self, window: Window, start: int, length: int) -> None:
        self._stream = window.stream(1 << 14)
        self._stream.seek(start)
        self._at, self._end = start, start + length

    def count(self) -> int:
        """A number of things to come. Raises Unreadable where there cannot be so many."""
        count = self._number()
        if count > _MOST:
            raise Unreadable("corrupt", reader="tnef", detail="count")
        return count

    def fill(self, held: Held) -> None:
        """One list of properties; the first of a number counts, as with Outlook, but for what an attribute said."""
        listed: set[int] = set()
        for _ in range(self.count()):
            head = self._number()
            kind, number = head & 0xFFFF, head >> 16
            if number & 0x8000:
                name = self._name()
                held.names.setdefault(name, number)
            span = self._value(kind)
            if span and number not in listed:
                listed.add(number)
                held.spans[number] = span

    def _value(self, kind: int) -> Span | None:
        base = kind & ~MULTIPLE
        if base in _VARIABLE:
            return self._variable(kind, base)
        size = FIXED.get(base)
        if size is None:
            raise Unreadable("corrupt", reader="tnef", detail=f"type {kind:04x}")
        count = self.count() if kind & MULTIPLE else 1
        span = Span(kind, self._at, size)
        self._skip(count * max(size, 4) if base != INTEGER16 or not kind & MULTIPLE else (2 * count + 3) & ~3)
        return span

    def _variable(self, kind: int, base: int) -> Span | None:
        found = None
        for _ in range(self.count()):
            length = self._number()
            found = found or Span(base if not kind & MULTIPLE else kind, self._at, length)
            self._skip(length + (-length % 4))
        return found

    def _name(self) -> Name:
        group = guid(self._bytes(16))
        if self._number() == 0:
            return Name(group, self._number())
        length = self._number()
        start = self._at
        text = self._bytes(min(length, 512)).decode("utf-16-le", "replace").rstrip("\0")
        self._skip(length + (-length % 4) - (self._at - start))
        return Name(group, text)

    def _number(self) -> int:
        number: int = struct.unpack("<I", self._bytes(4))[0]
        return number

    def _bytes(self, size: int) -> bytes:
        if self._at + size > self._end:
            raise Unreadable("truncated")
        data = self._stream.read(size)
        self._at += size
        if len(data) < size:
            raise Unreadable("truncated")
        return data

    def _skip(self, size: int) -> None:
        # The padding of the very last value is missing in some files.
        if self._at + size > self._end + 3:
            raise Unreadable("truncated")
        self._at += size
        self._stream.seek(self._at)


def _value(window: Window, span: Span) -> Value:
    return span.kind, window.read(span.start, span.length)
