"""The passages that a mail quotes from others: `>` lines, attribution lines, forwarded and Outlook blocks.

French and English forms, wrapped or not. What follows an attribution without `>` lines, or a forward's header, is
quoted to the next one or to the end; inside `>` lines, as far as these go. Linear in the number of lines.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import accumulate

from crible.extract.mail import attributions
from crible.extract.mail.attributions import Attributed
from crible.extract.mail.forwarded import FORWARDED, HEADS, LINE, MAY_HEAD, bare, block, introduces, quoted_soon
from crible.model.facts import Quote

QUOTES = 20
CHARACTERS = 200_000
"""Characters of all quotes of a mail together."""

_LEVELS = 50
_LINES = 50_000
_WRAPPED = 4
"""Lines over which an attribution may be wrapped, as they are looked back at."""
_NAMED = re.compile(
    r"\W{0,3}(?:(?:Quoting|Selon|Citing)\b.{1,200}:|Quoting\b.{1,200}\)|Excerpts from\b.{1,200}:"
    r"|\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:\d\d .{1,200}[>)]:"
    r"|\*?.{1,100}[\[(]\d{4}-\d\d-\d\d[^\])]{0,20}[\])]:)\s*+$",
    re.IGNORECASE,
)
"""Attributions without a verb, which only `>` lines below them make recognisable."""
_OPENING = re.compile(r"(?:On|Le|Am|El|Il|Op|At|In)\b|\d{4}-\d\d-\d\d|\d{1,2}[./]\d|[*]", re.IGNORECASE)
_STATED = re.compile(r"[\d@]")


def quotes(text: str, *, forwards: bool = False) -> tuple[Quote, ...]:
    """The quoted passages in order, at most 20 and 200,000 characters in all.

    Lines of the same depth under the same attribution are one passage, replies between them left out. The
    attribution is the line (or wrapped lines) that introduces the passage, or the fields of a forwarded header.
    `forwards`: the mail's own subject says that it passes a mail on, so its first forwarded header does.
    """
    reader = _Reader(text, forwards)
    at = 0
    while at < len(reader.lines):
        at = reader.line(at)
    return reader.quotes()


@dataclass(slots=True)
class _Passage:
    depth: int
    attribution: str
    head: list[str] = field(default_factory=list)
    """Lines of the forwarded header, if that is what introduces it."""
    kind: str = "reply"
    lines: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def said(self) -> Attributed:
        """Read only of the few passages that are kept: fifty thousand separators cost two seconds otherwise."""
        return attributions.of_header(self.head) if self.head else attributions.of_line(self.attribution)


class _Reader:
    def __init__(self, text: str, forwards: bool) -> None:
        self.lines = text.split("\n", _LINES)[:_LINES]
        self.lengths = [0, *accumulate(map(len, self.lines))]
        """Characters of all lines above each, without their ends."""
        self.forwards = forwards
        self.passages: list[_Passage] = []
        self.open: dict[int, _Passage] = {}
        """By depth, from 1 on, the passage that further lines of that depth continue."""
        self.blocks: list[int] = []
        """Of each forwarded header above, how many `>` it stood behind: it raises the depth of what is below it."""
        self.recent: dict[int, deque[str]] = {}
        """By depth, the last lines met, where an attribution may stand."""
        self.last = 0
        """Depth of the last line with text."""

    def line(self, at: int) -> int:
        """Take the line (or the forwarded header) at `at`; where to go on."""
        raw = self.lines[at]
        marks, shown = bare(raw) if raw[:1] == ">" else (0, raw[:LINE].strip())
        while self.blocks and self.blocks[-1] > marks:
            self.blocks.pop()
        depth = marks + len(self.blocks)
        if shown[:2].lower() in MAY_HEAD and HEADS.match(shown) and (end := self.header(at, marks)):
            return end
        if not marks and shown[-1:] == ":" and introduces(shown) and not quoted_soon(self.lines, at + 1):
            said = _attribution([*self.recent.get(depth, ()), shown])
            if _STATED.search(said):
                self.below(marks, said)
                return at + 1
        self.take(depth, shown, at)
        return at + 1

    def take(self, depth: int, shown: str, at: int) -> None:
        passage = self.open.get(depth)
        if not shown:
            if passage:
                passage.lines.append("")
            return
        if depth and (passage is None or self.last < depth):
            above = _attribution(list(self.recent.get(depth - 1, ())), marked=True)
            if passage is None or (above and above != passage.attribution):
                passage = self.start(_Passage(depth, above))
        if passage:
            if not passage.end:
                passage.start = self.lengths[at] + at
            passage.end = self.lengths[at + 1] + at
            passage.lines.append(shown)
        self.last = depth
        if recent := self.recent.get(depth):
            recent.append(shown)
        else:
            self.recent[depth] = deque((shown,), _WRAPPED)

    def start(self, passage: _Passage) -> _Passage:
        for deeper in [level for level in self.open if level >= passage.depth]:
            del self.open[deeper]
        self.open[passage.depth] = passage
        self.passages.append(passage)
        return passage

    def header(self, at: int, marks: int) -> int:
        """Take the forwarded header that begins at `at`; where it ends, 0 if none does."""
        found = block(self.lines, at, marks)
        if not found:
            return 0
        end, below, head = found
        forward = FORWARDED.search(head[0]) is not None or (self.forwards and not self.blocks)
        self.below(below, " ".join(head), head, "forward" if forward else "reply")
        return end

    def below(self, marks: int, attribution: str, head: list[str] | None = None, kind: str = "reply") -> None:
        """From here on, lines behind `marks` many `>` are quoted, one level deeper than before.

        Where the `>` lines begin with the header, these are the quote: no level is added.
        """
        depth = marks + len(self.blocks)
        if not marks or (depth in self.open and self.last >= depth):
            self.blocks = [*self.blocks, marks][:_LEVELS]
            depth = min(depth + 1, marks + _LEVELS)
        self.recent.clear()
        self.start(_Passage(depth, attribution[: attributions.MOST], head or [], kind))
        self.last = depth

    def quotes(self) -> tuple[Quote, ...]:
        found: list[Quote] = []
        room = CHARACTERS
        for passage in self.passages:
            text = "\n".join(passage.lines).strip("\n")[:room]
            if text and room > 0 and len(found) < QUOTES:
                found.append(_quote(passage, text))
                room -= len(text)
        return tuple(found)


def _quote(passage: _Passage, text: str) -> Quote:
    said = passage.said()
    return Quote(
        text,
        passage.attribution,
        passage.depth,
        kind=passage.kind,
        name=said.name,
        address=said.address,
        date=said.date,
        subject=said.subject,
        start=passage.start,
        end=passage.end,
    )


def _attribution(recent: list[str], *, marked: bool = False) -> str:
    """The attribution that ends in the last of these lines, up to three of which it may be wrapped over."""
    if not recent or not (introduces(recent[-1]) or (marked and _NAMED.match(recent[-1]))):
        return ""
    for back in range(1, min(4, len(recent) + 1)):
        if _OPENING.match(recent[-back]):
            return " ".join(recent[-back:])[: attributions.MOST]
    return recent[-1][: attributions.MOST]
