"""One pass over the facts of the whole corpus, before anything is weighed: what only all documents together can say.

Facts are decoded once here, for everybody. What wants to see them all is a *surveyor*; the list in `survey` is literal.
A surveyor keeps little: what it holds for each document counts 10^6 times.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Count

from crible.assess.descent import Descent
from crible.assess.freemail import FREEMAIL
from crible.assess.habits import Habits
from crible.assess.hands import Hand, Lineage
from crible.assess.pictures import Pasted
from crible.assess.relations import Domains, Place, Shared
from crible.assess.sequence import OutOfOrder
from crible.index.threads import threads
from crible.model.facts import Reading as Facts
from crible.sift.descents import Descents
from crible.sift.habitual import Habitual
from crible.sift.hands import Hands
from crible.sift.invoices import Invoices
from crible.sift.lineages import Lineages
from crible.sift.packing import unpack_reading
from crible.sift.pictures import Pictures
from crible.sift.private import Shelf
from crible.sift.recurring import Recurring
from crible.sift.strays import strays
from crible.store.models import Reading

FREQUENT = 5
"""Mails from a domain that make it one of the corpus's own correspondents."""
OURS = 40
"""Most frequent domains that a look-alike is compared with."""


class Surveyor(Protocol):
    """Is shown every document once, in the order of primary keys."""

    def see(self, pk: int, id: str, reading: Facts) -> None:  # noqa: A002  (the SHA-256 is called so everywhere)
        """Take in one document; `reading` comes without its text."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the survey found."""

    domains: Domains
    threads: dict[int, str]
    """Thread of each mail, by primary key."""
    habits: Habits = field(default_factory=Habits)
    shared: dict[int, tuple[Shared, ...]] = field(default_factory=dict)
    """Identifiers met again in mails of other words, by primary key."""
    strays: dict[int, Place] = field(default_factory=dict)
    """Mails out of the order of their box, by primary key."""
    hands: dict[int, Hand] = field(default_factory=dict)
    """Files in whose saving something is unusual, by primary key."""
    lineages: dict[int, Lineage] = field(default_factory=dict)
    pictures: dict[int, tuple[Pasted, ...]] = field(default_factory=dict)
    """Pictures that papers of other issuers hold too, by primary key."""

    descents: dict[int, Descent] = field(default_factory=dict)
    """PDFs with others of the same ancestor, by primary key."""
    sequences: dict[int, OutOfOrder] = field(default_factory=dict)
    """Invoices that go against the order of their series, by primary key."""
    private: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Documents that look private, by primary key: why, as keys of domain `classes`."""


def survey(*further: Surveyor) -> Surveyed:
    """Go over the corpus once; `further` surveyors see it too."""
    conversations, habitual, recurring = Conversations(), Habitual(), Recurring()
    hands, lineages, pictures, descents = Hands(), Lineages(), Pictures(), Descents()
    known: tuple[Surveyor, ...] = (conversations, habitual, recurring, hands, lineages, pictures, descents)
    invoices, shelf = Invoices(), Shelf()
    surveyors = (*known, invoices, shelf, *further)
    for pk, id_, reading in _readings():
        for surveyor in surveyors:
            surveyor.see(pk, id_, reading)
    found = conversations.threads()
    shared = recurring.shared(found)
    domains = _domains()
    return Surveyed(
        domains,
        found,
        habitual.habits,
        shared,
        strays(),
        hands.found(),
        lineages.found(),
        pictures.pasted(),
        descents.found(),
        invoices.out_of_order(),
        shelf.closed(domains.ours - FREEMAIL),
    )


class Conversations:
    """Which mails answer which."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}
        self._mails: list[tuple[str, str, str, tuple[str, ...]]] = []

    def see(self, pk: int, id: str, reading: Facts) -> None:  # noqa: A002
        """Keep a mail's identifiers."""
        mail = reading.mail
        if mail is not None:
            self._keys[id] = pk
            self._mails.append((id, mail.message_id, mail.in_reply_to, mail.references))

    def threads(self) -> dict[int, str]:
        """The thread of each mail."""
        return {self._keys[name]: thread for name, thread in threads(self._mails).items()}


def _readings() -> Iterator[tuple[int, str, Facts]]:
    rows = Reading.objects.values_list("pk", "document__sha256", "facts").order_by("pk")
    for pk, sha256, facts in rows.iterator():
        yield pk, bytes(sha256).hex(), unpack_reading(bytes(facts))


def _domains() -> Domains:
    rows = Reading.objects.filter(kind="mail").exclude(sender_domain="")
    counts = dict(rows.values("sender_domain").annotate(n=Count("pk")).values_list("sender_domain", "n"))
    proven = frozenset(rows.filter(document__standing__full=True).values_list("sender_domain", flat=True).distinct())
    frequent = sorted((domain for domain, n in counts.items() if n >= FREQUENT), key=lambda d: (-counts[d], d))
    signed = rows.filter(document__standing__full=True)
    writers = frozenset(
        signed.values("sender").annotate(n=Count("pk")).filter(n__gte=FREQUENT).values_list("sender", flat=True)
    )
    return Domains(counts, proven, frozenset(frequent[:OURS]), frozenset(map(str.lower, writers)))
