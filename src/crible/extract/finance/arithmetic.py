"""What does not add up in a financial paper: sums, check digits, days of the week. Each a clue, none of them proof."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from crible.extract.finance.dates import WEEKDAYS, Met, misnamed
from crible.extract.finance.identifiers import Found
from crible.extract.finance.sums import CENT, Labelled, Totals
from crible.model.sorting import Clue

MOST = 12
SLACK = Decimal("0.05")
"""Rounding of each line apart may leave some cents."""
_NAMES = {number: name for name, number in reversed(WEEKDAYS.items())}


def faults(
    found: Sequence[Labelled], sums: Totals, days: Sequence[Met], identifiers: Sequence[Found]
) -> tuple[Clue, ...]:
    """Every fault met, at most twelve: `fault-sum`, `fault-iban`, `fault-company`, `fault-vat`, `fault-weekday`."""
    said = [*_sum(found, sums), *_digits(identifiers)]
    said += [
        Clue("fault-weekday", f"{_NAMES[met.weekday]} {met.day}") for met in misnamed(days) if met.weekday is not None
    ]
    return tuple(dict.fromkeys(said))[:MOST]


def _sum(found: Sequence[Labelled], sums: Totals) -> Iterator[Clue]:
    """Net and VAT, each plainly named, do not make the total, and no other sum of the paper explains the rest."""
    if sums.consistent or sums.net is None or sums.vat is None or sums.total is None:
        return
    plain = {(one.kind, one.sum.value) for one in found if one.rank >= 3 or (one.kind == "vat" and one.rank >= 2)}
    named = {("net", sums.net), ("vat", sums.vat), ("total", sums.total)}
    if not named <= plain or _several(found):
        return
    rest = sums.total - sums.net - sums.vat
    values = {abs(one.sum.value) for one in found}
    if abs(rest) <= SLACK or any(abs(abs(rest) - value) <= CENT for value in values):
        return
    yield Clue("fault-sum", f"{sums.net:.2f} + {sums.vat:.2f} ≠ {sums.total:.2f}")


def _several(found: Sequence[Labelled]) -> bool:
    """More than one total, net or VAT by the same plain name: several papers or rates in one, and no simple sum."""
    for kind in ("net", "total", "vat"):
        if len({one.sum.value for one in found if one.kind == kind and (one.rank >= 3 or kind == "vat")}) > 1:
            return True
    return False


def _digits(identifiers: Sequence[Found]) -> Iterator[Clue]:
    for one in identifiers:
        if not one.sound:
            kind = {"iban": "fault-iban", "vat": "fault-vat"}.get(one.kind, "fault-company")
            yield Clue(kind, one.text)
