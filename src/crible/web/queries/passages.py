"""A document's text as it can be shown: no character that rearranges the page, differences marked in place."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
class Page:
    """One page of a text."""

    pieces: tuple[Piece, ...]
    number: int
    of: int
    placed: int
    """Differences marked in place on this page; the others are only listed."""


def page(text: str, number: int, changes: Sequence[Change] = ()) -> Page:
    """The page of that number (from 1, the last where there are fewer)."""
    pages = max(1, -(-len(text) // PAGE))
    number = min(max(number, 1), pages)
    shown = safe(text[(number - 1) * PAGE : number * PAGE])
    spans = _places(shown, changes)
    return Page(tuple(_pieces(shown, spans)), number, pages, len(spans))


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


def _places(text: str, changes: Iterable[Change]) -> list[tuple[int, int, str]]:
    """Where each difference stands, if it stands in one place only: marking the wrong one would mislead."""
    found: list[tuple[int, int, str]] = []
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


def _pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterable[Piece]:
    at = 0
    for start, end, other in spans:
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], other)
        at = end
    if at < len(text) or at == 0:
        yield Piece(text[at:])
