"""A financial paper as a whole: everything that `crible.model.sorting.Finance` holds."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from crible.extract.finance import numbers
from crible.extract.finance.amounts import SYMBOLS
from crible.extract.finance.arithmetic import faults
from crible.extract.finance.dates import Met, dates
from crible.extract.finance.identifiers import Found, companies, ibans
from crible.extract.finance.labels import DUE, ELSEWHERE, ISSUED
from crible.extract.finance.sums import MOST, Labelled, columns, labelled, totals
from crible.extract.page import Page
from crible.model.sorting import Amount, Finance

STANCES = {
    "quote": "announces",
    "order": "announces",
    "forecast": "announces",
    "invoice": "records",
    "accounts": "records",
    "bank-statement": "records",
    "payslip": "records",
    "booking": "records",
    "purchase": "records",
}
"""Classes of financial papers, and whether they announce or record."""
NUMBERED = frozenset({"invoice", "quote", "order", "booking", "purchase"})
REACH = 45
"""Characters before a date in which its label stands."""


def finance(page: Page, kind: str) -> Finance | None:
    """What a paper of this class says of itself; None for classes that are no financial papers."""
    if kind not in STANCES:
        return None
    found = labelled(page)
    sums = totals(found)
    currency = _currency(page, found)
    days = dates(page.folded, month_first=page.reading.language == "en" and currency == "USD")
    issued, due = dated(page, days)
    addressed = kind not in ("forecast", "accounts")
    ids, accounts = list(companies(page.text, page.folded)), list(ibans(page.text))
    return Finance(
        stance=STANCES[kind],
        number=numbers.number(page) if kind in NUMBERED else "",
        issuer=numbers.issuer(page) if addressed else "",
        recipient=numbers.recipient(page) if addressed else "",
        date=issued.day.isoformat() if issued else "",
        due=due.day.isoformat() if due else "",
        amounts=_amounts(found),
        total=_plain(sums.total),
        net=_plain(sums.net),
        vat=_plain(sums.vat),
        currency=currency,
        ibans=_distinct(accounts),
        companies=_distinct(ids),
        faults=faults(found, sums, days, [*ids, *accounts]),
    )


def dated(page: Page, days: Sequence[Met]) -> tuple[Met | None, Met | None]:
    """The date that the paper bears and the one it is due, by the words before them."""
    heads = columns(page)
    labels = [_label(page, met, heads, days[place - 1].end if place else 0) for place, met in enumerate(days)]
    due = next((met for met, label in zip(days, labels, strict=True) if DUE.search(label)), None)
    for issued in ISSUED:
        for met, label in zip(days, labels, strict=True):
            said = issued.search(label)
            if said and not DUE.search(label) and not (issued is not ISSUED[0] and ELSEWHERE.search(label)):
                return met, due
    unlabelled = (met for met, label in zip(days, labels, strict=True) if met != due and not ELSEWHERE.search(label))
    return next(unlabelled, None), due


def _label(page: Page, met: Met, heads: dict[int, str], since: int) -> str:
    line = page.folded.rfind("\n", 0, met.start) + 1
    if line in heads:
        return heads[line]
    before = page.folded[max(since, met.start - REACH) : met.start]
    own = page.folded[max(since, line) : met.start]
    # Words of its own line decide alone; a bare date is named by the line above.
    return own[-REACH:] if any(c.isalpha() for c in own) else before


def _currency(page: Page, found: Sequence[Labelled]) -> str:
    counted = Counter(one.sum.currency for one in found if one.sum.currency)
    if counted:
        return min(counted, key=lambda code: (-counted[code], code))
    named = next((word for word in page.words if word in ("eur", "euros", "usd", "gbp", "chf", "rs", "pln")), "")
    return SYMBOLS.get(named, "") or ("EUR" if "€" in page.text else "")


def _amounts(found: Sequence[Labelled]) -> tuple[Amount, ...]:
    kept = found if len(found) <= MOST else sorted(found, key=lambda one: (-one.rank, one.sum.start))[:MOST]
    kept = sorted(kept, key=lambda one: one.sum.start)
    return tuple(Amount(_plain(one.sum.value), one.sum.currency, one.kind, one.sum.start, one.sum.end) for one in kept)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _distinct(found: Sequence[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.text for one in found))[:20]
