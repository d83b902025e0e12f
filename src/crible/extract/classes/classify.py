"""Adds up what speaks for each class; the heaviest wins, if it has enough."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice

from crible.extract.classes.cues import Cues
from crible.extract.classes.papers import PAPERS
from crible.extract.classes.shapes import SHAPES
from crible.extract.classes.traits import WORDS as TRAIT_WORDS
from crible.extract.classes.traits import traits
from crible.extract.classes.writings import WRITINGS
from crible.extract.page import Page, spaced
from crible.extract.phrases import Phrases
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
    worded = _worded(page)
    formed, alone = _formed(traits(page))
    clues = {name: [*found, *formed.get(name, ())] for name, found in worded.items()}
    margins = [(_margin(name, found), name) for name, found in clues.items()]
    margins += islice(((margin, name) for margin, name in alone if name not in worded), 1)
    margin, best = max(margins, key=lambda one: (one[0], -_ORDER[one[1]]), default=(-1.0, ""))
    if margin < 0:
        return "", ()
    found = [clue for clue in clues.get(best) or formed[best] if clue.weight > 0]
    return best, tuple(sorted(found, key=lambda c: (-c.weight, c.key, c.text))[:MOST])


def _margin(name: str, found: Iterable[Clue]) -> float:
    return sum([clue.weight for clue in found]) - _ENOUGH[name]


@lru_cache(maxsize=1000)
def _formed(traits: frozenset[str]) -> tuple[dict[str, list[Clue]], list[tuple[float, str]]]:
    """What traits say for each class, and the margins of classes for which nothing else speaks, the best first.

    Thousands of mails share some dozens of sets of traits, and `mail` alone speaks against twenty classes.
    """
    clues: dict[str, list[Clue]] = defaultdict(list)
    by_trait = _by_trait()
    for trait in traits:
        for name, clue in by_trait.get(trait, ()):
            clues[name].append(clue)
    margins = [(_margin(name, found), name) for name, found in clues.items()]
    return dict(clues), sorted(margins, key=lambda one: (-one[0], _ORDER[one[1]]))


def _worded(page: Page) -> dict[str, list[Clue]]:
    """What words say for each class; of phrases within one another (`budget`, `budget previsionnel`) the longest."""
    clues: dict[str, list[Clue]] = defaultdict(list)
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for phrase, entries in sorted(_met(page), key=lambda one: (-len(one[0]), one[0])):
        for name, where, weight in entries:
            longer = taken[name, where]
            if not any(phrase in other for other in longer) and (clue := _clue(page, name, phrase, where, weight)):
                clues[name].append(clue)
                longer.append(phrase)
    return clues


Entry = tuple[str, str, float]
"""Class, `title` or `text`, weight."""


@cache
def _phrases() -> Phrases[tuple[Entry, ...]]:
    entries: dict[str, list[Entry]] = defaultdict(list)
    for table in TABLES:
        for where, cues in (("title", table.title), ("text", table.text)):
            for phrase, weight in cues.items():
                entries[spaced(phrase)].append((table.name, where, weight))
    return Phrases({phrase: tuple(found) for phrase, found in entries.items()})


def words() -> frozenset[str]:
    """Every word that is asked for."""
    return _phrases().words | TRAIT_WORDS


@cache
def _by_trait() -> dict[str, tuple[tuple[str, Clue], ...]]:
    found: dict[str, list[tuple[str, Clue]]] = defaultdict(list)
    for table in TABLES:
        for trait, weight in table.traits.items():
            found[trait].append((table.name, Clue(f"trait-{trait}", weight=weight)))
    return {trait: tuple(clues) for trait, clues in found.items()}


def _met(page: Page) -> list[tuple[str, tuple[Entry, ...]]]:
    return list(_phrases().met(page))


def _clue(page: Page, name: str, phrase: str, where: str, weight: float) -> Clue | None:
    if where == "text":
        return Clue("cue-text", phrase.strip(), weight)
    if phrase in page.title:
        # A mail's subject names what hangs on it as often as the mail itself.
        about = page.reading.mail is not None and name in _NO_MAIL
        return Clue("cue-title", phrase.strip(), weight / 2 if about else weight)
    return Clue("cue-opening", phrase.strip(), round(weight * IN_OPENING, 2)) if phrase in page.opening else None
