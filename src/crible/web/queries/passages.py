"""A document's text as it can be shown: no character that rearranges the page, differences marked in place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crible.assess.relations import Change

PAGE = 60_000
"""Characters on one page of a text."""
_BETWEEN = r"[\s>|*]{1,20}"
_VARIANTS = {"'": "['\u2019\u2018\u02bc`]", '"': '["\u201c\u201d]', "-": "[-\u2013\u2014\u2010\u2011\u2212]"}
"""What comparing folds together (`assess.tokens`), unfolded again to find the passage as it was written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; a difference has both sides."""

    text: str
    other: str | None = None
    """What the signed copy says in its place."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of a text, in characters, that something is known of."""

    start: int
    end: int
    kind: str
    """`vouched-for` or `quoted`: the class it is shown with."""
    note: int = 0
    """Number of the note that tells more; 0 for none."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces that lie under one mark, or under none."""

    pieces: tuple[Piece, ...]
    mark: Mark | None = None
    block: bool = False
    """It is of whole lines: the mark runs along them in the margin; else it lies under the words."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a text."""

    groups: tuple[Group, ...]
    number: int
    of: int
    placed: int
    """Differences marked in place on this page; the others are only listed."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of them, in order."""
        return tuple(piece for group in self.groups for piece in group.pieces)


Span = tuple[int, int, str]
"""A difference: its range of the shown text, and what stands there in the signed copy."""


def page(text: str, number: int, changes: Sequence[Change] = (), marks: Sequence[Mark] = ()) -> Page:
    """The page of that number (from 1, the last where there are fewer).

    `marks` are ranges of the whole text, in order, none over another; differences lie under them or beside them.
    """
    pages = max(1, -(-len(text) // PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PAGE
    shown, moved = _shown(text[start : start + PAGE], start, marks)
    spans = _places(shown, changes)
    return Page(tuple(_groups(shown, spans, moved)), number, pages, len(spans))


def _shown(raw: str, base: int, marks: Iterable[Mark]) -> tuple[str, list[Mark]]:
    """The text as it can be shown, and the marks on it moved along."""
    done, at, moved = "", 0, list[Mark]()
    for mark in marks:
        start, end = max(mark.start - base, at), min(mark.end - base, len(raw))
        if start >= end:
            continue
        done += safe(raw[at:start])
        here = len(done)
        done += safe(raw[start:end])
        moved.append(replace(mark, start=here, end=len(done)))
        at = end
    return done + safe(raw[at:]), moved


def _groups(text: str, spans: Sequence[Span], marks: Iterable[Mark]) -> Iterator[Group]:
    at = 0
    for mark in marks:
        start, end = _around(mark.start, spans, after=False), _around(mark.end, spans, after=True)
        start = max(start, at)
        block = text[max(0, start - 1) : start] in ("", "\n") and (
            text[end : end + 1] in ("", "\n") or text[end - 1] == "\n"
        )
        if block and text[end : end + 1] == "\n":
            end += 1
        if start >= end:
            continue
        if start > at:
            yield Group(tuple(_pieces(text, spans, at, start)))
        yield Group(tuple(_pieces(text, spans, start, end)), mark, block)
        at = end
    if at < len(text) or at == 0:
        yield Group(tuple(_pieces(text, spans, at, len(text))))


def _around(place: int, spans: Iterable[Span], *, after: bool) -> int:
    """The place, or that end of the difference it would cut."""
    return next((end if after else start for start, end, _ in spans if start < place < end), place)


def safe(text: str) -> str:
    """Text with controls and marks of text direction made visible: they could make a sentence read otherwise."""
    return "".join(c if c in "\n\t" or c.isprintable() else _visible(c) for c in text.replace("\r\n", "\n"))


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return character
    if category == "Cf" and unicodedata.bidirectional(character) in {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "LRI",
        "RLI",
        "FSI",
        "PDF",
        "PDI",
        "L",
        "R",
        "AL",
    }:
        return f"[U+{ord(character):04X}]"
    return "" if category == "Cf" else "\N{REPLACEMENT CHARACTER}"


def _places(text: str, changes: Iterable[Change]) -> list[Span]:
    """Where each difference stands, if it stands in one place only: marking the wrong one would mislead."""
    found: list[Span] = []
    for change in changes:
        words = change.ours.split()
        if not words or len(words) > 60:
            continue
        pattern = re.compile(r"(?<!\w)" + _BETWEEN.join(_word(word) for word in words) + r"(?!\w)")
        hits = [match.span() for _, match in zip(range(2), pattern.finditer(text), strict=False)]
        if len(hits) == 1 and all(hits[0][1] <= start or hits[0][0] >= end for start, end, _ in found):
            found.append((*hits[0], change.theirs))
    return sorted(found)


def _word(word: str) -> str:
    return "".join(_VARIANTS.get(character) or re.escape(character) for character in word)


def _pieces(text: str, spans: Iterable[Span], at: int, stop: int) -> Iterator[Piece]:
    first = at
    for start, end, other in spans:
        if start < at or end > stop:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], other)
        at = end
    if at < stop or at == first:
        yield Piece(text[at:stop])
