"""Who wrote to whom, as the mails' own fields have it: every mail of the case as a row of small columns.

A message is one row however many copies of it lie about, unless copies name another sender: so the counts here are
those that a search for `from:` and `to:` gives. Held in memory between requests, about 200 bytes a message.
"""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from crible.index.schema import GRADES
from crible.model.grade import VOUCHED
from crible.store.models import Reading

LONGEST = 254
"""Characters of an address (RFC 5321 §4.5.3.1.3): what is longer leads nowhere, and is counted as no address."""
MOST_RECEIVERS = 200
"""Of one mail: whoever writes to more people than that writes to nobody in particular."""
MOST_ADDRESSES = 300_000
MOST_PAIRS = 600_000
"""Of name and address, whose names are counted."""
MOST_NAMES = 20
"""Names kept of one address."""
NAME = 120
UNDATED = -(1 << 62)
NO_ZONE = 32_767
"""Stands where a Date names no zone."""
NOBODY = (1 << 32) - 1
"""Stands where From gives no address: whoever received such mail received it all the same."""
BY_MACHINE = 1
"""Flag of a row: a list or a machine sent it."""

BIT = {str(level): 1 << place for place, level in enumerate(GRADES)}
VOUCHED_BITS = sum(BIT[str(level)] for level in VOUCHED)


class _Box(msgspec.Struct, gc=False):
    name: str
    address: str


class _At(msgspec.Struct, gc=False):
    seconds: float
    offset: int | None


class _Mail(msgspec.Struct):
    """What of `model.facts.MailFacts` is wanted here: the rest is stepped over, which takes a third of the time."""

    senders: tuple[_Box, ...] = ()
    to: tuple[_Box, ...] = ()
    cc: tuple[_Box, ...] = ()
    bcc: tuple[_Box, ...] = ()
    date: _At | None = None
    mailer: str = ""
    list_id: str = ""
    bulk: bool = False


class _Sorted(msgspec.Struct):
    private: tuple[msgspec.Raw, ...] = ()


class _Facts(msgspec.Struct):
    mail: _Mail | None = None
    sorting: _Sorted | None = None


class _Row(NamedTuple):
    pk: int
    sha256: bytes | memoryview
    facts: bytes | memoryview
    level: str | None
    private: bool | None
    family: str | None
    thread: str | None


@dataclass(slots=True)
class People:
    """All messages between addresses; addresses, threads and programs are numbered as they are met."""

    addresses: list[str] = field(default_factory=list)
    """Lower case, as search takes them."""
    number: dict[str, int] = field(default_factory=dict)
    names: list[dict[str, int]] = field(default_factory=list)
    """By address: the names beside it in From, each with its messages."""
    called: list[dict[str, int]] = field(default_factory=list)
    """The same of To, Cc and Bcc: what others call them."""
    mailers: list[str] = field(default_factory=list)
    """Programs that mails name as their writer; the first is none."""
    document: "array[int]" = field(default_factory=lambda: array("q"))
    """By row: primary key of its best graded copy."""
    sender: "array[int]" = field(default_factory=lambda: array("I"))
    when: "array[int]" = field(default_factory=lambda: array("q"))
    """Unix seconds of its Date; UNDATED without one."""
    offset: "array[int]" = field(default_factory=lambda: array("h"))
    """Minutes east of UTC that its Date names; NO_ZONE."""
    levels: bytearray = field(default_factory=bytearray)
    """`BIT`s of the grades that its copies have."""
    flags: bytearray = field(default_factory=bytearray)
    mailer: "array[int]" = field(default_factory=lambda: array("H"))
    thread: "array[int]" = field(default_factory=lambda: array("I"))
    receivers: list[tuple[int, ...]] = field(default_factory=list)
    sent: dict[int, "array[int]"] = field(default_factory=dict)
    """Rows by sender."""
    received: dict[int, "array[int]"] = field(default_factory=dict)
    """Rows by receiver."""
    began: "array[int]" = field(default_factory=lambda: array("q"))
    """By thread: row of its first dated message here; -1."""
    length: "array[int]" = field(default_factory=lambda: array("I"))
    """By thread: its messages."""
    closed: int = 0
    """Mails that lie on the closed shelf: their addresses are none of these."""
    unaddressed: int = 0
    """Mails whose From gives no address."""

    def __len__(self) -> int:
        return len(self.addresses)

    def usual(self, number: int) -> str:
        """The name most often written with the address, by itself or else by others; empty without any."""
        for names in (self.names[number], self.called[number]):
            if names:
                return min(names, key=lambda name: (-names[name], name))
        return ""

    def vouched(self, number: int) -> int:
        """Messages from the address of which a copy is vouched for."""
        return sum(1 for row in self.sent.get(number, ()) if self.levels[row] & VOUCHED_BITS)


def people(taken: Collection[str] = ()) -> People:
    """Read every mail of the dump once, references left out.

    `taken` are ids (SHA-256, hex) of documents that somebody took from the closed shelf: only these of it are counted.
    What is not weighed yet stays closed for any clue of its own.
    """
    return _Gathering(taken).all()


class _Gathering:
    """Fills `People`; what is only needed meanwhile goes with it."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = taken
        self._people = People(mailers=[""])
        self._rows: dict[tuple[str, int], int] = {}
        self._pairs: dict[tuple[str, str], list[Any]] = {}
        self._mailers = {"": 0}
        self._threads: dict[str, int] = {}
        self._decode = msgspec.msgpack.Decoder(_Facts).decode

    def all(self) -> People:
        """Every mail, in the order of the store."""
        for row in _rows():
            facts = self._decode(row.facts)
            if self._closed(row, facts):
                self._people.closed += 1
            elif facts.mail is not None:
                self._take(row, facts.mail)
        self._index()
        return self._people

    def _closed(self, row: _Row, facts: _Facts) -> bool:
        hinted = facts.sorting is not None and bool(facts.sorting.private)
        private = hinted if row.private is None else row.private
        return private and bytes(row.sha256).hex() not in self._taken

    def _take(self, row: _Row, mail: _Mail) -> None:
        found = self._people
        sender = self._numbered(mail.senders[0].address) if mail.senders else None
        if sender is None:
            sender = NOBODY
            found.unaddressed += 1
        bit = BIT.get(row.level or "", 0)
        place = self._rows.setdefault((row.family or bytes(row.sha256).hex(), sender), len(found.sender))
        again = place < len(found.sender)
        receivers = self._receivers((*mail.to, *mail.cc, *mail.bcc)[:MOST_RECEIVERS], count=not again)
        if again:
            self._again(place, row.pk, bit, receivers)
            return
        self._add(row, mail, sender, bit, receivers)
        if sender != NOBODY:
            _count(found.names[sender], mail.senders[0].name, found.addresses[sender], 1)

    def _receivers(self, boxes: tuple[_Box, ...], *, count: bool) -> tuple[int, ...]:
        """Their numbers, once each; what they are called is counted by the pair, since few pairs make most mail."""
        numbers = []
        for box in boxes:
            key = (box.name, box.address)
            pair = self._pairs.get(key)
            if pair is None:
                pair = [self._numbered(box.address), 0]
                if len(self._pairs) < MOST_PAIRS:
                    self._pairs[key] = pair
            if pair[0] is not None:
                pair[1] += count
                numbers.append(pair[0])
        return tuple(dict.fromkeys(numbers))

    def _again(self, place: int, pk: int, bit: int, receivers: tuple[int, ...]) -> None:
        """A further copy of a message."""
        found = self._people
        best = found.levels[place] & -found.levels[place]
        if bit and (not best or bit < best):
            found.document[place] = pk
        found.levels[place] |= bit
        if receivers != found.receivers[place]:
            found.receivers[place] = tuple(dict.fromkeys((*found.receivers[place], *receivers)))

    def _add(self, row: _Row, mail: _Mail, sender: int, bit: int, receivers: tuple[int, ...]) -> None:
        found, date = self._people, mail.date
        found.document.append(row.pk)
        found.sender.append(sender)
        found.when.append(_whole(date.seconds) if date else UNDATED)
        found.offset.append(NO_ZONE if date is None or date.offset is None else max(-1440, min(date.offset, 1440)))
        found.levels.append(bit)
        found.flags.append(BY_MACHINE if mail.list_id or mail.bulk else 0)
        found.mailer.append(self._program(mail.mailer))
        found.thread.append(self._threads.setdefault(row.thread or f"/{row.pk}", len(self._threads)))
        found.receivers.append(receivers)

    def _numbered(self, address: str) -> int | None:
        """The address' number; None for what is none."""
        address = address.lower()
        found = self._people
        number = found.number.get(address)
        if number is None and is_address(address) and len(found) < MOST_ADDRESSES:
            number = found.number[address] = len(found)
            found.addresses.append(address)
            found.names.append({})
            found.called.append({})
        return number

    def _program(self, name: str) -> int:
        name = " ".join(name.split())[:NAME]
        if name not in self._mailers and len(self._mailers) < 5_000:
            self._mailers[name] = len(self._mailers)
            self._people.mailers.append(name)
        return self._mailers.get(name, 0)

    def _index(self) -> None:
        """Rows by sender, receiver and thread, and what receivers are called."""
        found = self._people
        for (name, _), (number, times) in self._pairs.items():
            if number is not None and times:
                _count(found.called[number], name, found.addresses[number], times)
        found.began = array("q", [-1]) * len(self._threads)
        found.length = array("I", [0]) * len(self._threads)
        for row, sender in enumerate(found.sender):
            if sender != NOBODY:
                found.sent.setdefault(sender, array("I")).append(row)
            for receiver in found.receivers[row]:
                found.received.setdefault(receiver, array("I")).append(row)
            thread, when = found.thread[row], found.when[row]
            found.length[thread] += 1
            first = found.began[thread]
            if when != UNDATED and (first < 0 or when < found.when[first]):
                found.began[thread] = row


def is_address(text: str) -> bool:
    """Whether it can be shown and asked for as an address: something on both sides of an @, no blanks or controls."""
    before, _, after = text.rpartition("@")
    return bool(before and after) and len(text) <= LONGEST and text.isprintable() and " " not in text


def _count(names: dict[str, int], name: str, address: str, times: int) -> None:
    name = " ".join(name.split())[:NAME]
    if name and name.lower() != address and (name in names or len(names) < MOST_NAMES):
        names[name] = names.get(name, 0) + times


def _whole(seconds: float) -> int:
    """Whole seconds, within what the column holds."""
    return int(max(-1e12, min(seconds, 1e12)))


def _rows() -> Iterator[_Row]:
    mails = Reading.objects.filter(kind="mail", document__reference=False).order_by("pk")
    weighed = (f"document__weighing__{name}" for name in ("level", "private", "family", "thread"))
    rows: Iterator[tuple[Any, ...]] = mails.values_list("pk", "document__sha256", "facts", *weighed).iterator(2_000)
    return (_Row(*row) for row in rows)
