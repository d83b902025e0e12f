"""Adds up what speaks for each class; the heaviest wins, if it has enough."""

from collections import defaultdict
from functools import cache

from crible.extract.classes.cues import Cues
from crible.extract.classes.papers import PAPERS
from crible.extract.classes.shapes import SHAPES
from crible.extract.classes.traits import traits
from crible.extract.classes.writings import WRITINGS
from crible.extract.page import Page, spaced
from crible.model.sorting import Clue

TABLES: tuple[Cues, ...] = PAPERS + WRITINGS + SHAPES
"""Every class; of two with equal weight the former wins."""
CLASSES = tuple(table.name for table in TABLES)
_ORDER = {name: place for place, name in enumerate(CLASSES)}
_NO_MAIL = frozenset(table.name for table in TABLES if table.traits.get("mail", 0) <= -1)
_ENOUGH = {table.name: table.enough for table in TABLES}
IN_OPENING = 0.75
"""What a title phrase weighs in the opening words, where a title mostly stands in files that have none."""
MOST = 12


def classify(page: Page) -> tuple[str, tuple[Clue, ...]]:
    """The class and its reasons, the heaviest first; empty where nothing speaks for any class."""
    clues = _worded(page)
    by_trait = _by_trait()
    for trait in traits(page):
        for name, clue in by_trait.get(trait, ()):
            clues[name].append(clue)
    margins = ((sum(clue.weight for clue in found) - _ENOUGH[name], name) for name, found in clues.items())
    margin, best = max(margins, key=lambda one: (one[0], -_ORDER[one[1]]), default=(-1.0, ""))
    if margin < 0:
        return "", ()
    reasons = sorted((clue for clue in clues[best] if clue.weight > 0), key=lambda c: (-c.weight, c.key, c.text))
    return best, tuple(reasons[:MOST])


def _worded(page: Page) -> dict[str, list[Clue]]:
    """What words say for each class; of phrases within one another (`budget`, `budget previsionnel`) the longest."""
    clues: dict[str, list[Clue]] = defaultdict(list)
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for phrase, entries in sorted(_met(page), key=lambda one: (-len(one[0]), one[0])):
        places = _places(page, phrase)
        for name, where, weight in entries:
            longer = taken[name, where]
            if not any(phrase in other for other in longer) and (
                clue := _clue(page, name, phrase, where, weight, places)
            ):
                clues[name].append(clue)
                longer.append(phrase)
    return clues


Entry = tuple[str, str, float]
"""Class, `title` or `text`, weight."""


@cache
def _phrases() -> dict[str, tuple[tuple[str, tuple[Entry, ...]], ...]]:
    """All phrases with what they speak for, by their longest word: most texts hold few of these words."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for table in TABLES:
        for where, cues in (("title", table.title), ("text", table.text)):
            for phrase, weight in cues.items():
                entries[spaced(phrase)].append((table.name, where, weight))
    by_word: dict[str, list[tuple[str, tuple[Entry, ...]]]] = defaultdict(list)
    for phrase, found in entries.items():
        by_word[max(phrase.split(), key=len)].append((phrase, tuple(found)))
    return {word: tuple(found) for word, found in by_word.items()}


@cache
def _by_trait() -> dict[str, tuple[tuple[str, Clue], ...]]:
    found: dict[str, list[tuple[str, Clue]]] = defaultdict(list)
    for table in TABLES:
        for trait, weight in table.traits.items():
            found[trait].append((table.name, Clue(f"trait-{trait}", weight=weight)))
    return {trait: tuple(clues) for trait, clues in found.items()}


def _met(page: Page) -> list[tuple[str, tuple[Entry, ...]]]:
    phrases = _phrases()
    return [
        (phrase, entries)
        for word in sorted(page.vocabulary & phrases.keys())
        for phrase, entries in phrases[word]
        if len(phrase) == len(word) + 2 or phrase in page.spaced or phrase in page.title
    ]


def _places(page: Page, phrase: str) -> tuple[bool, bool]:
    """Whether it stands in the title, and in the opening."""
    return phrase in page.title, phrase in page.opening


def _clue(page: Page, name: str, phrase: str, where: str, weight: float, places: tuple[bool, bool]) -> Clue | None:
    titled, opened = places
    if where == "text":
        return Clue("cue-text", phrase.strip(), weight)
    if titled:
        # A mail's subject names what hangs on it as often as the mail itself.
        about = page.reading.mail is not None and name in _NO_MAIL
        return Clue("cue-title", phrase.strip(), weight / 2 if about else weight)
    return Clue("cue-opening", phrase.strip(), round(weight * IN_OPENING, 2)) if opened else None
