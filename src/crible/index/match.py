"""Is this in the leak? Exact, near, in part or absent, with what was searched and what could not be."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from crible.index.analysis import LONGEST, words
from crible.index.passages import SHINGLE, Passage, Shingled, compare
from crible.index.query import row
from crible.index.record import Record
from crible.index.search import Place, Searcher

NEAR = 0.75
"""Share of words that must stand in a common run of five, both ways. One changed word in a mail of twenty leaves so
much at worst (at the fifth word, the four before it are lost too), 0.95 at best."""

PASSAGE = 12
"""Words in a row that make a passage: shorter runs are greetings, signatures and idiom."""

SHORT = 200
"""Words up to which every shingle is looked up: a few changed words must not hit all the probes of a short text."""

PROBES = 2_000
"""Shingles looked up at most; a longer text is sampled evenly, and the result says how finely."""

SPREAD = 200
"""Documents taken from one probe; what stands in more is boilerplate and says little."""

VERIFIED = 60
"""Candidates whose stored text is compared."""

LONGEST_TEXT = 1_000_000
"""Characters compared, of either text."""

MOST_FOUND = 20


class Level(StrEnum):
    """How much of the given document is in the leak."""

    EXACT = "exact"
    """The same bytes, or the same mail but for mbox quoting and line ends."""
    NEAR = "near"
    """Nearly the same text: each is mostly contained in the other. Look at what differs."""
    PARTIAL = "partial"
    """A passage of it stands in a document."""
    ABSENT = "absent"
    """Nothing found in what could be searched."""


@dataclass(frozen=True, slots=True)
class Found:
    """One document of the leak that has to do with the given one."""

    record: Record
    level: Level
    same: str = ""
    """`bytes`, `wire`, `words` (all words alike and in order), or empty."""
    share_of_text: float = 0.0
    """Of the given text's words, how many stand in runs of five or more that the document has too: 0 to 1."""
    share_of_document: float = 0.0
    passages: tuple[Passage, ...] = ()
    weight: float = 0.0
    """How particular what they share is: a probe that only this document holds adds 1, one that n hold 1/n."""


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The answer, and what it rests on."""

    level: Level
    found: tuple[Found, ...]
    """Closest first, at most MOST_FOUND."""
    words: int
    """Words of the given text; under five nothing but bytes was compared (`comparable`)."""
    comparable: bool
    documents: int
    """Documents in the index."""
    unsearchable: int
    """Of these, documents without readable text: the given text may stand in one of them unseen."""
    surest_passage: int
    """A common passage of so many words was found if it is in what was searched, unless `left_off` or `cut` say
    otherwise; 0 where nothing could be compared."""
    left_off: int = 0
    """Candidates not compared, and finds not listed."""
    cut: int = 0
    """Texts (the given one, candidates) of which only the first LONGEST_TEXT characters were compared."""


def match(text: str, sha256: str, wire: str | None, searcher: Searcher, text_of: Callable[[str], str]) -> MatchResult:
    """Look for a document in the leak: by its bytes, then by its words.

    `sha256` and `wire` in hex; `text_of` gives the stored text of a document by id. Candidates are found by shingles
    taken over the whole text at a distance that lets no common passage of `surest_passage` words slip between, then
    their stored text is compared. What was given as a reference is no part of the leak. Bounded by PROBES look-ups and
    VERIFIED comparisons.
    """
    given = Shingled(words(text, LONGEST_TEXT))
    stride = _stride(given)
    found = {one.record.id: one for one in _exact(sha256, wire, searcher) if not one.record.reference}
    candidates = _candidates(given, stride, searcher)
    cut = int(len(text) > LONGEST_TEXT)
    records = searcher.records([place for place, _ in candidates[:VERIFIED]])
    for record, (_, weight) in zip(records, candidates, strict=False):
        if record.id not in found and not record.reference:
            stored = text_of(record.id)
            cut += len(stored) > LONGEST_TEXT
            one = _verified(given, record, stored, weight)
            if one:
                found[record.id] = one
    closest = sorted(found.values(), key=_closeness)
    comparable = len(given.words) >= SHINGLE
    return MatchResult(
        level=closest[0].level if closest else Level.ABSENT,
        found=tuple(closest[:MOST_FOUND]),
        words=len(given.words),
        comparable=comparable,
        documents=searcher.coverage.documents,
        unsearchable=searcher.coverage.unsearchable,
        surest_passage=min(len(given.words), max(PASSAGE, stride + SHINGLE - 1)) if comparable else 0,
        left_off=max(0, len(candidates) - VERIFIED) + max(0, len(closest) - MOST_FOUND),
        cut=cut,
    )


def _exact(sha256: str, wire: str | None, searcher: Searcher) -> list[Found]:
    same = searcher.get(sha256)
    found = [Found(same, Level.EXACT, "bytes", 1.0, 1.0)] if same else []
    twins = searcher.holding("wire", wire, MOST_FOUND) if wire else []
    found.extend(Found(twin, Level.EXACT, "wire", 1.0, 1.0) for twin in twins if twin.id != sha256)
    return found


def _stride(given: Shingled) -> int:
    """Words from one probe to the next: PASSAGE words in a row hold at least one, unless the text is too long."""
    finest = 1 if len(given.words) <= SHORT else PASSAGE - SHINGLE + 1
    return max(finest, -(-len(given.words) // PROBES))


def _candidates(given: Shingled, stride: int, searcher: Searcher) -> list[tuple[Place, float]]:
    """Documents that hold probes, best first; each probe weighs the less the more documents hold it."""
    weights: dict[Place, float] = defaultdict(float)
    known: dict[str, bool] = {}
    for probe in _probes(given, stride):
        for word in probe:
            if word not in known:
                known[word] = searcher.frequency(word) > 0
        if all(known[word] for word in probe):
            count, holders = searcher.places(row("text", probe), SPREAD)
            for place in holders:
                weights[place] += 1 / count
    return sorted(weights.items(), key=lambda candidate: (-candidate[1], candidate[0].tie))


def _probes(given: Shingled, stride: int) -> Iterator[list[str]]:
    for shingle in islice(given.shingles, 0, None, stride):
        if all(len(word.encode("utf-8", "replace")) < LONGEST for word in shingle):
            yield list(shingle)


def _verified(given: Shingled, record: Record, text: str, weight: float) -> Found | None:
    shortest = min(PASSAGE, max(len(given.words), SHINGLE))
    common = compare(given, Shingled(words(text, LONGEST_TEXT)), shortest)
    near = min(common.share_of_text, common.share_of_document) >= NEAR
    if not near and not common.passages:
        return None
    return Found(
        record,
        Level.NEAR if near else Level.PARTIAL,
        "words" if common.same_words else "",
        common.share_of_text,
        common.share_of_document,
        common.passages,
        weight,
    )


_ORDER = {Level.EXACT: 0, Level.NEAR: 1, Level.PARTIAL: 2}


def _closeness(found: Found) -> tuple[int, bool, float, float, str]:
    """Closest first: level, then all words alike; near ones by what they share, parts by how particular that is.

    By length alone a disclaimer that three hundred mails carry would go before the one source of a passage.
    """
    share = min(found.share_of_text, found.share_of_document) if found.level == Level.NEAR else 0.0
    return _ORDER[found.level], found.same == "", -share, -found.weight, found.record.id
