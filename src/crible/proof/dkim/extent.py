"""Where the first bytes of a canonical body end in the body as stored: what l= covers (RFC 6376 §3.5)."""

import re
from collections.abc import Collection

from crible.proof.dkim.canonical import How, canonical_lines

_STEP = 1 << 16
_TOKEN = re.compile(rb"([ \t]*)(\r?\n)|([ \t]+)|[^ \t\r\n]+|\r")


def stored_ends(body: bytes, how: How, lengths: Collection[int]) -> dict[int, int]:
    """For each canonical length, how many stored bytes it spans; lengths must lie within the canonical body.

    A cut inside a collapsed run of blanks, or between CR and LF, takes the whole run or line end. One pass for all
    lengths: whole stretches of lines are measured by their canonical size, only those that hold a cut word by word.
    """
    cuts = sorted(set(lengths), reverse=True)
    ends: dict[int, int] = {}
    start = done = 0
    while cuts and start < len(body):
        stop = body.find(b"\n", start + _STEP) + 1 or len(body)
        lines = canonical_lines(body[start:stop], how)
        size = len(lines) + lines.count(b"\n")
        if cuts[-1] <= done + size:
            _cut(body, start, stop, how, done, cuts, ends)
        start, done = stop, done + size
    return ends | dict.fromkeys(cuts, len(body))


def _cut(body: bytes, start: int, stop: int, how: How, done: int, cuts: list[int], ends: dict[int, int]) -> None:
    """Resolve, and take off the list, the cuts that fall between two stored positions."""
    while cuts and cuts[-1] <= done:
        ends[cuts.pop()] = start
    for token in _TOKEN.finditer(body, start, stop):
        size = _size(token, how)
        while cuts and cuts[-1] <= done + size:
            cut = cuts.pop()
            ends[cut] = _end(token, how, cut - done)
        if not cuts:
            return
        done += size


def _size(token: re.Match[bytes], how: How) -> int:
    if token[2] is not None:
        return 2 if how == "relaxed" else len(token[1]) + 2
    if token[3] is not None and how == "relaxed":
        return 1
    return len(token[0])


def _end(token: re.Match[bytes], how: How, offset: int) -> int:
    """Stored position of a cut `offset` canonical bytes into a token."""
    if how == "relaxed":
        whole = token[2] is not None or token[3] is not None
    else:
        whole = token[2] is not None and offset > len(token[1])
    return token.end() if whole else token.start() + offset
