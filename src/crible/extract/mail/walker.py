"""The MIME structure of a message by byte offsets, nothing decoded and nothing re-serialised (RFC 2046 §5.1).

One pass over the lines that begin with `--`: each is looked up among the boundaries that are open, so a boundary that
is a prefix of another, or 100,000 lines that look like one, cost nothing. The standard library's parser asks every
open boundary's regular expression at every line, and gives no offsets.
"""

import re
from dataclasses import dataclass

from crible.extract.mail.fields import Header, split_header
from crible.extract.mail.parameters import media_type, parameters
from crible.extract.mail.words import text
from crible.model.facts import Part

TOO_DEEP = "too-deep"
TOO_MANY = "too-many-parts"
NO_BOUNDARY = "boundary-missing"
NO_DELIMITER = "boundary-absent"
UNCLOSED = "boundary-unclosed"
EPILOGUE = "text-after-last-part"
AMBIGUOUS = "header-ambiguous"
OPAQUE = "application/octet-stream"
MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})

_BREAK = re.compile(rb"\n(?:[ \t]*+\r?\n|--)")
"""A line of blanks ends a part's header like an empty one: relaxed canonicalization signs the two alike, so anybody may
put blanks there, and lines of the text that look like fields would vanish into the header."""
_TOKEN = re.compile(rb"""[\s"]*+([^\s;"(]++)""")


@dataclass(frozen=True, slots=True)
class Structure:
    """Every entity of a message in document order, and what was odd about their framing."""

    parts: tuple[Part, ...]
    defects: tuple[str, ...] = ()
    """Message keys of domain `ledger`, in the order first met."""


def walk(data: bytes, header: Header | None = None, *, depth: int = 30, parts: int = 2000) -> tuple[Part, ...]:
    """Every entity of the message in document order: the whole as ``, then `1`, `2`, `2.1` … (IMAP numbers).

    A message without parts has the entity `1` beside ``, with the same spans. `message/rfc822` is a leaf: its body
    span is the inner message. The line end before a delimiter belongs to the delimiter. What lies beyond `depth`
    levels or `parts` entities is one opaque part of type application/octet-stream.
    """
    return structure(data, header, depth=depth, parts=parts).parts


def structure(data: bytes, header: Header | None = None, *, depth: int = 30, parts: int = 2000) -> Structure:
    """As `walk`, with the defects met. Work is linear in the size of `data` times at most `depth`."""
    walker = _Walker(data, depth, parts)
    walker.run(header or split_header(data))
    entities = walker.entities
    if not entities[0].children:
        entities.append(_copy(entities[0], "1"))
    return Structure(tuple(entity.part() for entity in entities), tuple(dict.fromkeys(walker.defects)))


def leaves(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The entities without parts of their own: what a mail consists of."""
    following = (*(part.number for part in parts[1:]), "")
    return tuple(
        part
        for part, after in zip(parts, following, strict=True)
        if part.number and not after.startswith(part.number + ".")
    )


@dataclass(slots=True)
class _Entity:
    number: str
    mime: str
    header_start: int
    body_start: int
    body_end: int = -1
    encoding: str = ""
    charset: str = ""
    name: str = ""
    disposition: str = ""
    boundary: bytes = b""
    children: int = 0
    closed: int = -1
    """Where the epilogue begins, once the closing delimiter was met."""

    def part(self) -> Part:
        inline = (
            self.mime in ("text/plain", "text/html")
            and self.disposition != "attachment"
            and (not self.name or (self.number == "1" and not self.header_start))
        ) or (self.mime.startswith("multipart/") and not self.children)
        return Part(
            self.number, self.mime, self.header_start, self.body_start, self.body_end, self.encoding, self.charset,
            self.name, self.disposition, bool(self.number) and inline,
        )  # fmt: skip


def _copy(whole: _Entity, number: str) -> _Entity:
    return _Entity(
        number, whole.mime, whole.header_start, whole.body_start, whole.body_end, whole.encoding, whole.charset,
        whole.name, whole.disposition,
    )  # fmt: skip


class _Walker:
    """The open entities, outermost first, and the boundaries of those that are multiparts."""

    def __init__(self, data: bytes, depth: int, parts: int) -> None:
        self.data, self.depth, self.limit = data, depth, parts
        self.entities: list[_Entity] = []
        self.defects: list[str] = []
        self.stack: list[_Entity] = []
        self.levels: dict[bytes, int] = {}

    def run(self, header: Header) -> None:
        self.open("", 0, header)
        at = header.body_start
        while self.levels and (met := self.delimiter(at)):
            line, at, boundary, last = met
            level = self.levels[boundary]
            self.close(level + 1, line)
            parent = self.stack[level]
            if last:
                parent.closed = at
                del self.levels[boundary]
            elif len(self.entities) >= self.limit:
                self.opaque(f"{parent.number}.{parent.children + 1}".lstrip("."), at)
                break
            else:
                parent.children += 1
                header = self.header(at)
                self.open(f"{parent.number}.{parent.children}".lstrip("."), at, header, digest=_is_digest(parent))
                at = header.body_start
        self.close(0, len(self.data), whole=True)

    def delimiter(self, at: int) -> tuple[int, int, bytes, bool] | None:
        """The next delimiter line of an open multipart: its start, its end, the boundary, whether it closes."""
        at -= 1
        while (at := self.data.find(b"\n--", at)) >= 0:
            stop = self.data.find(b"\n", at + 1) + 1 or len(self.data)
            boundary, last = self.match(self.data[at + 3 : stop])
            if boundary is not None:
                return at + 1, stop, boundary, last
            at = stop - 1
        return None

    def match(self, line: bytes) -> tuple[bytes | None, bool]:
        line = line.rstrip(b" \t\r\n")
        if line in self.levels:
            return line, False
        if line.endswith(b"--") and line[:-2] in self.levels:
            return line[:-2], True
        return None, False

    def header(self, start: int) -> Header:
        """The header of a part, cut off at the next delimiter: `--x:` would pass for a field of its own."""
        at = start - 1
        while found := _BREAK.search(self.data, at):
            line = found.start() + 1
            if self.data[line] != ord("-"):
                if self.data[line] in b" \t":
                    self.defects.append(AMBIGUOUS)
                return split_header(self.data, start, found.end())
            at = self.data.find(b"\n", line)
            if self.match(self.data[line + 2 : at if at >= 0 else None])[0] is not None:
                return split_header(self.data, start, max(start, line))
            if at < 0:
                break
        return split_header(self.data, start)

    def open(self, number: str, start: int, header: Header, *, digest: bool = False) -> None:
        entity = _described(number, start, header, digest=digest)
        self.entities.append(entity)
        self.stack.append(entity)
        if not entity.mime.startswith("multipart/"):
            return
        if not entity.boundary:
            self.defects.append(NO_BOUNDARY)
        elif len(self.stack) > self.depth:
            entity.mime = OPAQUE
            self.defects.append(TOO_DEEP)
        else:
            self.levels.setdefault(entity.boundary, len(self.stack) - 1)

    def opaque(self, number: str, start: int) -> None:
        """The part at which the count is full: it reaches to the end, and nothing in it is looked at."""
        self.stack[-1].children += 1
        entity = _Entity(number, OPAQUE, start, start)
        self.entities.append(entity)
        self.stack.append(entity)
        self.defects.append(TOO_MANY)

    def close(self, level: int, line: int, *, whole: bool = False) -> None:
        """End every entity from `level` on at the delimiter that starts at `line`, or with the data."""
        end = line
        if not whole and end and self.data[end - 1] == 10:
            end -= 2 if self.data[end - 2 : end - 1] == b"\r" else 1
        while len(self.stack) > level:
            entity = self.stack.pop()
            self.finish(entity, end)
            end = max(end, entity.body_end)  # an empty part may begin behind the line end that is the delimiter's

    def finish(self, entity: _Entity, end: int) -> None:
        entity.body_end = max(entity.body_start, end)
        if not entity.boundary or entity.mime == OPAQUE:
            return
        if self.levels.get(entity.boundary) == len(self.stack):
            del self.levels[entity.boundary]
        if not entity.children:
            self.defects.append(NO_DELIMITER)
        elif entity.closed < 0:
            self.defects.append(UNCLOSED)
        elif self.data[entity.closed : entity.body_end].strip():
            self.defects.append(EPILOGUE)


def _described(number: str, start: int, header: Header, *, digest: bool) -> _Entity:
    entity = _Entity(number, "message/rfc822" if digest else "text/plain", start, header.body_start)
    given: dict[str, bytes] = {}
    seen = set()
    for line in header.fields:
        if line.name in seen or not line.name.startswith("content-"):
            continue
        seen.add(line.name)
        if line.name == "content-type":
            value, given = parameters(line.value)
            entity.mime = media_type(value)
        elif line.name == "content-transfer-encoding":
            token = _TOKEN.match(line.value.strip())
            entity.encoding = token[1].decode("latin-1").lower() if token else ""
        elif line.name == "content-disposition":
            entity.disposition, disposed = parameters(line.value)
            entity.name = text(disposed.get("filename", b""))
    entity.name = _shown(entity.name or text(given.get("name", b"")))
    entity.charset = given.get("charset", b"").decode("latin-1").lower()
    if entity.mime.startswith("multipart/"):
        entity.boundary = given.get("boundary", b"").rstrip()
    return entity


def _is_digest(parent: _Entity) -> bool:
    return parent.mime == "multipart/digest"


def _shown(name: str) -> str:
    """A file name without control and bidirectional characters, at most 500 of what is left."""
    return "".join(letter for letter in name if letter.isprintable())[:500] if name else ""
