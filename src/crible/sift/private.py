"""The private shelf: which documents look private, decided once all have been seen."""

from collections.abc import Iterable
from typing import NamedTuple

from crible.assess.private import ATTACHED, private
from crible.model.facts import MailFacts, Reading
from crible.model.sorting import Clue
from crible.proof.alignment import organisational
from crible.store.models import Entry

LEVELS = 4
"""How deep files lie in one another inside a private mail: an archive, its members, what these hold."""
AT_ONCE = 500
PEOPLE = 40
"""Addresses of one mail that are looked at."""


class _Hinted(NamedTuple):
    clues: tuple[Clue, ...]
    domains: tuple[str, ...] | None


class Shelf:
    """A surveyor. Keeps something only of documents that hold a clue."""

    def __init__(self) -> None:
        self._hinted: dict[int, _Hinted] = {}

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002, ARG002
        """Keep what may make the document private."""
        if reading.sorting and reading.sorting.private:
            self._hinted[pk] = _Hinted(reading.sorting.private, _circle(reading.mail))

    def closed(self, offices: Iterable[str]) -> dict[int, tuple[str, ...]]:
        """Reasons by primary key, of documents that look private and of what lies in private mail only.

        `offices` are the corpus's own domains, freemail left out.
        """
        own = frozenset(map(organisational, offices))
        asked = ((pk, private(hint.clues, hint.domains, own)) for pk, hint in sorted(self._hinted.items()))
        found = {pk: reasons for pk, reasons in asked if reasons}
        layer = set(found)
        for _ in range(LEVELS):
            layer = {pk for pk in _inside(layer) if pk not in found and _within(pk, found)}
            found.update(dict.fromkeys(sorted(layer), (ATTACHED,)))
            if not layer:
                break
        return found


def _circle(mail: MailFacts | None) -> tuple[str, ...] | None:
    """A domain for everybody who takes part; None for files, and for mail to a list, which is nobody's private life."""
    if mail is None or mail.list_id:
        return None
    addresses = {box.address.lower() for box in (*mail.senders, *mail.to, *mail.cc, *mail.bcc)[:PEOPLE]}
    return tuple(sorted(organisational(address.rpartition("@")[2]) for address in addresses if "@" in address))


def _inside(parents: set[int]) -> set[int]:
    """Documents that these list."""
    keys, found = sorted(parents), set[int]()
    for start in range(0, len(keys), AT_ONCE):
        rows = Entry.objects.filter(parent__in=keys[start : start + AT_ONCE], document__isnull=False)
        found.update(pk for pk in rows.values_list("document_id", flat=True) if pk is not None)
    return found


def _within(pk: int, private_: dict[int, tuple[str, ...]]) -> bool:
    """Whether the document lies nowhere but in private ones."""
    return all(parent in private_ for parent in Entry.objects.filter(document=pk).values_list("parent_id", flat=True))
