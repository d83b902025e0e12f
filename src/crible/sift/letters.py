"""Mails by sender and Date: whom an attribution line means, where no identifier says so."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from crible.model.facts import Quote
from crible.model.instant import Instant
from crible.store.models import Reading

MINUTE = 60
ZONES = 14 * 3600
"""How far a local time without its zone may be from UTC."""
QUARTER = 900
"""Zones differ by multiples of this."""
MOST = 5


class Letters:
    """All mails of the case, two numbers each. Filled from columns alone, when first asked."""

    def __init__(self) -> None:
        self._dates: dict[str, array[int]] | None = None
        self._keys: dict[str, array[int]] = {}

    def meant(self, quote: Quote) -> list[int]:
        """Primary keys of the mails that this attribution's address sent at its moment; none if more than five did.

        To the minute, for few write seconds. Without a zone any that exists will do.
        """
        if not quote.address or quote.date is None:
            return []
        dates = self._of(quote.address)
        if not dates:
            return []
        keys, moment = self._keys[quote.address], int(quote.date.seconds)
        reach = ZONES if quote.date.offset is None else 0
        first = bisect_left(dates, moment - reach - MINUTE + 1)
        last = bisect_right(dates, moment + reach + MINUTE - 1)
        near = (keys[at] for at in range(first, last) if matches(quote.date, dates[at]))
        found = list(islice(near, MOST + 1))
        return found if len(found) <= MOST else []

    def _of(self, address: str) -> "array[int]":
        if self._dates is None:
            self._dates = self._fill()
        return self._dates.get(address) or array("q")

    def _fill(self) -> "dict[str, array[int]]":
        dates: dict[str, array[int]] = defaultdict(lambda: array("q"))
        keys: dict[str, array[int]] = defaultdict(lambda: array("q"))
        for sender, date, pk in _mails():
            dates[sender.lower()].append(date)
            keys[sender.lower()].append(pk)
        self._keys = dict(keys)
        return dict(dates)


def _mails() -> Iterator[tuple[str, int, int]]:
    mails = Reading.objects.filter(kind="mail", date__isnull=False).exclude(sender="")
    for sender, date, pk in mails.order_by("date", "document__sha256").values_list("sender", "date", "pk").iterator():
        yield sender, date or 0, pk


def matches(said: Instant, sent: int) -> bool:
    """Whether a mail of this Date (Unix seconds) is what an attribution of this moment speaks of."""
    apart = sent - int(said.seconds)
    if said.offset is not None:
        return abs(apart) < MINUTE
    beyond = apart % QUARTER
    return abs(apart) < ZONES + MINUTE and (beyond < MINUTE or beyond > QUARTER - MINUTE)
