"""The timeline: documents by period, and over them boxes, absences, traces, the case's own days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict

from crible.index.dates import period as bounds
from crible.sift.chronicle import CELLS, KINDS, LEVELS, Chronicle, chronicle
from crible.store.models import Document
from crible.web.paging import page_number
from crible.web.queries.names import Named, listed
from crible.web.queries.people import searched
from crible.web.queries.scale import DAY, EARLIEST, LATEST, MOST, UNITS, Period, Scale, bars, fitting
from crible.web.served import Served

STACKS = ("grade", "kind")
STRAY = 0.005
"""Share of documents, at each end, left outside unless asked for: a few clocks at 1970 would flatten the rest."""
PER_PAGE = 50
TICKS = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the timeline's address asks for."""

    by: str = ""
    """One of `UNITS`; empty for whichever fits."""
    first: date | None = None
    last: date | None = None
    stack: str = "grade"
    at: date | None = None
    """A day of the bar that is chosen."""
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> "Wanted":
        """As given; what makes no sense falls back to the ordinary."""
        first, last = _day(given.get("from", "")), _day(given.get("to", ""))
        if first and last and last < first:
            first, last = last, first
        by, stack = given.get("by", ""), given.get("stack", "")
        return cls(
            by if by in UNITS else "",
            first,
            last,
            stack if stack in STACKS else "grade",
            _day(given.get("at", "")),
            page_number(given),
        )

    def address(self, **changed: object) -> str:
        """The query string that asks for this, changed so; from the first page of what is chosen."""
        asked = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        pairs = [("by", asked.by), ("from", asked.first), ("to", asked.last), ("at", asked.at)]
        pairs += [("stack", asked.stack if asked.stack != "grade" else "")]
        return "?" + urlencode([(name, str(value)) for name, value in pairs if value])


@dataclass(frozen=True, slots=True)
class Part:
    """A bar's stretch of one grade or kind; per cent of the chart's height, from its top."""

    name: str
    count: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One period."""

    period: Period
    count: int
    left: float
    width: float
    parts: tuple[Part, ...]
    address: str
    """Of the timeline with this bar chosen."""
    chosen: bool
    search: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart."""

    scale: Scale
    asked: Wanted
    bars: list[Bar]
    legend: list[tuple[str, int, str]]
    """What bars are stacked of, how many documents of each the chart shows, and the search for them."""
    total: int
    before: int
    """Documents dated before its first bar, and after its last."""
    after: int
    search_before: str
    search_after: str
    """Query strings for these."""
    coarser: bool
    """The unit asked for would have made too many bars."""

    @property
    def ticks(self) -> list[Bar]:
        """Four bars that say where on the scale one is."""
        return self.bars[:: max(1, -(-len(self.bars) // TICKS))]

    @property
    def chosen(self) -> Bar | None:
        """The bar whose documents are listed."""
        return next((bar for bar in self.bars if bar.chosen), None)

    @property
    def top(self) -> int:
        """Documents of the highest bar."""
        return max((bar.count for bar in self.bars), default=0)

    @property
    def units(self) -> list[tuple[str, str, bool]]:
        """Units, the address of the same span by each, and whether it would fit."""
        first, last = self.scale.first, self.scale.last
        return [(unit, self.asked.address(by=unit), bars(unit, first, last) <= MOST) for unit in reversed(UNITS)]

    @property
    def closer(self) -> str:
        """The address of the chosen bar alone, by the next finer unit; empty where there is none."""
        chosen = self.chosen
        if chosen is None or chosen.period.unit == "day":
            return ""
        unit = "month" if chosen.period.unit == "year" else "day"
        return self.asked.address(by=unit, first=chosen.period.first, last=chosen.period.last, at=None)

    @property
    def whole(self) -> str:
        """The address of the whole span of the case; empty where that is shown."""
        asked = self.asked
        return asked.address(by="", first=None, last=None) if asked.first or asked.last or asked.by else ""

    @property
    def restacked(self) -> str:
        """The address of the same, stacked by the other."""
        return self.asked.address(stack="kind" if self.asked.stack == "grade" else "grade")

    def beside(self, way: int) -> str:
        """The address of the span before (-1) or after (1), as long as this one; empty where nothing is there."""
        if not (self.before if way < 0 else self.after) or not (self.asked.first or self.asked.last):
            return ""
        days = ((self.scale.last - self.scale.first).days + 1) * way
        first, last = self.scale.first.toordinal() + days, self.scale.last.toordinal() + days
        if first < EARLIEST.toordinal() or last > LATEST.toordinal():
            return ""
        return self.asked.address(first=date.fromordinal(first), last=date.fromordinal(last), at=None)

    @property
    def earlier(self) -> str:
        """The span before."""
        return self.beside(-1)

    @property
    def later(self) -> str:
        """The span after."""
        return self.beside(1)


def days(served: Served) -> Chronicle:
    """The case's days, kept."""
    return served.kept("chronicle", lambda: chronicle(served.zone))


def timeline(served: Served, asked: Wanted) -> Timeline | None:
    """The chart that is asked for; None without any date."""
    found = days(served)
    if not found.days:
        return None
    first, last = _ends(found)
    first, last = asked.first or min(first, asked.last or first), asked.last or max(last, asked.first or last)
    unit = fitting(asked.by, first, last)
    scale = Scale(unit, first, last)
    sums, before, after = _sums(found, scale)
    columns = [_columns(sums_of, asked.stack) for sums_of in sums]
    top = max((sum(column) for column in columns), default=0)
    shown = [_bar(served, asked, scale, at, column, top) for at, column in enumerate(columns)]
    names = _names(asked.stack)
    legend = [(name, sum(column[place] for column in columns)) for place, name in enumerate(names)]
    total = sum(bar.count for bar in shown)
    span = f"date:{scale.first}..{scale.last}"
    kept = [(name or "unweighed", n, _among(served, asked.stack, name, span)) for name, n in legend if n]
    earlier, later = (searched(served, one) for one in (f"before:{scale.first}", f"date:{scale.last + DAY}.."))
    coarser = bool(asked.by) and unit != asked.by
    return Timeline(scale, asked, shown, kept, total, before, after, earlier, later, coarser)


def documents(served: Served, chosen: Period, number: int) -> tuple[list[Named], bool]:
    """One page of the documents dated in a period, oldest first, and whether there are more; what is closed, closed."""
    span = bounds(f"{chosen.first}..{chosen.last}", "date", served.zone, 1)
    rows = Document.objects.filter(reference=False, reading__date__gte=span.low, reading__date__lt=span.high)
    start = (number - 1) * PER_PAGE
    found = listed(rows.order_by("reading__date", "sha256")[start : start + PER_PAGE + 1])
    return found[:PER_PAGE], len(found) > PER_PAGE


def _ends(found: Chronicle) -> tuple[date, date]:
    """The days between which all but strays lie."""
    counts = [(date.fromisoformat(day), sum(cells)) for day, cells in found.days.items()]
    stray = STRAY * sum(count for _, count in counts)
    return _end(counts, stray), _end(counts[::-1], stray)


def _end(counts: Sequence[tuple[date, int]], stray: float) -> date:
    passed = 0
    for day, count in counts:
        passed += count
        if passed > stray:
            return day
    return counts[0][0]


def _sums(found: Chronicle, scale: Scale) -> tuple[list[list[int]], int, int]:
    """Documents by bar and cell; and how many lie before and after."""
    sums = [[0] * len(CELLS) for _ in scale.periods]
    before = after = 0
    first, last = scale.first.isoformat(), scale.last.isoformat()
    for day, cells in found.days.items():
        if day < first:
            before += sum(cells)
        elif day > last:
            after += sum(cells)
        else:
            row = sums[scale.index(date.fromisoformat(day))]
            for place, count in enumerate(cells):
                row[place] += count
    return sums, before, after


def _names(stack: str) -> tuple[str, ...]:
    return LEVELS if stack == "grade" else KINDS


def _among(served: Served, stack: str, name: str, span: str) -> str:
    """The search for one stretch of all bars; empty for what is not weighed, which no search knows."""
    return searched(served, span, f"{stack}:{name}") if name else ""


def _columns(cells: Sequence[int], stack: str) -> list[int]:
    half = len(LEVELS)
    if stack == "kind":
        return [sum(cells[:half]), sum(cells[half:])]
    return [mails + files for mails, files in zip(cells[:half], cells[half:], strict=True)]


def _bar(served: Served, asked: Wanted, scale: Scale, at: int, column: Sequence[int], top: int) -> Bar:
    one, width = scale.periods[at], 100 / len(scale.periods)
    parts, foot = [], 100.0
    for name, count in zip(_names(asked.stack), column, strict=True):
        if count:
            height = 100 * count / top
            foot -= height
            parts.append(Part(name or "unweighed", count, round(foot, 2), round(height, 2)))
    return Bar(
        one,
        sum(column),
        round(at * width, 4),
        round(width, 4),
        tuple(parts),
        asked.address(at=one.first),
        asked.at is not None and one.first <= asked.at <= one.last,
        searched(served, one.term),
    )


def _day(text: str) -> date | None:
    try:
        found = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
