"""TNEF, the `winmail.dat` in which Exchange wraps what a mail carries ([MS-OXTNEF]): its files, its text, its messages.

A reader of our own: tnefparse (LGPL-3.0) makes objects of the whole file first, data included, and has no bounds;
here files are slices of the stream, read by nobody before they are asked for.
"""

from collections.abc import Iterator
from functools import partial

from crible.intake import names
from crible.intake.budget import Budget, Meter
from crible.intake.decode import digest, produced
from crible.intake.outlook import tnef_stream
from crible.intake.outlook.bodies import bodies
from crible.intake.outlook.details import details
from crible.intake.outlook.item import ATTACHMENTS, DEPTH, RECIPIENTS, Attachment, Item
from crible.intake.outlook.properties import BINARY
from crible.intake.outlook.rebuild import file_name
from crible.intake.outlook.stream import begun
from crible.intake.outlook.tnef_stream import Content, Held, Span
from crible.model.entry import Begin, Closed, Entry, Refused, Resume, Slice
from crible.model.errors import Unreadable
from crible.model.ledger import Reason
from crible.sandbox.window import Window

MAGIC = tnef_stream.SIGNATURE
DATA = 0x3701
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
"""IID_IMessage, the interface in front of an embedded message (§2.1.3.4.2); others hold OLE objects."""
_INTERFACE = 16


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """The text as `body.html`, `body.rtf` or `body.txt`, then the attachments, then Closed.

    Files are slices; messages are rebuilt. A stream that breaks off gives what stands before, and says so.
    """
    try:
        content = tnef_stream.read(window)
    except Unreadable as fault:
        yield Closed(0, remainder=fault.reason)
        return
    listing = _Listing(window, content, budget)
    yield from listing.texts()
    yield from listing.attachments()
    fault_reason: Reason | None = content.fault.reason if content.fault else None
    yield Closed(listing.ordinal, remainder=fault_reason)


class _Listing:
    def __init__(self, window: Window, content: Content, budget: Budget) -> None:
        self._window, self._content, self._budget = window, content, budget
        self._meter, self._unique = Meter(budget), names.Unique()
        self.ordinal = 0

    def texts(self) -> Iterator[Entry]:
        """What the message itself says."""
        item = _item(self._window, self._content, 0)
        said = bodies(item.properties)
        plain = details(item) + (said.plain or "")
        for name, data in (
            ("body.txt", plain.encode("utf-8", "replace")),
            ("body.html", said.html or b""),
            ("body.rtf", said.rtf or b""),
        ):
            if data:
                begin = Begin(self._next(), self._unique(name), declared=len(data))
                yield from produced(begin, self._meter.over(iter((data,)), len(data)))

    def attachments(self) -> Iterator[Entry]:
        """Its files and messages."""
        for held in self._content.attachments:
            said = held.properties(self._content.codec)
            raw = file_name(said).encode("utf-8", "replace")
            name = names.clean(raw, limit=self._budget.name).replace("/", "%2F")
            ordinal, span = self._next(), _data(held)
            if span is None:
                reason = Unreadable("truncated").reason if self._content.fault else Reason("empty")
                yield Refused(ordinal, self._unique(name), Unreadable("empty").state, reason, raw)
            elif _is_message(self._window, span):
                yield from self._message(ordinal, f"{name}.eml", raw, span)
            else:
                yield self._slice(ordinal, name, raw, _file(span))

    def _message(self, ordinal: int, name: str, raw: bytes, span: Span) -> Iterator[Entry]:
        unique, inner = self._unique(name), _inner(self._window, span)
        try:
            item = _item(inner, tnef_stream.read(inner), 1)
        except Unreadable as fault:
            yield Refused(ordinal, unique, fault.state, fault.reason, raw)
            return
        begin = Begin(ordinal, unique, raw, None, span.start, span.length, mail=True)
        yield from begun(begin, item, self._meter, self._budget)

    def _slice(self, ordinal: int, name: str, raw: bytes, span: Span) -> Slice:
        hashed, _ = digest(self._window, span.start, span.length, self._budget.chunk)
        return Slice(ordinal, self._unique(name), span.start, span.length, hashed, raw)

    def _next(self) -> int:
        ordinal, self.ordinal = self.ordinal, self.ordinal + 1
        return ordinal


def _item(window: Window, content: Content, depth: int) -> Item:
    said = content.message.properties(content.codec)
    people = [held.properties(content.codec) for held in content.recipients[:RECIPIENTS]]
    attachments = [_attachment(window, held, content.codec, depth) for held in content.attachments[: ATTACHMENTS + 1]]
    lost = (content.fault.code,) if content.fault else ()
    return Item(said, "tnef", people, attachments, lost)


def _attachment(window: Window, held: Held, fallback: str, depth: int) -> Attachment:
    said, span = held.properties(fallback), _data(held)
    if span is None:
        return Attachment(said, None)
    if _is_message(window, span):
        return Attachment(said, None, partial(_embedded, window, span, depth))
    file = _file(span)
    return Attachment(said, partial(window.read, file.start, file.length), size=file.length)


def _embedded(window: Window, span: Span, depth: int) -> Item:
    if depth >= DEPTH:
        raise Unreadable("budget", which="levels", limit=DEPTH)
    inner = _inner(window, span)
    return _item(inner, tnef_stream.read(inner), depth + 1)


def _data(held: Held) -> Span | None:
    """Where the attachment's bytes stand: the property, which alone can hold an object, else the attribute."""
    found = held.spans.get(DATA)
    return found if found and found.length else held.data


def _is_message(window: Window, span: Span) -> bool:
    return span.kind != BINARY and window.read(span.start, _INTERFACE) == _MESSAGE


def _file(span: Span) -> Span:
    """Without the interface's name in front of an object."""
    if span.kind == BINARY or span.length < _INTERFACE:
        return span
    return Span(BINARY, span.start + _INTERFACE, span.length - _INTERFACE)


def _inner(window: Window, span: Span) -> Window:
    return window.within(span.start + _INTERFACE, span.length - _INTERFACE)
