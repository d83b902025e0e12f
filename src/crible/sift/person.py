"""One address among the case's people: with whom, when, by which programs, how far vouched for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from crible.sift.people import BIT, BY_MACHINE, NO_ZONE, NOBODY, UNDATED, People

MOST_THREADS = 10
BROAD = 20
"""Receivers beyond which a mail says little about who knows whom: it draws no line between people."""


@dataclass(slots=True)
class Correspondent:
    """Another address, and the messages that passed."""

    number: int
    wrote: int = 0
    """From the person to it."""
    got: int = 0
    """From it to the person."""
    first: int | None = None
    last: int | None = None
    """Unix seconds, by the Date fields."""

    @property
    def both(self) -> int:
        """In all."""
        return self.wrote + self.got


@dataclass(slots=True)
class Person:
    """What the mails say of one address."""

    number: int
    sent: int = 0
    received: int = 0
    first: int | None = None
    last: int | None = None
    levels: dict[str, int] = field(default_factory=dict)
    """Sent messages by grade; one whose copies differ stands under each."""
    vouched: int = 0
    by_machine: int = 0
    """Sent messages that a list or a machine sent."""
    unzoned: int = 0
    """Sent messages whose Date names no zone: their hour is not known."""
    undated: int = 0
    """Sent or received messages without a Date."""
    hours: list[list[int]] = field(default_factory=lambda: [[0] * 24 for _ in range(7)])
    """Sent messages by weekday (Monday first) and hour, in the case's zone."""
    offsets: Counter[int] = field(default_factory=Counter)
    """Sent messages by the zone their Date names, minutes east of UTC."""
    months: dict[str, list[int]] = field(default_factory=dict)
    """Sent and received messages by month, `2017-04`, in the case's zone."""
    programs: Counter[str] = field(default_factory=Counter)
    correspondents: list[Correspondent] = field(default_factory=list)
    """Whom most messages were exchanged with first."""
    threads: list[tuple[int, int]] = field(default_factory=list)
    """Document and messages of threads whose first message here is theirs, the longest first."""
    threads_begun: int = 0


def person(people: People, number: int, zone: tzinfo) -> Person:
    """All that is said of the address of that number; a walk over its own messages."""
    found = Person(number)
    others: dict[int, Correspondent] = {}
    for row in people.sent.get(number, ()):
        found.sent += 1
        _sent(found, people, row)
        _dated(found, people, row, zone, 0)
        for receiver in people.receivers[row]:
            _met(others, receiver, people.when[row], wrote=True)
    for row in people.received.get(number, ()):
        found.received += 1
        _dated(found, people, row, zone, 1)
        _met(others, people.sender[row], people.when[row], wrote=False)
    found.vouched = people.vouched(number)
    found.correspondents = sorted(others.values(), key=lambda one: (-one.both, people.addresses[one.number]))
    found.months = dict(sorted(found.months.items()))
    return found


def _sent(found: Person, people: People, row: int) -> None:
    for level, bit in BIT.items():
        if people.levels[row] & bit:
            found.levels[level] = found.levels.get(level, 0) + 1
    found.by_machine += people.flags[row] & BY_MACHINE
    if people.mailer[row]:
        found.programs[people.mailers[people.mailer[row]]] += 1
    thread = people.thread[row]
    if people.began[thread] == row and people.length[thread] > 1:
        found.threads_begun += 1
        found.threads = sorted((*found.threads, (people.document[row], people.length[thread])), key=_longest)
        del found.threads[MOST_THREADS:]


def _longest(thread: tuple[int, int]) -> tuple[int, int]:
    return -thread[1], thread[0]


def _dated(found: Person, people: People, row: int, zone: tzinfo, side: int) -> None:
    when, offset = people.when[row], people.offset[row]
    at = local(when, zone)
    if at is None:
        found.undated += 1
        return
    found.first = when if found.first is None else min(found.first, when)
    found.last = when if found.last is None else max(found.last, when)
    found.months.setdefault(f"{at.year:04}-{at.month:02}", [0, 0])[side] += 1
    if side:
        return
    if offset == NO_ZONE:
        found.unzoned += 1
        return
    found.offsets[offset] += 1
    found.hours[at.weekday()][at.hour] += 1


def _met(others: dict[int, Correspondent], number: int, when: int, *, wrote: bool) -> None:
    if number == NOBODY:
        return
    other = others.get(number)
    if other is None:
        other = others[number] = Correspondent(number)
    other.wrote += wrote
    other.got += not wrote
    if when != UNDATED:
        other.first = when if other.first is None else min(other.first, when)
        other.last = when if other.last is None else max(other.last, when)


def local(when: int, zone: tzinfo) -> datetime | None:
    """The moment in that zone; None where there is none, or no calendar holds it."""
    if when == UNDATED:
        return None
    try:
        return datetime.fromtimestamp(when, zone)
    except (OverflowError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """Messages between two addresses."""

    a: int
    b: int
    forth: int
    """From a to b."""
    back: int

    @property
    def both(self) -> int:
        """In all."""
        return self.forth + self.back


def lines(people: People, among: Iterable[int] | None = None, *, lists: bool = False) -> list[Line]:
    """Who wrote to whom, heaviest first, among these addresses or all.

    Mails to more than `BROAD` people draw no line, nor do notes to oneself; those of lists and machines only where
    `lists` are asked for.
    """
    chosen = None if among is None else frozenset(among)
    counts: Counter[tuple[int, int]] = Counter()
    for sender in people.sent if chosen is None else sorted(chosen):
        for row in people.sent.get(sender, ()):
            receivers = people.receivers[row]
            if len(receivers) > BROAD or (people.flags[row] & BY_MACHINE and not lists):
                continue
            counts.update((sender, to) for to in receivers if to != sender and (chosen is None or to in chosen))
    pairs = {(min(pair), max(pair)) for pair in counts}
    found = [Line(a, b, counts[a, b], counts[b, a]) for a, b in pairs]
    return sorted(found, key=lambda one: (-one.both, people.addresses[one.a], people.addresses[one.b]))
