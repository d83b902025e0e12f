"""The case's people as the desk shows them: kept between requests, sorted, filtered, and with their searches."""

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse

from crible.index.schema import GRADES
from crible.model.grade import VOUCHED
from crible.sift import boxed
from crible.sift.people import UNDATED, VOUCHED_BITS, People, people
from crible.sift.person import Line, Person, lines, person
from crible.store.models import Document
from crible.web.paging import page_number
from crible.web.queries import shelf
from crible.web.queries.asked import Asked, term
from crible.web.served import Served

PER_PAGE = 50
LONGEST_FILTER = 100
SORTS = ("all", "sent", "received", "first", "last", "vouched", "address")
SHOWS = ("all", "both", "owners", "names", "alike")
MOST_LINES = 1_000
VOUCHED_FOR = f"grade:({' OR '.join(str(level) for level in GRADES if level in VOUCHED)})"
"""The term for what is proven, partly proven or corroborated."""
PERSONS = 64
"""Persons kept of those last asked for."""


class Held:
    """The people of one case, and what was worked out of them so far."""

    def __init__(self, found: People) -> None:
        self.people = found
        size = len(found)
        self.sent = [len(found.sent.get(n, ())) for n in range(size)]
        self.received = [len(found.received.get(n, ())) for n in range(size)]
        self.vouched = [0] * size
        self.first: list[int | None] = [None] * size
        self.last: list[int | None] = [None] * size
        self._walk()
        self._folded: list[str] = []
        self._orders: dict[tuple[str, str], list[int]] = {}
        self._persons: OrderedDict[int, Person] = OrderedDict()
        self._lines: dict[bool, list[Line]] = {}

    def _walk(self) -> None:
        """First, last and vouched for of everybody: over each one's own messages, by what loops in C."""
        found = self.people
        when, levels = found.when.__getitem__, found.levels.__getitem__
        for number, rows in found.sent.items():
            self.vouched[number] = sum(1 for level in map(levels, rows) if level & VOUCHED_BITS)
        for side in (found.sent, found.received):
            for number, rows in side.items():
                dated = [at for at in map(when, rows) if at != UNDATED]
                if dated:
                    first, last = self.first[number], self.last[number]
                    self.first[number] = min(dated) if first is None else min(first, min(dated))
                    self.last[number] = max(dated) if last is None else max(last, max(dated))

    def person(self, number: int, served: Served) -> Person:
        """One of them."""
        kept = self._persons.get(number)
        if kept is None:
            kept = self._persons[number] = person(self.people, number, served.zone)
            while len(self._persons) > PERSONS:
                self._persons.popitem(last=False)
        return kept

    def lines(self, *, lists: bool) -> list[Line]:
        """The heaviest lines between them, with or without what lists and machines sent."""
        if lists not in self._lines:
            self._lines[lists] = lines(self.people, lists=lists)[:MOST_LINES]
        return self._lines[lists]

    def order(self, show: str, sort: str, wanted: Callable[[int], bool]) -> list[int]:
        """Numbers of those whom `wanted` lets through, in order; kept by the two names."""
        key = (show, sort)
        if key not in self._orders:
            self._orders[key] = sorted(filter(wanted, range(len(self.people))), key=self._sorting(sort))
        return self._orders[key]

    def folded(self, number: int) -> str:
        """What a filter looks into: address and names, without case and accents."""
        if not self._folded:
            found = self.people
            rows = zip(found.addresses, found.names, found.called, strict=True)
            self._folded = [fold(" ".join((address, *names, *called))) for address, names, called in rows]
        return self._folded[number]

    def _sorting(self, sort: str) -> Callable[[int], tuple[object, ...]]:
        address = self.people.addresses
        keys: dict[str, Callable[[int], tuple[object, ...]]] = {
            "all": lambda n: (-self.sent[n] - self.received[n], address[n]),
            "sent": lambda n: (-self.sent[n], address[n]),
            "received": lambda n: (-self.received[n], address[n]),
            "first": lambda n: (self.first[n] is None, self.first[n] or 0, address[n]),
            "last": lambda n: (self.last[n] is None, -(self.last[n] or 0), address[n]),
            "vouched": lambda n: (-self.vouched[n], address[n]),
            "address": lambda n: (address[n],),
        }
        return keys[sort]


class _Holder:
    """What is kept of a case's people: one at a time, for it is large."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[frozenset[str], Held] | None = None
        self._begun: frozenset[str] | None = None

    def begin(self, taken: frozenset[str]) -> bool:
        """Whether nobody has begun to gather them; from now on somebody has.

        Without the lock, which is held all the while: of two who begin at once, the second finds them gathered.
        """
        before, self._begun = self._begun, taken
        return before != taken

    def with_taken(self, taken: frozenset[str]) -> Held:
        """Those of all mail that is open, these documents of the shelf included."""
        with self._lock:
            if self._kept is None or self._kept[0] != taken:
                self._kept = taken, Held(people(taken))
            return self._kept[1]


def held(served: Served) -> Held:
    """The people of the case, with what was taken from the closed shelf; made anew as facts or shelf change."""
    return served.kept("people", _Holder).with_taken(shelf.taken())


def prepare(served: Served) -> None:
    """Begin to gather them beside the requests: 98,000 mails take 3 s, for which whoever came first had to wait.

    Not while a sift runs, after which all would have to be gathered anew.
    """
    taken = shelf.taken()
    if not served.sifting() and served.kept("people", _Holder).begin(taken):
        served.beside(lambda: (held(served), owners(served), look_alikes(served)), taken)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list's address asks for."""

    q: str = ""
    show: str = "all"
    sort: str = "all"
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> "Wanted":
        """As given; what makes no sense falls back to the ordinary."""
        show, sort = given.get("show", ""), given.get("sort", "")
        return cls(
            given.get("q", "").strip()[:LONGEST_FILTER],
            show if show in SHOWS else "all",
            sort if sort in SORTS else "all",
            page_number(given),
        )

    def address(self, **changed: object) -> str:
        """The query string that asks for this, changed so; from the first page on."""
        asked = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        pairs = [("q", asked.q)] if asked.q else []
        pairs += [(name, value) for name in ("show", "sort") if (value := getattr(asked, name)) != "all"]
        pairs += [("page", str(asked.page))] if asked.page > 1 else []
        return "?" + urlencode(pairs)


@dataclass(frozen=True, slots=True)
class Somebody:
    """One address of a list."""

    address: str
    href: str
    name: str
    others: int
    """Further names written beside it in From."""
    sent: int
    received: int
    vouched: int
    first: int | None
    last: int | None
    boxes: int
    """Boxes that seem to be theirs."""
    alike: str
    """Domain that theirs reads like; empty for most."""
    wrote: str
    """Query string for what they sent."""
    got: str
    """For what they were sent."""
    borne_out: str
    """For what they sent that is vouched for."""


def select(served: Served, asked: Wanted) -> tuple[list[Somebody], int]:
    """One page of the list, and how many there are."""
    found, owned, alike = held(served), owners(served), look_alikes(served)

    def wanted(number: int) -> bool:
        address = found.people.addresses[number]
        return {
            "all": True,
            "both": bool(found.sent[number] and found.received[number]),
            "owners": address in owned,
            "names": len(found.people.names[number]) > 1,
            "alike": domain(address) in alike,
        }[asked.show]

    order = found.order(asked.show, asked.sort, wanted)
    if asked.q:
        sought = fold(asked.q)
        order = [number for number in order if sought in found.folded(number)]
    start = (asked.page - 1) * PER_PAGE
    return [somebody(served, number) for number in order[start : start + PER_PAGE]], len(order)


def somebody(served: Served, number: int) -> Somebody:
    """The line of a list for the address of that number."""
    found = held(served)
    address = found.people.addresses[number]
    return Somebody(
        address=address,
        href=href(served, address),
        name=found.people.usual(number),
        others=max(0, len(found.people.names[number]) - 1),
        sent=found.sent[number],
        received=found.received[number],
        vouched=found.vouched[number],
        first=found.first[number],
        last=found.last[number],
        boxes=len(owners(served).get(address, ())),
        alike=look_alikes(served).get(domain(address), ""),
        wrote=searched(served, by("from", address)),
        got=searched(served, by("to", address)),
        borne_out=searched(served, by("from", address), VOUCHED_FOR),
    )


def owners(served: Served) -> dict[str, list[boxed.Boxed]]:
    """Boxes by the address that they seem to be of."""

    def make() -> dict[str, list[boxed.Boxed]]:
        found: dict[str, list[boxed.Boxed]] = {}
        for box in served.kept("boxes", boxed.boxes):
            if box.address:
                found.setdefault(box.address.lower(), []).append(box)
        return found

    return served.kept("people-owners", make)


def look_alikes(served: Served) -> dict[str, str]:
    """Domains that read like another of the case, as the traces tell them."""

    def pairs() -> Iterator[tuple[str, str]]:
        for _, said in served.kept("traces", boxed.traces):
            for one in said:
                if one.message.startswith("trace-look-alike"):
                    yield str(one.params["domain"]).lower(), str(one.params["other"]).lower()

    return served.kept("people-alike", lambda: dict(pairs()))


def searched(served: Served, *terms: str) -> str:
    """Query string of the search for these terms; references left out where the case has any, as they are here."""
    referring = served.kept("references", lambda: Document.objects.filter(reference=True).exists())
    return Asked(chosen=(*terms, "reference:no") if referring else terms).address()


def by(field: str, address: str) -> str:
    """The term for mails `from` or `to` an address."""
    return field + term("from_address", address).removeprefix("from")


def href(served: Served, address: str) -> str:
    """Where a person's page is. A slash is written %2F: the browser must not take it for its own."""
    return f"{reverse('people', args=[served.slug])}{quote(address, safe='@')}/"


def domain(address: str) -> str:
    """What follows the @."""
    return address.rpartition("@")[2]


def fold(text: str) -> str:
    """Without case and accents."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()
