"""Address lists (RFC 5322 §3.4): groups, comments, quoted names, and what real mail writes instead.

The standard library's getaddresses() is quadratic on nested comments and takes a comma inside an encoded word for
the end of an address; this cuts a list in one pass.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from crible.extract.mail.comments import comment_end
from crible.extract.mail.words import unfold, words
from crible.model.facts import Mailbox

MAILBOXES = 5_000
"""Mailboxes kept of one field."""

_SHORT = 1_000
"""Bytes of the longest field that is remembered: 256 of these take 20 MB at worst."""
_ADDRESS = 1_000
_TOKEN = re.compile(
    r'=\?[^?\s]++\?[bBqQ]\?[^?]*+\?=|"(?>(?:[^"\\]++|\\.)*)"|<[^<>]*+>|[(),:;]|\\.|[^\s"<>(),:;\\=]++|\s++|.', re.DOTALL
)
_ATOM = r'[^\s"<>(),:;\\=@]++'
_PLAIN = re.compile(
    rf"""\s*+(?:(?:"([^"\\=]*+)"|([^"<>(),:;\\=@]*+))\s*+<({_ATOM}@{_ATOM})>|({_ATOM}@{_ATOM}))\s*+(?:,|\Z)"""
)
"""`Name <address>`, `"Name" <address>` or an address alone, without anything that is read in two ways or decoded."""
_COMMENT = re.compile(r"\([^()]*+\)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def mailboxes(raw: bytes) -> tuple[Mailbox, ...]:
    """The mailboxes of one field's value, group members included, at most `MAILBOXES`.

    An item with neither name nor address (`<>`, an empty group) is left out. An item with two addresses counts as
    two: which one a program shows differs between programs, and none may be lost.
    """
    return _remembered(raw) if len(raw) <= _SHORT else _read(raw)


@lru_cache(maxsize=256)
def _remembered(raw: bytes) -> tuple[Mailbox, ...]:
    """People write to the same people: three address fields of four were met just before, on lists of two kinds."""
    return _read(raw)


def _read(raw: bytes) -> tuple[Mailbox, ...]:
    line = unfold(raw)
    plain = _plain(line)
    return (_parsed(line) if plain is None else plain)[:MAILBOXES]


def _parsed(line: str) -> tuple[Mailbox, ...]:
    boxes: list[Mailbox] = []
    for item in _items(line):
        boxes += [box for box in item.mailboxes() if box.name or box.address]
        if len(boxes) >= MAILBOXES:
            break
    return tuple(boxes)


def _plain(line: str) -> tuple[Mailbox, ...] | None:
    """The mailboxes of a list of plain ones, as nearly all are, for a third of the price; None for any other list."""
    found: list[Mailbox] = []
    at = 0
    while at < len(line):
        item = _PLAIN.match(line, at)
        if item is None:
            return None
        quoted, name, angle, bare = item.groups()
        local, _, domain = (angle or bare)[:_ADDRESS].partition("@")
        shown = quoted or name
        found.append(Mailbox(" ".join(shown.split()).strip("'") if shown else "", f"{local}@{domain.lower()}"))
        at = item.end()
    return tuple(found)


class _Item:
    def __init__(self) -> None:
        self.shown: list[str] = []
        self.raw: list[str] = []
        self.angles: list[str] = []
        self.comments: list[str] = []

    def add(self, token: str) -> None:
        if token[0] == "<" and token[-1] == ">" and len(token) > 1:
            self.angles.append(token[1:-1])
            return
        self.raw.append(token)
        quoted = token[0] == '"' and len(token) > 1
        self.shown.append(_ESCAPE.sub(r"\1", token[1:-1]) if quoted else token)

    def mailboxes(self) -> list[Mailbox]:
        name = _name("".join(self.shown))
        comment = _name(" ".join(self.comments))
        if self.angles:
            boxes = [Mailbox(name or comment, _address(angle)) for angle in self.angles]
            return [box for box in boxes if box.address] or [Mailbox(name, "")]
        unquoted = "".join(self.raw).split()
        bare = next((word for word in unquoted if "@" in word and word[-1] != '"'), "")
        if bare:
            return [Mailbox(comment or _name(" ".join(word for word in unquoted if word != bare)), _address(bare))]
        if name and not any(blank in name for blank in " \t") and '"' not in "".join(self.raw):
            return [Mailbox(comment, _address(name))]
        return [Mailbox(name, "")]


def _items(line: str) -> Iterator[_Item]:
    item = _Item()
    at = 0
    comments = "(" in line
    while token := _TOKEN.match(line, at):
        at = token.end()
        if token[0] in ",;":
            yield item
            item = _Item()
        elif token[0] == ":" and not item.angles and not any("@" in word for word in item.raw):
            item = _Item()  # what stood before was a group's name
        elif token[0] == "(" and comments:
            end = comment_end(line, at)
            comments = end >= 0  # an unclosed one is text, and no later one is searched for: that would be quadratic
            if comments:
                item.comments.append(line[at : end - 1])
                at = end
        else:
            item.add(token[0])
    yield item


def _name(shown: str) -> str:
    return " ".join(words(shown).split()).strip("'") if shown else ""


def _address(raw: str) -> str:
    """Without blanks and source route (RFC 5322 §4.4), the domain in lower case."""
    address = "".join((_COMMENT.sub("", raw) if "(" in raw else raw).split())[:_ADDRESS]
    if address.startswith("@"):
        address = address.rpartition(":")[2]
    address = address.removeprefix("mailto:")
    local, at, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}" if at else address
