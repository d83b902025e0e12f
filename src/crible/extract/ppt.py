"""Presentations of before 2007 ([MS-PPT]): texts of slides and notes, by the records that the last saving left."""

import struct
from collections.abc import Iterator

from crible.extract import ole_facts
from crible.extract.capped import Collector, clean
from crible.extract.compound import Compound
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.paper import paper
from crible.extract.text import decode
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import Embedded, Mark
from crible.model.ledger import State
from crible.sandbox.window import Window

MIME = "application/vnd.ms-powerpoint"
STREAM = "powerpoint document"
STREAM_CAP = 512 << 20
DEPTH = 24
RECORDS = 2_000_000
_SLIDES = 20_000
_ENCRYPTED = 0xF3D1C4DF
_USER_EDIT, _PERSIST, _DOCUMENT, _SLIDE, _NOTES, _MASTER = 4085, 6002, 1000, 1006, 1008, 1016
_LIST, _PLACE, _SLIDE_INFO = 4080, 1011, 1017
_WIDE, _NARROW, _CSTRING, _COMMENT, _FONT, _DOCUMENT_ATOM = 4000, 4008, 4026, 12000, 4023, 1001
_LINK, _BLOB, _MACROS = 4055, 5003, 1023
OBJECT = 4113
"""Record that holds an object's storage, mostly compressed."""
_SHAPE, _PLACEHOLDER = 0xF004, 3011
_RUNNING = 4057
"""Container of header and footer texts (§2.4.15)."""
_NEWLINES = str.maketrans({"\r": "\n", "\x0b": "\n", "\x00": ""})


def read(window: Window) -> Reading:
    """Slides in the order of the presentation, then notes, then what the masters say of their own, by form feeds."""
    with reading("ppt"):
        compound = Compound(window)
        show = _Show(compound.read(STREAM, STREAM_CAP), compound.optional("current user"))
        collector = Collector()
        for section in show.sections():
            collector.add_section(section)
        text = collector.text()
        links = tuple(Embedded("link", target) for target in show.links)
        facts = ole_facts.file_facts(
            ole_facts.said(compound),
            (*ole_facts.embedded(compound), *show.objects, *show.files(), *links)[: ole_facts.EMBEDDED],
            {"user": _user(compound.optional("current user"))},
            pages=show.slides or None,
            hidden=tuple(show.hidden[:100]),
            marks=tuple(show.marks[: ole_facts.EMBEDDED]),
            fonts=tuple(sorted(show.fonts)[:100]),
            paper=show.paper,
        )
        return Reading(MIME, text, detect(text), file=facts, truncated=collector.left_out)


def walk(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int, int]]:
    """(kind, instance, depth, body's start, body's end) of each record in a range, containers before what they hold.

    A record that says it is longer than its container is taken to end with it.
    """
    ends = [end]
    at = start
    for _ in range(RECORDS):
        while len(ends) > 1 and at >= ends[-1]:
            ends.pop()
        if at + 8 > ends[-1]:
            if len(ends) == 1:
                return
            at = ends.pop()
            continue
        tag, kind, size = struct.unpack_from("<HHI", data, at)
        body, stop = at + 8, min(at + 8 + size, ends[-1])
        yield kind, tag >> 4, len(ends), body, stop
        if (tag & 15 == 15 or kind == _BLOB) and len(ends) < DEPTH:
            ends.append(stop)
            at = body
        else:
            at = stop


class _Show:
    """The presentation that the newest edit describes; all records where that cannot be followed."""

    def __init__(self, data: bytes, current: bytes) -> None:
        self._data = data
        if len(current) >= 16 and struct.unpack_from("<I", current, 12)[0] == _ENCRYPTED:
            raise Unreadable("encrypted", State.ENCRYPTED)
        self.links: dict[str, None] = {}
        self.objects: list[Embedded] = []
        self.hidden: list[str] = []
        self.marks: list[Mark] = []
        self.fonts: set[str] = set()
        self.paper = self._author = ""
        self.slides = 0
        self._places, self._document = self._persisted(current)

    def sections(self) -> Iterator[str]:
        """Texts of slides, notes and masters; one section of everything where the newest edit leads nowhere."""
        at = self._places.get(self._document, -1)
        if at < 0 or self._kind(at) != _DOCUMENT:
            yield "\n".join(filter(None, self._texts(0, len(self._data))))
            return
        start, end = self._body(at)
        lists = self._document_lists(start, end)
        met: set[int] = set()
        for instance in (0, 2, 1):
            for place, outline in lists.get(instance, ()):
                where = self._places.get(place, -1)
                if where >= 0 and where in met:
                    continue  # listed twice by no program; a million times it would take hours
                met.add(where)
                if instance == 0:
                    self.slides += 1
                body = self._body(where) if where >= 0 else (0, 0)
                said = [] if instance == 1 else outline
                found = list(self._texts(*body, masters=instance == 1))
                told = set(said)
                yield "\n".join([*said, *(text for text in found if text and text not in told)])

    def files(self) -> Iterator[Embedded]:
        """Embedded objects, which lie side by side with the slides (§2.10.34)."""
        at, number = 0, 0
        while at + 8 <= len(self._data) and number < ole_facts.EMBEDDED:
            kind, size = struct.unpack_from("<HI", self._data, at + 2)
            if kind == OBJECT:
                number += 1
                yield Embedded("object", f"object-{number}", size)
            at += 8 + size

    def _persisted(self, current: bytes) -> tuple[dict[int, int], int]:
        """Offsets of objects by their number, newest first, and the document's number (§2.1.2)."""
        places: dict[int, int] = {}
        document = -1
        at = struct.unpack_from("<I", current, 16)[0] if len(current) >= 20 else -1
        if not self._is(at, _USER_EDIT):
            at = self._last_edit()
        seen: set[int] = set()
        while self._is(at, _USER_EDIT) and at not in seen:
            seen.add(at)
            size = struct.unpack_from("<I", self._data, at + 4)[0]
            if at + 32 > len(self._data):
                break
            before, directory, number = struct.unpack_from("<III", self._data, at + 16)
            if size >= 32 and at + 40 <= len(self._data) and struct.unpack_from("<I", self._data, at + 36)[0]:
                raise Unreadable("encrypted", State.ENCRYPTED)
            document = number if document < 0 else document
            for key, offset in self._directory(directory):
                places.setdefault(key, offset)
            at = before
        return places, document

    def _last_edit(self) -> int:
        return self._data.rfind(struct.pack("<H", _USER_EDIT)) - 2

    def _directory(self, at: int) -> Iterator[tuple[int, int]]:
        if not self._is(at, _PERSIST):
            return
        at, end = self._body(at)
        while at + 4 <= end:
            first = struct.unpack_from("<I", self._data, at)[0]
            number, count = first & 0xFFFFF, min(first >> 20, (end - at - 4) // 4)
            for offset in struct.unpack_from(f"<{count}I", self._data, at + 4):
                yield number, offset
                number += 1
            at += 4 + 4 * max(count, first >> 20)

    def _kind(self, at: int) -> int:
        return struct.unpack_from("<H", self._data, at + 2)[0] if 0 <= at <= len(self._data) - 8 else -1

    def _is(self, at: int, kind: int) -> bool:
        return self._kind(at) == kind

    def _body(self, at: int) -> tuple[int, int]:
        if not 0 <= at <= len(self._data) - 8:
            return 0, 0
        return at + 8, min(at + 8 + struct.unpack_from("<I", self._data, at + 4)[0], len(self._data))

    def _document_lists(self, start: int, end: int) -> dict[int, list[tuple[int, list[str]]]]:
        """For slides (0), masters (1) and notes (2): each one's number and its texts in the outline (§2.4.14.3)."""
        lists: dict[int, list[tuple[int, list[str]]]] = {}
        within, until = -1, 0
        for kind, instance, _, at, stop in walk(self._data, start, end):
            if kind == _LIST:
                within, until = instance, stop
            elif kind == _PLACE and at < until and len(lists.setdefault(within, [])) < _SLIDES and stop - at >= 4:
                lists[within].append((struct.unpack_from("<I", self._data, at)[0], []))
            elif kind in (_WIDE, _NARROW) and at < until and lists.get(within):
                lists[within][-1][1].append(self._text(kind, at, stop))
            else:
                self._aside(kind, instance, at, stop)
        return lists

    def _aside(self, kind: int, instance: int, at: int, stop: int) -> None:
        """What the document's own records say beside its texts."""
        if kind == _FONT:
            name = self._text(_WIDE, at, min(stop, at + 64)).partition("\n")[0].strip()
            if name.isprintable() and name and len(self.fonts) < 100:
                self.fonts.add(name)
        elif kind == _DOCUMENT_ATOM and stop - at >= 8:
            width, height = struct.unpack_from("<ii", self._data, at)
            self.paper = paper(width / 576 * 25.4, height / 576 * 25.4)
        elif kind == _CSTRING and instance == 1 and len(self.links) < 200:
            target = self._text(_WIDE, at, stop)
            if "://" in target or target.startswith("mailto:"):
                self.links[target[:500]] = None
        elif kind == _MACROS:
            self.objects.append(Embedded("macro", "VBA"))

    def _texts(self, start: int, end: int, *, masters: bool = False) -> Iterator[str]:
        """Texts of a slide's shapes, headers, footers, comments. Of a master only shapes that are no placeholders."""
        held: list[str] = []
        placeholder = False
        inside: dict[int, int] = {}
        """Depth of the container met last, of those whose texts have a meaning of their own."""
        for kind, instance, depth, at, stop in walk(self._data, start, end):
            if kind == _SHAPE:
                yield from held if not (masters and placeholder) else ()
                held, placeholder = [], False
            elif kind == _PLACEHOLDER:
                placeholder = True
            elif kind in (_COMMENT, _RUNNING):
                inside[kind] = depth
            elif kind in (_WIDE, _NARROW):
                held.append(self._text(kind, at, stop))
            elif kind == _CSTRING and depth == inside.get(_COMMENT, -1) + 1:
                held.append(self._comment(instance, self._text(_WIDE, at, stop)))
            elif kind == _CSTRING and depth == inside.get(_RUNNING, -1) + 1:
                held.append(self._text(_WIDE, at, stop))
            elif kind == _SLIDE_INFO:
                self._info(at, stop)
        yield from held if not (masters and placeholder) else ()

    def _comment(self, instance: int, text: str) -> str:
        """A comment's strings come one by one: author, text, initials (§2.4.20.1)."""
        if instance == 0:
            self._author = text
        if instance != 1:
            return ""
        self.marks.append(Mark("comment", self._author[:200], None, text[:200]))
        return f"{self._author}: {text}" if self._author else text

    def _info(self, at: int, stop: int) -> None:
        """Whether the slide at hand is left out of the show (§2.4.18.1)."""
        if self.slides and stop - at >= 12 and struct.unpack_from("<H", self._data, at + 10)[0] & 4:
            self.hidden.append(f"slide: {self.slides}")

    def _text(self, kind: int, at: int, stop: int) -> str:
        raw = self._data[at:stop]
        text = decode(raw, "latin-1") if kind == _NARROW else raw[: len(raw) & ~1].decode("utf-16-le", "replace")
        return clean(text.translate(_NEWLINES)).strip()


def _user(current: bytes) -> str:
    """Who saved it last, as the stream of that name says (§2.3.2)."""
    if len(current) < 28:
        return ""
    size = struct.unpack_from("<H", current, 20)[0]
    return clean(current[28 : 28 + min(size, 255)].decode("cp1252", "replace")).strip()
