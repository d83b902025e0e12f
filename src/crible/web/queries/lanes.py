"""What is drawn over the timeline's bars and under them: the case's days, boxes with their silences, traces."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from crible.review.models import CalendarDay
from crible.sift import boxed
from crible.sift.boxed import Boxed
from crible.web.queries.asked import term
from crible.web.queries.boxed import Line, line
from crible.web.queries.people import searched
from crible.web.queries.scale import EARLIEST, LATEST, Period, Scale, period
from crible.web.queries.timeline import Wanted
from crible.web.served import Served

BOXES = 12
TRACES = 20
"""Of the chosen period; the others stand on their own page."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the scale, in per cent."""

    left: float
    width: float
    first: str
    """ISO days, or months for a silence."""
    last: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An entry of the case's calendar, and where it is drawn."""

    entry: CalendarDay
    number: int
    span: Span | None
    """None where it lies outside of what is shown."""
    address: str
    """Of the timeline with its first day chosen."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One box: from its first to its last mail, and the months without any."""

    name: str
    search: str
    mails: int
    span: Span | None
    gaps: tuple[Span, ...]
    since: float | None
    """From where on others had access to it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Traces of intrusion in one bar."""

    period: Period
    middle: float
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A day that case.toml names: since when others had access, or the last of which the posters claim anything."""

    name: str
    """`access` or `claimed`."""
    day: str
    left: float | None
    boxes: tuple[str, ...] = ()


def marked(entries: Iterable[CalendarDay], scale: Scale, asked: Wanted) -> list[Marked]:
    """The case's days in order, numbered."""
    return [_marked(entry, number, scale, asked) for number, entry in enumerate(entries, 1)]


def lanes(served: Served, scale: Scale, stated: Sequence[Stated]) -> tuple[list[Lane], int]:
    """The largest boxes, by their first mail; and how many there are."""
    found = [box for box in served.kept("boxes", boxed.boxes) if box.mails]
    access = next((one for one in stated if one.name == "access"), None)
    largest = sorted(found, key=lambda box: (-box.mails, box.name))[:BOXES]
    largest.sort(key=lambda box: (box.first_day, box.name))
    return [_lane(served, box, scale, access) for box in largest], len(found)


def traces(served: Served, scale: Scale, asked: Wanted) -> list[Trace]:
    """Traces by bar."""
    counts: dict[int, int] = {}
    for day, said in served.kept("traces", boxed.traces):
        at = _day(day)
        if at and scale.holds(at):
            place = scale.index(at)
            counts[place] = counts.get(place, 0) + sum(one.count for one in said)
    width = 100 / len(scale.periods)
    return [
        Trace(scale.periods[at], round((at + 0.5) * width, 3), n, asked.address(at=scale.periods[at].first))
        for at, n in sorted(counts.items())
    ]


def traces_of(served: Served, chosen: Period) -> tuple[list[tuple[str, Line]], int]:
    """The traces of a period with their days, the first `TRACES`; and how many there are."""
    first, last = chosen.first.isoformat(), chosen.last.isoformat()
    found = [(day, one) for day, said in served.kept("traces", boxed.traces) if first <= day <= last for one in said]
    return [(day, line(one)) for day, one in found[:TRACES]], len(found)


def stated(served: Served, scale: Scale) -> list[Stated]:
    """The days that case.toml names; one that cannot be read is said by the sift, not here."""
    intrusion, custody = (served.case.settings.get(name) for name in ("intrusion", "custody"))
    found = []
    if isinstance(intrusion, dict) and (day := _day(str(intrusion.get("since") or ""))):
        boxes = intrusion.get("boxes") or []
        names = tuple(str(one).lower() for one in boxes) if isinstance(boxes, list) else ()
        found.append(Stated("access", day.isoformat(), _place(scale, day), names))
    if isinstance(custody, dict) and (day := _day(str(custody.get("claimed_last") or ""))):
        found.append(Stated("claimed", day.isoformat(), _place(scale, day)))
    return found


def _place(scale: Scale, day: date) -> float | None:
    return round(scale.left(day), 3) if scale.holds(day) else None


def _marked(entry: CalendarDay, number: int, scale: Scale, asked: Wanted) -> Marked:
    first = _day(entry.day)
    address = asked.address(at=first) if first and scale.holds(first) else _shown(asked, first)
    return Marked(entry, number, _span(scale, entry.day, entry.until or entry.day), address)


def _shown(asked: Wanted, day: date | None) -> str:
    """A year around a day that the chart does not reach."""
    if day is None:
        return ""
    year = period("year", day)
    return asked.address(by="", first=year.first, last=year.last, at=day)


def _lane(served: Served, box: Boxed, scale: Scale, access: Stated | None) -> Lane:
    opened = access is not None and (not access.boxes or box.address.lower() in access.boxes)
    silent = [one for one in box.absences if one.message in ("month-without", "months-without")]
    gaps = (_gap(scale, str(one.params["first"]), str(one.params.get("last", one.params["first"]))) for one in silent)
    return Lane(
        box.name,
        searched(served, term("box", box.name), "kind:mail"),
        box.mails,
        _span(scale, box.first_day, box.last_day),
        tuple(gap for gap in gaps if gap),
        access.left if access and opened else None,
    )


def _gap(scale: Scale, first: str, last: str) -> Span | None:
    """Whole months."""
    start, end = _day(f"{first}-01"), _day(f"{last}-01")
    if start is None or end is None:
        return None
    span = _span(scale, start.isoformat(), period("month", end).last.isoformat())
    return Span(span.left, span.width, first, last) if span else None


def _span(scale: Scale, first: str, last: str) -> Span | None:
    """None for what does not touch the scale."""
    start, end = _day(first), _day(last)
    if start is None or end is None or end < scale.first or start > scale.last:
        return None
    left, right = scale.left(start), scale.right(end)
    return Span(round(left, 3), round(max(right - left, 0.15), 3), first, last)


def _day(text: str) -> date | None:
    """The day of an ISO date or moment, as written; None for what is none."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text).date()
        return found if EARLIEST <= found <= LATEST else None
    return None
