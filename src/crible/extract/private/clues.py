"""Which clues of private life a document holds: one per kind, with the weight of all its phrases."""

from collections import defaultdict
from functools import cache

from crible.extract.page import Page, spaced
from crible.extract.phrases import Phrases
from crible.extract.private.words import WORDS
from crible.model.sorting import Clue, Entity

STRONG = 1.0
CLASSES = {"purchase": ("private-shop", 1.0), "payslip": ("private-banking", 1.0),
           "bank-statement": ("private-banking", 0.7)}  # fmt: skip
"""Classes that speak for themselves; a firm's own statement is no private one, so it speaks less."""
NUMBERS = {"nir": ("private-person", 1.0), "card": ("private-banking", 0.7), "birth": ("private-person", 0.4)}


def clues(page: Page, name: str, entities: tuple[Entity, ...]) -> tuple[Clue, ...]:
    """The heaviest first; the text is the phrase that weighed most, at most 80 characters."""
    weights: dict[str, float] = defaultdict(float)
    phrases: dict[str, tuple[float, str]] = {}
    for phrase, said in _phrases().met(page):
        for key, weight in said:
            weights[key] += weight
            phrases[key] = max(phrases.get(key, (0.0, "")), (weight, phrase.strip()))
    kinds = {entity.kind for entity in entities}
    for known, table_of in ((name, CLASSES), *((kind, NUMBERS) for kind in sorted(kinds))):
        if known in table_of:
            key, weight = table_of[known]
            weights[key] += weight
    found = [Clue(key, phrases.get(key, (0.0, ""))[1], round(weight, 2)) for key, weight in weights.items()]
    return tuple(sorted(found, key=lambda clue: (-clue.weight, clue.key)))


@cache
def _phrases() -> Phrases[tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for key, phrases in WORDS.items():
        for phrase, weight in phrases.items():
            found[spaced(phrase)].append((key, weight))
    return Phrases({phrase: tuple(said) for phrase, said in found.items()})


def words() -> frozenset[str]:
    """Every word that is asked for."""
    return _phrases().words
