"""The stored mail as the recipes see it: fields by name, the list it came through, the parts of its body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from crible.extract.mail.addresses import mailboxes
from crible.extract.mail.fields import Field, Header, split_header
from crible.extract.mail.parameters import parameters

MIME = re.compile(r"content-|mime-version$")
_NAMED = re.compile(rb"([\w.' -]{1,60}|\"[^\"<>\n]{1,60}\") ?[<\[](?:mailto:)?$")
_ADDRESS = re.compile(rb"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
PEOPLE = 40
"""People of the thread that are tried as recipients."""
LISTS = 12
TEXT = 1 << 16
"""Bytes of the body in which people are looked for."""
PARTS = 200
"""Parts of one multipart that are looked at."""


@dataclass(frozen=True, slots=True)
class Multipart:
    """A body cut at its boundary: byte ranges of the parts (header included), and where its delimiters stand."""

    parts: tuple[tuple[int, int], ...]
    delimiters: tuple[tuple[int, int], ...]
    """Each line, from the line end that belongs to it to its own line end; the closing one last, if there is one."""
    closed: bool


class Mail:
    """A stored mail and what was found out about it once, for all recipes."""

    def __init__(self, header: Header, body: bytes, passages: Sequence[str] = (), people: Sequence[str] = ()) -> None:
        self.header, self.body = header, body
        self.passages = tuple(passages)
        self.people = tuple(people)
        """Mailboxes of the thread, as written in its other mails' headers."""
        self.read: Any = None
        """The draft whose texts were asked for last, and these (`texts.texts`)."""
        self._fields: dict[str, list[Field]] = {}
        for field in header.fields:
            self._fields.setdefault(field.name, []).append(field)

    def fields(self, name: str) -> Sequence[Field]:
        """Fields of that lower-case name, top first."""
        return self._fields.get(name, ())

    def raws(self, name: str) -> tuple[bytes, ...]:
        """The same as bytes."""
        return tuple(field.raw for field in self.fields(name))

    def value(self, name: str) -> bytes:
        """The value of the first field of that name on one line, without blanks around it."""
        fields = self.fields(name)
        return unfolded(fields[0].value) if fields else b""

    @cached_property
    def mime(self) -> tuple[Field, ...]:
        """The fields that describe the body."""
        return tuple(field for field in self.header.fields if MIME.match(field.name))

    @cached_property
    def inner(self) -> Header | None:
        """The header of the body's first part."""
        cut = multipart(self.body, self.value("content-type"))
        return split_header(self.body, *cut.parts[0]) if cut and cut.parts else None

    @cached_property
    def known(self) -> tuple[tuple[bytes, bytes], ...]:
        """Names and addresses of the people that the mail or its thread names, each address once under each name."""
        found: dict[tuple[bytes, bytes], None] = {}
        others = [one.encode("utf-8", "replace") for one in self.people]
        lists = [one for one in others if one.count(b"@") > 1]
        alone = [one for one in others if one.count(b"@") == 1]
        for value in [*alone, *self._own_people(), *lists][: 2 * PEOPLE]:
            for box in mailboxes(value):
                if box.address.isascii() and "@" in box.address and box.name.isascii():
                    found.setdefault((box.name.encode(), box.address.encode()))
        return tuple(found)[:PEOPLE]

    @cached_property
    def lists(self) -> tuple[bytes, ...]:
        """Recipients as other mails of the thread list them."""
        return tuple(one.encode("utf-8", "replace") for one in self.people if one.count("@") > 1)[:LISTS]

    def _own_people(self) -> Iterator[bytes]:
        for name in ("reply-to", "from", "to", "cc", "sender", "x-original-from", "x-original-sender"):
            yield from (field.value for field in self.fields(name)[:3])
        yield from islice(_named(self.body[:TEXT]), PEOPLE)

    @cached_property
    def newline(self) -> bytes:
        """How the stored mail ends its lines."""
        return b"\r\n" if self.header.fields and self.header.fields[0].raw.endswith(b"\r\n") else b"\n"


def _named(text: bytes) -> Iterator[bytes]:
    """The mailboxes of a text, `Name <address>` or the address alone; only what stands around an @ is looked at."""
    at = text.find(b"@")
    while at >= 0:
        start = max(text.rfind(b"\n", 0, at) + 1, at - 140)
        if found := _ADDRESS.search(text, max(start, at - 64), at + 120):
            named = _NAMED.search(text, start, found.start())
            yield (named[1].strip() + b" <" + found[0] + b">") if named else found[0]
        at = text.find(b"@", at + 1)


def unfolded(value: bytes) -> bytes:
    """A field's value on one line, blanks around it gone, those within as they stand."""
    return value.replace(b"\r", b"").replace(b"\n", b"").strip(b" \t")


def multipart(body: bytes, content_type: bytes) -> Multipart | None:
    """The parts of a body whose Content-Type has that value; None if it is no multipart or has none of its delimiters.

    Linear in the size of the body. Delimiters beyond the two hundredth are text.
    """
    kind, given = parameters(content_type)
    boundary = given.get("boundary", b"").rstrip()
    if not kind.startswith("multipart/") or not boundary:
        return None
    found, closed = _delimiters(body, b"--" + boundary)
    if not found:
        return None
    ends = [start for start, _ in found[1:]] + ([] if closed else [len(body)])
    parts = [(found[n][1], max(found[n][1], end)) for n, end in enumerate(ends)]
    return Multipart(tuple(parts), tuple(found), closed)


def _delimiters(body: bytes, mark: bytes) -> tuple[list[tuple[int, int]], bool]:
    found: list[tuple[int, int]] = []
    at = 0 if body.startswith(mark) else body.find(b"\n" + mark)
    while at >= 0 and len(found) <= PARTS:
        line = at if at == 0 and body.startswith(mark) else at + 1
        stop = body.find(b"\n", line) + 1 or len(body)
        rest = body[line + len(mark) : stop].rstrip(b" \t\r\n")
        if rest in (b"", b"--"):
            start = line - 1 if line else 0
            start -= start > 0 and body[start - 1 : start] == b"\r"
            start = max(start, found[-1][1]) if found else start
            found.append((start, stop))
            if rest:
                return found, True
        at = body.find(b"\n" + mark, max(at + 1, stop - 1))
    return found, False
