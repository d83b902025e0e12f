"""Facets: what tells the documents found apart, with counts, each value one step from being asked for or left out."""

from collections.abc import Callable
from dataclasses import dataclass

from crible.index.search import FACET_VALUES, Searcher
from crible.index.tree import Node
from crible.web.queries.asked import FACETS, FIELD_OF, Asked, term
from crible.web.queries.trees import Parts

MANY = 200
"""Values of the one facet that is shown whole."""
BRIEF = 6
"""Values shown before "more"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    value: str
    count: int
    chosen: bool
    address: str
    """With it, or without it where it is chosen."""
    excluding: str = ""
    """Everything but it; empty where it is chosen."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet's values: those chosen, then the most frequent."""

    name: str
    first: list[Choice]
    next: list[Choice]
    whole: str
    """Address that shows all of its values; empty where they are here."""


def counts(
    searcher: Searcher, parts: Parts, visible: Callable[[Node], Node], more: str
) -> dict[str, list[tuple[str, int]]]:
    """Per facet, values with documents.

    A facet of which values are chosen is counted as if none were: its other values say what they would add. That is
    one more question to the index for each such facet, about a millisecond.
    """
    free = [facet for facet in FACETS if FIELD_OF.get(facet, facet) not in parts.groups]
    found = searcher.facets(visible(parts.whole), free, _size(more, free))
    for facet in FACETS:
        if facet not in found:
            tree = visible(parts.without(FIELD_OF.get(facet, facet)))
            found |= searcher.facets(tree, (facet,), _size(more, (facet,)))
    return found


def facets(found: dict[str, list[tuple[str, int]]], asked: Asked) -> list[Facet]:
    """All but time, which is a chart. A facet of one value tells nothing apart, unless that value is chosen."""
    shown = []
    for name in FACETS:
        if name == "month":
            continue
        choices = [_choice(name, value, count, asked) for value, count in found[name] if value]
        choices.sort(key=lambda one: not one.chosen)
        if len(choices) > 1 or any(one.chosen for one in choices):
            shown.append(_facet(name, choices, asked))
    return shown


def _size(more: str, of: object) -> int:
    return MANY if more and more in of else FACET_VALUES  # type: ignore[operator]


def _facet(name: str, choices: list[Choice], asked: Asked) -> Facet:
    if asked.more == name:
        return Facet(name, choices[:MANY], [], "")
    whole = asked.address(more=name) if len(choices) >= FACET_VALUES else ""
    return Facet(name, choices[:BRIEF], choices[BRIEF:FACET_VALUES], whole)


def _choice(facet: str, value: str, count: int, asked: Asked) -> Choice:
    wanted = term(facet, value)
    if wanted in asked.chosen:
        return Choice(value, count, True, asked.address(chosen=asked.without(wanted)))
    adding = asked.address(chosen=(*asked.chosen, wanted))
    return Choice(value, count, False, adding, asked.address(chosen=(*asked.chosen, f"-{wanted}")))
