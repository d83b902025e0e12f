"""Which documents proven mails carry: the lossless edges along which proof travels (same bytes, message inside)."""

from collections.abc import Iterator

from django.db.models import BooleanField, ExpressionWrapper, Q

from crible.assess.relations import Carrier, Standing
from crible.sift.standings import Standings
from crible.store.models import Entry

PER_DOCUMENT = 5
MADE = Q(parent__container__in=("locked", "msg", "pst")) | Q(parent__container="tnef", document__mail=True)
"""Members that are not bytes of what lists them: put together or deciphered by us."""
CHUNK = 500


def carriers(standings: Standings) -> dict[int, tuple[Carrier, ...]]:
    """For each document that some proven mail carries, at any depth: those mails, the best proven first.

    Goes down from the proven mails level by level, so its work is that of their attachments, not of the corpus; and
    from the best proven first, so that where more than `PER_DOCUMENT` carry a document, the best are kept.
    """
    found: dict[int, dict[str, Carrier]] = {}
    ranks: dict[tuple[bool, ...], list[int]] = {}
    for pk in standings.proven():
        if standings[pk].whole:
            ranks.setdefault(_rank(standings[pk]), []).append(pk)
    for rank in sorted(ranks):
        _spread({pk: (Carrier(standings[pk]),) for pk in ranks[rank]}, found)
    return {pk: tuple(sorted(mine.values(), key=_best)) for pk, mine in found.items()}


def _spread(level: dict[int, tuple[Carrier, ...]], found: dict[int, dict[str, Carrier]]) -> None:
    """Add these carriers to all that they carry, as far as there is room."""
    while level:
        below: dict[int, tuple[Carrier, ...]] = {}
        for parent, document, name, made in _members(list(level)):
            mine = found.setdefault(document, {})
            fresh = [carrier for carrier in level[parent] if carrier.mail.id not in mine]
            for carrier in fresh[: PER_DOCUMENT - len(mine)]:
                mine[carrier.mail.id] = Carrier(carrier.mail, (*carrier.path, name), carrier.made or made)
                below[document] = (*below.get(document, ()), mine[carrier.mail.id])
        level = below


def _members(parents: list[int]) -> Iterator[tuple[int, int, str, bool]]:
    for start in range(0, len(parents), CHUNK):
        entries = Entry.objects.filter(parent__in=parents[start : start + CHUNK], document__isnull=False)
        rows = entries.annotate(made=ExpressionWrapper(MADE, BooleanField())).order_by("parent__sha256", "ordinal")
        yield from rows.values_list("parent_id", "document_id", "name", "made")


def _best(carrier: Carrier) -> tuple[tuple[bool, ...], str]:
    return _rank(carrier.mail), carrier.mail.id


def _rank(mail: Standing) -> tuple[bool, ...]:
    """Smallest for a mail that is fully proven and was in its owner's hands."""
    return mail.spoiled, not mail.full, not mail.part
