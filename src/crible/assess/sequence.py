"""One issuer's invoices in the order of their numbers, and those whose dates go against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST = 5
"""Invoices of one form and issuer from which on their order says something."""
BEYOND = 3
"""Days by which a date must go against the numbers: some are dated as they are sent, not as they are written."""
ORDERED = 0.8
"""Share of neighbours in order: below it the issuer does not number by date."""
_LAST = re.compile(r"(\d{1,9})(\D*)\Z")


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice as it names itself."""

    id: str
    """SHA-256, hex."""
    number: str
    day: int
    """Its date as a proleptic Gregorian ordinal."""


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """An invoice that is dated before one with a lower number, or after one with a higher number, by days."""

    number: str
    other: Invoice
    """The neighbour it disagrees with most."""
    days: int
    of: int
    """Invoices in the series."""
    earlier: bool
    """Ours is dated before a lower number; else after a higher one."""


def form(number: str) -> tuple[str, int] | None:
    """What stands before the last run of figures, and that run's value; None where there is none.

    `FA-2017-0031` is number 31 of `FA-2017-`; a year before the run is part of the form, so that series of each year
    stand apart.
    """
    met = _LAST.search(number.strip())
    return (number[: met.start()] + "#" + met[2], int(met[1])) if met else None


def against(series: Sequence[Invoice]) -> dict[str, OutOfOrder]:
    """By id: the invoices that go against the order of a series, both neighbours of theirs agreeing with one another.

    `series` is of one issuer and one form. Nothing where the numbers do not follow the dates for the most part.
    """
    ranked = sorted({(form(one.number) or ("", 0))[1]: one for one in series}.items())
    invoices = [one for _, one in ranked]
    if len(invoices) < FEWEST:
        return {}
    steps = [a.day <= b.day + BEYOND for a, b in pairwise(invoices)]
    if sum(steps) < ORDERED * len(steps):
        return {}
    found: dict[str, OutOfOrder] = {}
    for place in range(1, len(invoices) - 1):
        before, ours, after = invoices[place - 1 : place + 2]
        if before.day > after.day:
            continue
        if ours.day < before.day - BEYOND:
            found[ours.id] = OutOfOrder(ours.number, before, before.day - ours.day, len(invoices), earlier=True)
        elif ours.day > after.day + BEYOND:
            found[ours.id] = OutOfOrder(ours.number, after, ours.day - after.day, len(invoices), earlier=False)
    return found
