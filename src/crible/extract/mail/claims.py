"""What servers wrote of a mail's authentication: Authentication-Results and its ARC form (RFC 8601, RFC 8617 §4.1.1).

Whoever writes a header can write these lines; nothing here says who did.
"""

import re
from collections.abc import Iterable, Iterator

from crible.extract.mail.comments import comment_end
from crible.extract.mail.fields import Header
from crible.extract.mail.words import unfold
from crible.model.facts import Claim

MOST = 200
"""Results kept of one mail; the most met in 31,916 list mails is 10."""
LONGEST = 1 << 14
"""Bytes of one field that are read."""

_PROPERTIES = 30
_VALUE = 300
_TOKEN = re.compile(r'"(?>(?:[^"\\]++|\\.)*)"|[;=(]|\s++|\\.|[^\s"(;=\\]++|.', re.DOTALL)
_COMMENT = re.compile(r"\([^()]*+\)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_DIGITS = re.compile(r"[1-9][0-9]{0,2}")

Piece = str | list[str]


def claims(header: Header) -> tuple[Claim, ...]:
    """The results of all Authentication-Results fields, top first, at most `MOST`."""
    found: list[Claim] = []
    for index, field in enumerate(header.all("authentication-results")):
        if len(found) >= MOST:
            break
        found += _results(_pieces(field.value), index)
    return tuple(found[:MOST])


def sealed_claims(value: bytes) -> tuple[int, tuple[Claim, ...]]:
    """Instance and results of an ARC-Authentication-Results field's value; instance 0 where it states none."""
    first, *rest = _pieces(value)
    name, _, number = "".join(first).strip().partition("=")
    if name.strip().lower() != "i" or not _DIGITS.fullmatch(number.strip()):
        return 0, ()
    return int(number), tuple(_results(rest, 0)[:MOST])


def _results(pieces: list[Piece], index: int) -> list[Claim]:
    """The first piece names the server and its version; some of Microsoft's servers leave it out and begin at once."""
    if not pieces:
        return []
    server = ""
    if "=" not in pieces[0]:
        server = next(iter("".join(pieces.pop(0)).split()), "").lower()[:_VALUE]
    found = (_claim(server, piece, index) for piece in pieces)
    return [claim for claim in found if claim is not None]


def _claim(server: str, piece: Piece, index: int) -> Claim | None:
    """`method/version=result` and its properties; None for `none` and for what is no result."""
    pairs = iter(_pairs(piece))
    method, result = next(pairs, ("", ""))
    method = method.partition("/")[0]
    if not method or not result:
        return None
    properties: dict[str, str] = {}
    for name, value in pairs:
        if len(properties) < _PROPERTIES:
            properties.setdefault(name[:_VALUE], value[:_VALUE])
    return Claim(server, method[:_VALUE], result.lower()[:_VALUE], properties, index)


def _pairs(piece: Piece) -> Iterable[tuple[str, str]]:
    """`name=value` pairs, names in lower case and without the blanks that may stand around their dots."""
    if isinstance(piece, list):
        return _read(piece)
    pairs = []
    for word in piece.split():
        name, _, value = word.partition("=")
        if not name or not value or name[0] in "./" or name[-1] in "./":
            return _read(_TOKEN.findall(piece))
        pairs.append((name.lower(), value))
    return pairs


def _read(tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A value ends at the next blank: one in quotes may hold blanks, base64 may hold `=`."""
    name, value, reading = "", "", False
    for word in tokens:
        if word.isspace():
            if reading and value:
                yield name, value
                name, value, reading = "", "", False
        elif reading:
            value += _ESCAPE.sub(r"\1", word[1:-1]) if len(word) > 1 and word[0] == '"' else word
        elif word == "=":
            reading = bool(name)
        elif name.endswith((".", "/")) or word[0] in "./":
            name += word.lower()
        else:
            name = word.lower()
    if reading and value:
        yield name, value


def _pieces(value: bytes) -> list[Piece]:
    """What stands between semicolons: text where it is plain, as nearly always, which is twice as fast; else tokens."""
    line = unfold(value[:LONGEST])
    if '"' not in line and "\\" not in line:
        plain = _COMMENT.sub(" ", line) if "(" in line else line
        if "(" not in plain:
            return list(plain.split(";"))
    return list(_tokens(line))


def _tokens(line: str) -> Iterator[list[str]]:
    """The tokens of each piece; a comment counts as a blank, an unclosed one goes to the end."""
    at, piece = 0, list[str]()
    while token := _TOKEN.match(line, at):
        at = token.end()
        if token[0] == "(":
            end = comment_end(line, at)
            at = end if end >= 0 else len(line)
            piece.append(" ")
        elif token[0] == ";":
            yield piece
            piece = []
        else:
            piece.append(token[0])
    yield piece
