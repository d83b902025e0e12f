"""The header block of a message, cut into fields by byte offsets; nothing is unfolded or decoded (RFC 5322 §2.2)."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]++)[ \t]*+:[^\n]*+\n?+(?>(?:[ \t][^\n]*+\n?+)*)")
"""A name and its colon, then to the end of the last line that begins with a blank."""
_FROM_LINE = (b"From ", b">From ")


class Field(NamedTuple):
    """One header field, folded lines included, as it stands in the message.

    A tuple, since a mail has some sixty of them and a frozen dataclass takes four times as long to make.
    """

    name: str
    """Lower case."""
    raw: bytes
    """From the first byte of the name to the line end, that line end included."""
    start: int
    """Bytes from the start of the message."""

    @property
    def value(self) -> bytes:
        """What follows the colon, folds and line end included."""
        return self.raw[self.raw.index(b":") + 1 :]


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a message, top first, and where its body starts."""

    fields: tuple[Field, ...]
    body_start: int
    """First byte after the empty line; after the last field where that line is missing."""
    separated: bool = True
    """Whether the empty line was there."""
    _named: dict[str, list[Field]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def named(self) -> dict[str, list[Field]]:
        """The fields by (lower-case) name, each name's top first. Not to be changed."""
        if not self._named:  # a mail of sixty fields is asked for some twenty names
            for each in self.fields:
                self._named.setdefault(each.name, []).append(each)
        return self._named

    def all(self, name: str) -> tuple[Field, ...]:
        """Every field of that (lower-case) name, top first."""
        return tuple(self.named.get(name, ()))


def split_header(data: bytes, start: int = 0, end: int | None = None) -> Header:
    """Cut the header block that begins at `start`.

    Lines end at LF; a CR before it belongs to the line end. As the standard library does, the first line that is
    neither a field nor a continuation ends the block and belongs to the body, save a leading `From ` line, which
    is skipped. Work is linear in the block's size.
    """
    end = len(data) if end is None else end
    fields: list[Field] = []
    at = start
    while at < end:
        if found := _FIELD.match(data, at, end):
            fields.append(Field(found[1].decode("ascii").lower(), found[0], at))
            at = found.end()
            continue
        stop = data.find(b"\n", at, end) + 1 or end
        if data[at:stop] in (b"\n", b"\r\n", b"\r"):
            return Header(tuple(fields), stop)
        if at == start and data.startswith(_FROM_LINE, at):
            start = at = stop
            continue
        return Header(tuple(fields), at, separated=False)
    return Header(tuple(fields), end, separated=False)
