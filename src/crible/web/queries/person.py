"""One person's page: what the mails say of an address, each number with its search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crible.index.schema import GRADES
from crible.sift.person import Correspondent, Person
from crible.store.models import Document
from crible.web.queries.asked import term
from crible.web.queries.boxed import Line as Said
from crible.web.queries.boxed import box
from crible.web.queries.names import Named, listed
from crible.web.queries.people import VOUCHED_FOR, Held, by, domain, href, look_alikes, owners, searched
from crible.web.queries.when import When, when
from crible.web.served import Served

CORRESPONDENTS = 50
SHADES = 5
"""Steps of grey between the busiest hour and none."""
LISTED = 8
HOURS = (0, 6, 12, 18)
"""Written under the week."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A value with how often it is met, and the search for it."""

    value: str
    count: int
    search: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A correspondent, with the searches for both directions."""

    address: str
    href: str
    name: str
    met: Correspondent
    to_them: str
    from_them: str


@dataclass(frozen=True, slots=True)
class Month:
    """A bar: what was sent stands on what was received. Heights of 100."""

    period: str
    sent: int
    received: int
    height: float
    foot: float
    search: str


@dataclass(frozen=True, slots=True)
class Hour:
    """A cell of the week."""

    hour: int
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Began:
    """A thread's first message here, and how many the thread holds."""

    document: Named
    messages: int


def facts(served: Served, found: Held, number: int, page: int) -> dict[str, Any]:
    """The page's context; two statements, for the threads and the boxes."""
    address, of = found.people.addresses[number], found.person(number, served)
    start = (page - 1) * CORRESPONDENTS
    shown = of.correspondents[start : start + CORRESPONDENTS]
    own = owners(served).get(address, [])
    return {
        "address": address,
        "person_of": of,
        "name": found.people.usual(number),
        "names": _names(served, found.people.names[number], "from", address),
        "called": _names(served, found.people.called[number], "to", address),
        "wrote": searched(served, by("from", address)),
        "got": searched(served, by("to", address)),
        "vouched_search": searched(served, by("from", address), VOUCHED_FOR),
        "levels": _levels(served, of, address),
        "others": [_other(served, found, one, address) for one in shown],
        "start": start + 1,
        "more": len(of.correspondents) > start + CORRESPONDENTS,
        "months": _months(served, of, address),
        "week": week(of.hours),
        "hours": HOURS,
        "zones": [(minutes, count) for minutes, count in of.offsets.most_common(LISTED)],
        "programs": of.programs.most_common(LISTED),
        "threads": _threads(of),
        "boxes": [box(one, place) for place, one in enumerate(own, 1)],
        "absences": _absences([line for place, one in enumerate(own, 1) for line in box(one, place).absences]),
        "alike": look_alikes(served).get(domain(address), ""),
        "imitated_by": sorted(own for own, other in look_alikes(served).items() if other == domain(address))[:LISTED],
    }


def week(hours: Sequence[Sequence[int]]) -> list[list[Hour]]:
    """Seven days of 24 hours, shaded by the busiest."""
    top = max(max(day) for day in hours) or 1
    return [[Hour(hour, n, -(-n * SHADES // top)) for hour, n in enumerate(day)] for day in hours]


def _names(served: Served, names: dict[str, int], field: str, address: str) -> list[Counted]:
    order = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Counted(name, n, searched(served, by(field, address), term(field, name))) for name, n in order]


def _levels(served: Served, of: Person, address: str) -> list[Counted]:
    wanted = ((str(level), of.levels.get(str(level), 0)) for level in GRADES)
    return [Counted(level, n, searched(served, by("from", address), f"grade:{level}")) for level, n in wanted if n]


def _other(served: Served, found: Held, met: Correspondent, address: str) -> Other:
    other = found.people.addresses[met.number]
    return Other(
        other,
        href(served, other),
        found.people.usual(met.number),
        met,
        searched(served, by("from", address), by("to", other)),
        searched(served, by("from", other), by("to", address)),
    )


def _months(served: Served, of: Person, address: str) -> tuple[When, list[Month]] | None:
    chart = when([(month, sum(counts)) for month, counts in of.months.items()])
    if chart is None:
        return None
    sums: dict[str, list[int]] = {}
    for month, (sent, received) in of.months.items():
        both = sums.setdefault(month[:4] if chart.by_year else month, [0, 0])
        both[0], both[1] = both[0] + sent, both[1] + received
    about = f"({by('from', address)} OR {by('to', address)})"
    bars = []
    for bar in chart.bars:
        sent, received = sums.get(bar.period, (0, 0))
        foot = round(bar.height * received / bar.count, 1) if bar.count else 0.0
        search = searched(served, about, f"date:{bar.period}")
        bars.append(Month(bar.period, sent, received, round(bar.height - foot, 1), foot, search))
    return chart, bars


def _threads(of: Person) -> list[Began]:
    rows = Document.objects.filter(pk__in=[pk for pk, _ in of.threads])
    order = {bytes(sha).hex(): pk for pk, sha in rows.values_list("pk", "sha256")}
    named = {order[one.id]: one for one in listed(rows)}
    return [Began(named[pk], n) for pk, n in of.threads if pk in named]


def _absences(lines: list[Said]) -> dict[str, Any]:
    return {"shown": lines[:LISTED], "more": max(0, len(lines) - LISTED)}
