"""When what was found was written: bars by month or year, each narrowing the search to itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crible.web.queries.asked import Asked, span
from crible.web.queries.when import Bar, When, when

_ENDS = re.compile(r"date:([0-9]{4}(?:-[0-9]{2})?)?(?:-[0-9]{2})?(\.\.)?([0-9]{4}(?:-[0-9]{2})?)?(?:-[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Span:
    """One bar."""

    bar: Bar
    chosen: bool
    """It lies in a span that was chosen."""
    address: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, and where a span drawn over them leads."""

    when: When
    spans: tuple[Span, ...]
    base: str
    """Query string to which `&in=date:A..B` is added."""
    narrowed: bool
    """Only what lies in the chosen span is drawn: by month, where all of it would be by year."""
    earlier: str
    """Address of what is dated before the first bar."""
    later: str

    @property
    def first(self) -> str:
        """Where the span begins that is chosen, or else all of it."""
        return next((one.bar.period for one in self.spans if one.chosen), self.when.first)

    @property
    def last(self) -> str:
        """Where it ends."""
        return next((one.bar.period for one in reversed(self.spans) if one.chosen), self.when.last)


def chart(months: Sequence[tuple[str, int]], asked: Asked) -> Chart | None:
    """From the months of what is found but for the time chosen, so that the chosen span is seen among the others.

    Where that is too long for months, the span chosen is drawn alone. None where fewer than two months would stand.
    """
    ends = [_ends(one) for one in asked.dates]
    whole = when(months)
    narrowed = False
    if whole and whole.by_year and ends:
        within = [(month, count) for month, count in months if _within(month, ends)]
        narrow = when(within)
        if narrow and len(narrow.bars) > 1:
            whole, narrowed = narrow, True
    if whole is None or len(whole.bars) < 2:
        return None
    marked = bool(ends) and not narrowed
    spans = tuple(
        Span(bar, marked and _within(bar.period, ends), _narrowing(asked, bar.period, bar.period)) for bar in whole.bars
    )
    base = asked.undated
    earlier = asked.address(chosen=(*base, f"before:{whole.first}"))
    later = asked.address(chosen=(*base, f"after:{_following(whole.last)}"))
    return Chart(whole, spans, asked.address(chosen=base), narrowed, earlier, later)


def narrowed(asked: Asked, since: str, until: str) -> str:
    """The address for a span given in two fields; either may be empty, and the earlier goes first."""
    first, last = (since, until) if not since or not until or since <= until else (until, since)
    return _narrowing(asked, first, last) if first or last else asked.address(chosen=asked.undated)


def _narrowing(asked: Asked, first: str, last: str) -> str:
    return asked.address(chosen=(*asked.undated, span(first, last)))


def _following(period: str) -> str:
    """The month or year after it."""
    if len(period) == 4:
        return f"{int(period) + 1:04}"
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]), 12)
    return f"{year:04}-{month + 1:02}"


def _ends(term: str) -> tuple[str, str]:
    """First and last month or year of a span; empty is open."""
    found = _ENDS.fullmatch(term)
    if not found:
        return "", ""
    first, dots, last = found[1] or "", found[2], found[3] or ""
    return (first, last) if dots else (first, first)


def _within(period: str, ends: Sequence[tuple[str, str]]) -> bool:
    """A month or year, against months or years: as far as both are written."""
    return any(
        (not first or period[: len(first)] >= first[: len(period)])
        and (not last or period[: len(last)] <= last[: len(period)])
        for first, last in ends
    )
