"""Remarks as the desk shows them: each with the search that leads to the documents behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from crible.sift.boxed import Boxed, Said
from crible.web.queries.searching import Asked, term

SHORT = 16
"""Digits of an id in an address: enough for a case, and fifty of them fit."""
MOST_DAYS = 90
"""Days of a chart; more are drawn by month."""


@dataclass(frozen=True, slots=True)
class Line:
    """One remark, and where its documents are found."""

    said: Said
    search: str = ""
    """Query string of the search page; empty where no query can ask for them."""
    document: str = ""
    """Id, where a single document stands behind it."""
    shown: int = 0
    """Documents that the search asks for by id; 0 where it asks by box and month."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the page."""

    name: str
    anchor: str
    search: str
    mails: int
    first: str
    last: str
    address: str
    owner: tuple[Line, ...]
    lasts: tuple[Line, ...]
    absences: tuple[Line, ...]
    """All but months that do not stand out."""
    months: tuple[Line, ...]
    """Replies without their parent, month by month."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the chart of traces, or one month where there are many days."""

    period: str
    """ISO: `2017-04-12` or `2017-04`."""
    count: int
    height: float
    """0 to 100, of the tallest."""
    place: str
    """Query string and anchor of its first day."""


def chart(days: Sequence[tuple[str, Sequence[Said]]], per_page: int) -> list[Day]:
    """Traces by day; by month where they would not fit. What no clock places has no bar."""
    dated = [day for day, _ in days if day]
    cut = 10 if len(dated) <= MOST_DAYS else 7
    counts: dict[str, int] = {}
    places: dict[str, str] = {}
    for at, (day, said) in enumerate(days):
        if day:
            period, page = day[:cut], 1 + at // per_page
            counts[period] = counts.get(period, 0) + sum(one.count for one in said)
            places.setdefault(period, (f"?page={page}" if page > 1 else "") + f"#day-{day}")
    top = max(counts.values(), default=1)
    return [Day(period, n, round(100 * n / top, 1), places[period]) for period, n in counts.items()]


def box(found: Boxed, number: int) -> Box:
    """A box with its lines; `number` tells it apart on its page."""
    within = (term("box", found.name),)
    return Box(
        name=found.name,
        anchor=f"box-{number}",
        search=_asked(*within, "kind:mail"),
        mails=found.mails,
        first=found.first_day,
        last=found.last_day,
        address=found.address,
        owner=tuple(_owner(said, within) for said in found.owner),
        lasts=tuple(line(said) for said in found.last),
        absences=tuple(absence(said, within) for said in found.brief),
        months=tuple(absence(said, within) for said in found.absences if said.message.startswith("parents-month")),
    )


def line(said: Said) -> Line:
    """A remark whose documents are known by their ids."""
    if len(said.refs) == 1:
        return Line(said, document=said.refs[0])
    return Line(said, _ids(said.refs) if said.refs else "", shown=len(said.refs))


def _owner(said: Said, within: tuple[str, ...]) -> Line:
    address = str(said.params.get("address", ""))
    field = {"owner-addressed": "to", "owner-wrote": "from", "owner-filed": "from"}.get(said.message)
    return Line(said, _asked(*within, term(field, address)) if field and address else "")


def absence(said: Said, within: tuple[str, ...]) -> Line:
    """What is absent from a box, with the search of the time or of the mails it is about."""
    if said.refs:
        return line(said)
    if said.message not in ("month-without", "months-without"):
        return Line(said)
    first = str(said.params["first"])
    return Line(said, _asked(*within, f"date:{first}..{said.params.get('last', first)}"))


def _ids(refs: Sequence[str]) -> str:
    return _asked(f"id:({' OR '.join(ref[:SHORT] for ref in refs)})")


def _asked(*terms: str) -> str:
    return Asked(chosen=terms).address()
