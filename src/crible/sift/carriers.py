"""Which documents proven mails carry: the lossless edges along which proof travels (same bytes, message inside)."""

from collections.abc import Iterator

from crible.assess.relations import Carrier
from crible.sift.standings import Standings
from crible.store.models import Entry

PER_DOCUMENT = 5
CHUNK = 500


def carriers(standings: Standings) -> dict[int, tuple[Carrier, ...]]:
    """For each document that some proven mail carries, at any depth: those mails, the best proven first.

    Goes down from the proven mails level by level, so its work is that of their attachments, not of the corpus.
    """
    found: dict[int, dict[str, Carrier]] = {}
    level: dict[int, tuple[Carrier, ...]] = {
        pk: (Carrier(standings[pk]),) for pk in standings.proven() if standings[pk].whole
    }
    while level:
        below: dict[int, tuple[Carrier, ...]] = {}
        for parent, document, name in _members(list(level)):
            mine = found.setdefault(document, {})
            for carrier in level[parent]:
                if len(mine) < PER_DOCUMENT and carrier.mail.id not in mine:
                    mine[carrier.mail.id] = Carrier(carrier.mail, (*carrier.path, name))
                    below[document] = tuple(mine.values())
        level = below
    return {pk: tuple(sorted(mine.values(), key=_best)) for pk, mine in found.items()}


def _members(parents: list[int]) -> Iterator[tuple[int, int, str]]:
    for start in range(0, len(parents), CHUNK):
        entries = Entry.objects.filter(parent__in=parents[start : start + CHUNK], document__isnull=False)
        rows = entries.order_by("parent__sha256", "ordinal")
        yield from rows.values_list("parent_id", "document_id", "name")


def _best(carrier: Carrier) -> tuple[bool, bool, str]:
    return (not carrier.mail.full, not carrier.mail.part, carrier.mail.id)
