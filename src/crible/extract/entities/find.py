"""All entities of a document, counted: the list that `Sorting.entities` holds."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from crible.extract.entities.figures import births, emails, figures
from crible.extract.entities.organisations import organisations
from crible.extract.entities.people import people
from crible.extract.entities.places import addresses, towns
from crible.extract.finance.identifiers import companies, ibans
from crible.extract.page import Page
from crible.model.sorting import Entity

MOST = 200
EACH = 2_000
"""Finds of one kind that are counted in one text."""
LONGEST = 120
COMPANY_WORDS = frozenset({"siren", "siret", "rcs", "tva", "vat", "btw", "ust", "ustid"})
"""Without one of these no company's number is looked for."""
PRIVATE = frozenset({"address", "phone", "iban", "nir", "card", "birth"})
"""Kinds of personal data that are not published by default."""


def entities(page: Page) -> tuple[Entity, ...]:
    """At most 200, the most frequent first, then by kind and text."""
    counts: Counter[tuple[str, str]] = Counter()
    for found in _kinds(page):
        for kind, text in islice(found, EACH):
            counts[kind, text[:LONGEST]] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(Entity(kind, text, count, kind in PRIVATE) for (kind, text), count in ranked)


def _kinds(page: Page) -> Iterator[Iterable[tuple[str, str]]]:
    text = page.text
    yield (("person", one) for one in people(page))
    yield (("organisation", one) for one in organisations(page))
    yield (("email", one) for one in emails(text))
    yield (("address", one) for one in addresses(page))
    yield (("place", one) for one in towns(page))
    yield figures(page)
    yield (("birth", one) for one in births(page))
    if any(text[max(0, start - 2) : start].strip()[-1:].isupper() for start, _ in page.runs):
        yield ((one.kind, one.text) for one in ibans(text) if one.sound)
    if not page.vocabulary.isdisjoint(COMPANY_WORDS):
        yield ((one.kind, one.text) for one in companies(text, page.folded) if one.sound)
