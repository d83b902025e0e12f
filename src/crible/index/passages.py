"""What two texts have in common, word for word: how much of each stands in the other, and which passages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from crible.index.analysis import Word

SHINGLE = 5
"""Words that must follow one another in both texts to count as common."""

PLACES = 8
"""Places of one shingle that are followed; refrains beyond would cost the square of their number."""

MOST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive words that stand in both texts; characters from the start of each, end exclusive."""

    words: int
    start: int
    end: int
    document_start: int
    document_end: int


@dataclass(frozen=True, slots=True)
class Common:
    """The comparison of a given text with a document's."""

    share_of_text: float
    """Of the given text's words, how many stand in a shingle that the document holds too: 0 to 1. One changed word
    costs one word here; as a share of shingles it would cost five, a third of a mail of twenty words."""
    share_of_document: float
    same_words: bool
    """The same words in the same order; case, accents, spaces and punctuation aside."""
    passages: tuple[Passage, ...]
    """Longest first, none within another, at most MOST_PASSAGES."""


class Shingled:
    """A text made ready for comparison, once for many."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.tokens = [word.token for word in words]
        self.shingles = list(zip(*(self.tokens[at:] for at in range(SHINGLE)), strict=False))
        """Every run of SHINGLE words; none where there are fewer words."""
        self.distinct = set(self.shingles)


def compare(text: Shingled, document: Shingled, shortest: int) -> Common:
    """Hold two texts against each other; passages of at least `shortest` words. Linear in both."""
    common = text.distinct & document.distinct
    runs = _runs(text.shingles, document.shingles, common)
    long = [run for run in runs if run[2] + SHINGLE - 1 >= shortest]
    return Common(
        _share(text, common),
        _share(document, common),
        text.tokens == document.tokens,
        tuple(_passage(text.words, document.words, *run) for run in _longest(long)),
    )


def _share(text: Shingled, common: set[tuple[str, ...]]) -> float:
    """The share of words inside common shingles."""
    covered = end = 0
    for at, shingle in enumerate(text.shingles):
        if shingle in common:
            covered += at + SHINGLE - max(at, end)
            end = at + SHINGLE
    return covered / len(text.words) if text.words else 0.0


def _runs(
    ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]], common: set[tuple[str, ...]]
) -> list[tuple[int, int, int]]:
    """(place in ours, place in theirs, shingles in a row), every run that cannot grow to either side."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, shingle in enumerate(theirs):
        if shingle in common and len(places[shingle]) < PLACES:
            places[shingle].append(at)
    runs: list[tuple[int, int, int]] = []
    growing: dict[int, int] = {}
    for at in range(len(ours) + 1):
        here = places.get(ours[at], []) if at < len(ours) else []
        grown = {place + 1: growing.pop(place, 0) + 1 for place in here}
        runs.extend((at - length, place - length, length) for place, length in growing.items())
        growing = grown
    return runs


def _longest(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest runs that do not overlap in the given text; of equals the first."""
    kept: list[tuple[int, int, int]] = []
    for run in sorted(runs, key=lambda run: (-run[2], run[0], run[1])):
        if all(_apart(run, other) or _apart(other, run) for other in kept):
            kept.append(run)
            if len(kept) == MOST_PASSAGES:
                break
    return kept


def _apart(first: tuple[int, int, int], second: tuple[int, int, int]) -> bool:
    """Whether the second begins, in the given text, after the first one's last word."""
    return second[0] >= first[0] + first[2] + SHINGLE - 1


def _passage(text: Sequence[Word], document: Sequence[Word], at: int, place: int, length: int) -> Passage:
    last = length + SHINGLE - 2
    return Passage(last + 1, text[at].start, text[at + last].end, document[place].start, document[place + last].end)
