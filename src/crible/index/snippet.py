"""The passage of a text that shows best why it was found, with the places to highlight. Never HTML."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from crible.index import analysis
from crible.index.analysis import Word
from crible.index.schema import STEMS
from crible.index.tree import All, Any, Node, Not, Term

LENGTH = 240
"""Characters of a snippet, about; it begins and ends between words."""

LEAD = 60
"""Characters of context before the first find."""

SEARCHED = 300_000
"""Characters of the text looked at; a find further on is not shown."""

FIRST = 8_000
"""Characters looked at first; the rest only where none of these is a find: most mail ends before."""

MOST_TERMS = 50
"""Terms of a query that are highlighted; a list of hundreds of names would colour everything."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage, safe to show once escaped: spaces are single, controls and text-direction marks are gone."""

    text: str
    highlights: tuple[tuple[int, int], ...]
    """Characters of `text`, end exclusive."""
    start: int
    """Where the passage begins in the document's text, in characters."""
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A term as it can be recognised among words."""

    words: tuple[str, ...]
    stem: str = ""
    open_ended: bool = False
    distance: int = 0

    def begins(self, token: str, stem: str) -> bool:
        """Whether a word may be this term's first."""
        if token == self.words[0] or (self.stem and stem == self.stem):
            return True
        if len(self.words) > 1:
            return False
        return (self.open_ended and token.startswith(self.words[0])) or near(token, self.words[0], self.distance)

    def goes_on(self, row: list[Word]) -> bool:
        """Whether these words, of which the first is known to fit, are the whole term."""
        if len(row) < len(self.words):
            return False
        last = row[-1].token
        fits = last.startswith(self.words[-1]) if self.open_ended else last == self.words[-1]
        return len(row) == 1 or (fits and all(a.token == b for a, b in zip(row[1:-1], self.words[1:-1], strict=True)))


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    term: int


def snippet(tree: Node, text: str, language: str = "") -> Snippet:
    """The best passage for a query's tree; the beginning of the text where none of it is found. Linear in the text."""
    language = language if language in STEMS else ""
    wanted = _wanted(tree, language)
    for reach in (FIRST, SEARCHED):
        words = analysis.words(text, reach)
        found = list(_matches(wanted, words, language, text))
        if found or not wanted or len(text) <= reach:
            break
    first, last = _best(found) if found else (0, 0)
    start, end = _edges(words, first, last, len(text))
    shown, highlights = _shown(text, start, end, found)
    return Snippet(shown, highlights, start, bool(text[:start].strip()), bool(text[end:].strip()))


def places(tree: Node, text: str, language: str = "") -> list[tuple[int, int]]:
    """Where a query's words stand in a text: characters, end exclusive, in order, none twice."""
    language = language if language in STEMS else ""
    found = _matches(_wanted(tree, language), analysis.words(text, SEARCHED), language, text)
    return [(match.start, match.end) for match in found]


def near(one: str, other: str, distance: int) -> bool:
    """Whether so many letters added, dropped, replaced or swapped with a neighbour lead from one to the other."""
    if not distance or abs(len(one) - len(other)) > distance:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1] <= distance


def _wanted(tree: Node, language: str) -> list[_Wanted]:
    return [wanted for term in islice(_terms(tree), MOST_TERMS) for wanted in _recognised(term, language)]


def _terms(tree: Node) -> Iterator[Term]:
    """Terms that may stand in the text: not negated, and of no field but the text."""
    match tree:
        case Term() if tree.field in (None, "text"):
            yield tree
        case All() | Any():
            for child in tree.children:
                if not isinstance(child, Not):
                    yield from _terms(child)


def _recognised(term: Term, language: str) -> Iterator[_Wanted]:
    text = term.text if term.form == "phrase" else analysis.without_elision(term.text)
    words = tuple(analysis.tokens(text))
    if not words:
        return
    if term.form == "phrase" and term.amount:
        # Neighbours stand apart and in any order: each is shown for itself.
        yield from (_Wanted((word,)) for word in words)
        return
    stem = analysis.stem(text, language) if term.form == "word" and len(words) == 1 and language else ""
    distance = term.amount if term.form == "fuzzy" else 0
    yield _Wanted(words, stem, term.form == "prefix" or term.open_ended, distance)


def _matches(wanted: list[_Wanted], words: list[Word], language: str, text: str) -> Iterator[_Match]:
    """Finds in order, without overlap. Each distinct word is held against the terms once.

    Where no term has a stem, words that differ in case and accents only are one: their token says all.
    """
    stemmed = bool(language) and any(term.stem for term in wanted)
    beginnings: dict[str, list[int]] = {}
    after = 0
    for at, word in enumerate(words):
        raw = text[word.start : word.end] if stemmed else word.token
        terms = beginnings.get(raw)
        if terms is None:
            stem = analysis.stem(raw, language) if stemmed else ""
            terms = [which for which, term in enumerate(wanted) if term.begins(word.token, stem)]
            beginnings[raw] = terms
        if not terms or at < after:
            continue
        for which in terms:
            row = words[at : at + len(wanted[which].words)]
            if wanted[which].goes_on(row):
                after = at + len(row)
                yield _Match(word.start, row[-1].end, which)
                break


def _best(found: list[_Match]) -> tuple[int, int]:
    """The stretch no longer than a snippet that holds most different terms, then most finds; the first such."""
    inside: Counter[int] = Counter()
    best, kept, low = (0, 0), (found[0].start, found[0].end), 0
    for high, match in enumerate(found):
        inside[match.term] += 1
        while found[high].end - found[low].start > LENGTH - LEAD and low < high:
            inside[found[low].term] -= 1
            inside += Counter()
            low += 1
        rank = (len(inside), high - low)
        if rank > best:
            best, kept = rank, (found[low].start, match.end)
    return kept


def _edges(words: list[Word], first: int, last: int, length: int) -> tuple[int, int]:
    """Around the stretch: begins and ends with a word where the words are of ordinary length."""
    start, end = max(0, first - LEAD), 0
    if start:
        index = bisect_left(words, start, key=lambda word: word.start)
        start = words[index].start if index < len(words) and words[index].start <= first else start
    end = min(length, max(start + LENGTH, min(last, start + 2 * LENGTH)))
    if end < length:
        index = bisect_left(words, end + 1, key=lambda word: word.end) - 1
        end = words[index].end if index >= 0 and words[index].end > max(start, last - 1) else end
    return start, end


def _shown(text: str, start: int, end: int, found: Iterable[_Match]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage as it can be shown, and where the finds stand in it."""
    out: list[str] = []
    places: list[int] = []
    length = 0
    for character in text[start:end]:
        places.append(length)
        shown = _plain(character, out[-1] if out else " ")
        if shown:
            out.append(shown)
            length += 1
    places.append(length)
    spans = [(max(m.start, start), min(m.end, end)) for m in found if m.start < end and m.end > start]
    return "".join(out), tuple((places[a - start], places[b - start]) for a, b in spans)


def _plain(character: str, before: str) -> str:
    if character.isspace():
        return "" if before == " " else " "
    # Controls, marks of text direction and lone surrogates: they could rearrange or break the page around them.
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character
