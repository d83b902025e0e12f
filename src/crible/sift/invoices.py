"""Every issuer's invoices with their numbers and dates, gathered once for the whole corpus."""

from collections import defaultdict
from datetime import date

from crible.assess.papers import fold
from crible.assess.sequence import Invoice, OutOfOrder, against, form
from crible.model.facts import Reading

MOST = 5_000
"""Invoices of one series that are kept; whoever has more is not read by eye."""


class Invoices:
    """A surveyor. Keeps a number, a day and an id of each invoice that states issuer, number and date."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str], list[Invoice]] = defaultdict(list)
        self._keys: dict[str, int] = {}

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002
        """Keep an invoice's place in its series; credit notes and drafts have other forms or no number."""
        sorting = reading.sorting
        if sorting is None or sorting.name != "invoice" or sorting.finance is None or reading.mail is not None:
            return
        paper = sorting.finance
        issuer, shape = fold(paper.issuer), form(paper.number)
        if not issuer or shape is None or not paper.date:
            return
        series = self._series[issuer, shape[0]]
        if len(series) < MOST:
            series.append(Invoice(id, paper.number, date.fromisoformat(paper.date).toordinal()))
            self._keys[id] = pk

    def out_of_order(self) -> dict[int, OutOfOrder]:
        """By primary key: invoices that go against the order of their series."""
        return {
            self._keys[one]: found
            for key in sorted(self._series)
            for one, found in sorted(against(self._series[key]).items())
        }
