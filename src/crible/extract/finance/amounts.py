"""Sums of money as papers write them: 1 234,56 €, €1,234.56, CHF 1'234.50, 10 000€, Rs 1939."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SYMBOLS = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "us$": "USD", "£": "GBP",
    "gbp": "GBP", "chf": "CHF", "rs": "INR", "inr": "INR", "₹": "INR", "pln": "PLN", "cad": "CAD", "sek": "SEK",
    "dkk": "DKK", "nok": "NOK", "jpy": "JPY", "¥": "JPY",
}  # fmt: skip
_SIGN = r"us\$|€|\$|£|₹|¥|(?:euros?|eur|usd|gbp|chf|inr|rs|pln|cad|sek|dkk|nok|jpy)(?![a-z])"
# The set in front says nothing new: without it a sign and its blanks are tried at every letter, four times as slowly.
_AMOUNT = re.compile(
    r"(?=[\d(\u2212€$£₹¥uegcirpsdnj-])"
    rf"(?:(?P<before>(?<![a-z])(?:{_SIGN}))\.?[ ]{{0,2}})?(?<![\d.,/])(?P<minus>[-\u2212(][ ]?)?"
    r"(?P<number>\d{1,3}(?:(?P<mark>[ .,'])\d{3}(?:(?P=mark)\d{3}){0,3})(?:[.,]\d{1,4})?|\d{1,12}(?:[.,]\d{1,4})?)"
    rf"(?![\d/]|[.,:-]\d)(?:[ ]{{0,2}}(?P<after>{_SIGN}))?(?P<percent>[ ]?%)?"
)
_TWO = re.compile(r"[.,]\d\d\Z")
LONGEST = 18


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money in a text."""

    value: Decimal
    currency: str
    start: int
    end: int


def sums(folded: str) -> Iterator[Sum]:
    """Every number of a folded text that has a currency beside it or exactly two decimals, and is no percentage."""
    for met in _AMOUNT.finditer(folded):
        sign = met["before"] or met["after"] or ""
        if met["percent"] or (not sign and not _TWO.search(met["number"])):
            continue
        value = amount(met["number"])
        if value is not None:
            yield Sum(-value if met["minus"] else value, SYMBOLS.get(sign, ""), met.start(), met.end())


def amount(number: str) -> Decimal | None:
    """The value of a number written with points, commas, blanks or apostrophes; None if it is too long."""
    if len(number) > LONGEST + 6:
        return None
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return Decimal(_bare(number))
    whole, cents = number[:last], number[last + 1 :]
    mark = number[last]
    # A single mark with three figures after it parts thousands, unless another mark already does.
    thousands = len(cents) == 3 and not any(other in whole for other in " '.,".replace(mark, "")) and whole != "0"
    return Decimal(_bare(number) if thousands else f"{_bare(whole) or 0}.{cents}")


def _bare(number: str) -> str:
    return "".join(filter(str.isdigit, number))
