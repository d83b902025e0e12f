"""What sort of paper a document is, in one pass after it was read: class, finance, entities, clues of privacy."""

from dataclasses import replace
from functools import cache

from crible.extract.classes import classify as classes
from crible.extract.classes.classify import classify
from crible.extract.entities import find
from crible.extract.entities.find import entities
from crible.extract.finance.paper import finance
from crible.extract.page import Page
from crible.extract.private import clues as private
from crible.extract.private.clues import clues
from crible.model.facts import Reading
from crible.model.sorting import Clue, Sorting

KNOWN = (ValueError, LookupError, ArithmeticError, AttributeError, TypeError, RecursionError)
"""What a text nobody foresaw may raise here. The document keeps its text and facts, and says that it is not sorted."""


def sorted_(reading: Reading) -> Reading:
    """The reading with its sorting; never raises for whatever the text holds."""
    try:
        return replace(reading, sorting=_sorting(reading))
    except KNOWN as error:
        return replace(reading, sorting=Sorting(clues=(Clue("not-sorted", type(error).__name__),)))


@cache
def _asked() -> frozenset[str]:
    """Every word that any of these questions asks for: a text's words are looked up in it, once for all."""
    return classes.words() | find.WORDS | private.words()


def _sorting(reading: Reading) -> Sorting:
    page = Page.of(reading, _asked())
    name, reasons = classify(page)
    named = entities(page)
    return Sorting(name, reasons, finance(page, name), named, clues(page, name, named))
