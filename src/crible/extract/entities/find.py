"""All entities of a document, counted: the list that `Sorting.entities` holds."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from crible.extract.entities import organisations as named
from crible.extract.entities import people as persons
from crible.extract.entities import places
from crible.extract.entities.figures import BIRTH_WORDS, births, emails, figures
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
WORDS = COMPANY_WORDS | BIRTH_WORDS | named.WORDS | persons.WORDS | places.WORDS
"""Every word that is asked for."""
PRIVATE = frozenset({"address", "phone", "iban", "nir", "card", "birth"})
"""Kinds of personal data that are not published by default."""


def entities(page: Page) -> tuple[Entity, ...]:
    """At most 200, the most frequent first, then by kind and text."""
    counts: dict[tuple[str, str], int] = {}
    named = ((kind, text) for kind, texts in _kinds(page) for text in islice(texts, EACH))
    for kind, text in chain(named, _numbers(page)):
        one = kind, text[:LONGEST]
        counts[one] = counts.get(one, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(Entity(kind, text, count, kind in PRIVATE) for (kind, text), count in ranked)


def _kinds(page: Page) -> Iterator[tuple[str, Iterable[str]]]:
    yield "person", people(page)
    yield "organisation", organisations(page)
    yield "email", emails(page.text)
    yield "address", addresses(page)
    yield "place", towns(page)
    yield "birth", births(page)


def _numbers(page: Page) -> Iterator[tuple[str, str]]:
    text = page.text
    yield from islice(figures(page), EACH)
    country = b"AA99" in page.shape or b"AA 99" in page.shape
    if country and any(text[max(0, start - 2) : start].strip()[-1:].isupper() for start, _ in page.runs):
        yield from islice(((one.kind, one.text) for one in ibans(text) if one.sound), EACH)
    if not page.vocabulary.isdisjoint(COMPANY_WORDS):
        yield from islice(((one.kind, one.text) for one in companies(text, page.folded) if one.sound), EACH)
