"""Mails that lie in their box where their Date does not put them, while the rest of the box is in order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from crible.assess.relations import Place
from crible.store.models import Entry

FEWEST = 50
"""Mails of a box from which on its order says something."""
ORDERED = 0.95
"""Share of neighbours that must follow one another, a day's disorder allowed."""
DAY = 86_400
FAR = 180 * DAY
QUEUED = 7 * DAY
"""How far a mail's delivery into a maildir may lie from its Date; a box moved as a whole agrees nowhere."""
_NAMED = re.compile(r"/(?:cur|new)/(\d{9,10})\.[^/]{1,200}\Z")
TOGETHER = 90 * DAY
"""How far apart the two neighbours may be: between two years' mails no Date is out of place."""
MOST = 100
"""Strays of one box; a box of more was filled from several."""

Row = tuple[int, int]
"""Document's primary key, Date in Unix seconds."""


def strays() -> dict[int, Place]:
    """Of the mbox files and maildirs of the case, by primary key of the mail; met in two boxes, the first counts."""
    return {**dict(_delivered_otherwise()), **_misplaced()}


def _misplaced() -> dict[int, Place]:
    rows = Entry.objects.filter(parent__container="mbox", document__reading__date__isnull=False)
    ordered = rows.order_by("parent__path", "parent_id", "ordinal")
    told = ordered.values_list("parent__path", "parent_id", "document_id", "document__reading__date").iterator()
    found: dict[int, Place] = {}
    for (box, _), group in groupby(told, key=itemgetter(0, 1)):
        for pk, before, after in out_of_order((pk, int(date or 0)) for _, _, pk, date in group):
            found.setdefault(pk, Place(box, before, after))
    return found


def _delivered_otherwise() -> Iterator[tuple[int, Place]]:
    """Maildir names begin with the second of delivery (the maildir specification of qmail)."""
    listed = Entry.objects.filter(Q(path__contains="/cur/") | Q(path__contains="/new/"))
    rows = listed.filter(document__reading__kind="mail", document__reading__date__isnull=False).order_by("path")
    boxes: dict[str, list[tuple[int, int, int]]] = {}
    for path, pk, date in rows.values_list("path", "document_id", "document__reading__date").iterator():
        named = _NAMED.search(path)
        if named:
            boxes.setdefault(path[: named.start()], []).append((pk, int(named[1]), int(date or 0)))
    for box, mails in boxes.items():
        for pk, delivered in delivered_otherwise(mails):
            yield pk, Place(box, delivered, delivered)


def delivered_otherwise(mails: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Of key, delivery and Date, the key and delivery of mails whose two lie far apart in a box where they agree."""
    agree = sum(abs(delivered - date) <= QUEUED for _, delivered, date in mails)
    far = [(pk, delivered) for pk, delivered, date in mails if abs(delivered - date) > FAR]
    if len(mails) >= FEWEST and agree >= ORDERED * len(mails) and len(far) <= MOST:
        yield from far


def out_of_order(mails: Iterable[Row]) -> Iterator[tuple[int, int, int]]:
    """Key of each stray of one box with the Dates before and after it; nothing of a box that is in no order.

    The box may run up or down. A stray alone breaks its order twice at most, so it hardly lowers the share.
    """
    steps = up = down = 0
    suspects: list[tuple[int, int, int]] = []
    window: list[Row] = []
    for row in mails:
        if window:
            steps += 1
            up += row[1] >= window[-1][1] - DAY
            down += row[1] <= window[-1][1] + DAY
        window = [*window[-2:], row]
        if len(window) == 3 and len(suspects) <= MOST and _stray(*window):
            suspects.append((window[1][0], window[0][1], window[2][1]))
    if steps >= FEWEST and max(up, down) >= ORDERED * steps and len(suspects) <= MOST:
        yield from suspects


def _stray(before: Row, row: Row, after: Row) -> bool:
    far = min(abs(row[1] - before[1]), abs(row[1] - after[1]))
    return far > FAR and abs(after[1] - before[1]) <= TOGETHER
