"""Facets: what tells the documents found apart, with counts, each value one step from being asked for or left out."""

from collections.abc import Callable, Container
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
    choices: list[Choice]
    more: str
    """Address that shows the values left out here; empty where none are."""


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
        values = [(value, count, term(name, value)) for value, count in found[name] if value]
        if name == "month" or (len(values) < 2 and not any(one[2] in asked.chosen for one in values)):
            continue
        values.sort(key=lambda one: one[2] not in asked.chosen)
        whole = asked.more == name
        first = values[: MANY if whole else BRIEF]
        more = asked.address(more=name) if len(values) > len(first) and not whole else ""
        shown.append(Facet(name, [_choice(*one, asked) for one in first], more))
    return shown


def _size(more: str, of: Container[str]) -> int:
    return MANY if more and more in of else FACET_VALUES


def _choice(value: str, count: int, wanted: str, asked: Asked) -> Choice:
    if wanted in asked.chosen:
        return Choice(value, count, True, asked.address(chosen=asked.without(wanted)))
    adding = asked.address(chosen=(*asked.chosen, wanted))
    return Choice(value, count, False, adding, asked.address(chosen=(*asked.chosen, f"-{wanted}")))
