"""The mail that each mail answers, and the one that answers it, where their Dates are in the wrong order.

Hardly any are, so the database first gives one earliest Date for each identifier: ten thousand mails of one Message-ID,
each answered ten thousand times, cost two numbers.
"""

from typing import Any

from django.db.models import Min, QuerySet

from crible.assess.relations import Parent
from crible.sift.recurring import subject_tail
from crible.sift.standings import Standings
from crible.store.models import Reading

FIRST = 20
"""Earliest answers to one mail among which a signed one is looked for."""


def answered(read: QuerySet[Reading]) -> dict[int, Parent]:
    """The mail that each of these names in In-Reply-To, where it is dated after it; by primary key of the answer.

    Of several copies the earliest counts: the others may be dated by anybody.
    """
    mails = read.filter(kind="mail", date__isnull=False).exclude(in_reply_to="")
    earliest = _earliest("message_id", mails.values("in_reply_to"))
    asked = mails.values_list("pk", "in_reply_to", "subject", "date") if earliest else ()
    found = {}
    for pk, name, subject, date in asked:
        if earliest.get(name, 0) > int(date or 0):
            rows = Reading.objects.filter(message_id=name, date=earliest[name], kind="mail")
            id_, its = rows.order_by("document__sha256").values_list("document__sha256", "subject")[0]
            found[pk] = Parent(bytes(id_).hex(), earliest[name], its, related=_alike(subject, its))
    return found


def answers(read: QuerySet[Reading], standings: Standings) -> dict[int, Parent]:
    """The earliest answer to each mail, where it is dated before it; one whose signature holds its Date comes first."""
    mails = read.filter(kind="mail", date__isnull=False).exclude(message_id="")
    earliest = _earliest("in_reply_to", mails.values("message_id"))
    asked = mails.values_list("pk", "message_id", "subject", "date") if earliest else ()
    found = {}
    for pk, name, subject, date in asked:
        if name in earliest and earliest[name] < int(date or 0):
            found[pk] = min(_answers(name, subject, int(date or 0), standings), key=_rank)
    return found


def _earliest(field: str, names: QuerySet[Reading, Any]) -> dict[str, int]:
    rows = Reading.objects.filter(**{f"{field}__in": names}, kind="mail", date__isnull=False)
    return dict(rows.values_list(field).annotate(first=Min("date")))


def _answers(name: str, subject: str, before: int, standings: Standings) -> list[Parent]:
    rows = Reading.objects.filter(in_reply_to=name, date__lt=before, kind="mail").order_by("date", "document__sha256")
    told = rows.values_list("pk", "date", "document__sha256", "subject")[:FIRST]
    return [
        Parent(bytes(sha256).hex(), int(date or 0), its, _alike(subject, its), _dated(pk, standings))
        for pk, date, sha256, its in told
    ]


def _dated(pk: int, standings: Standings) -> bool:
    standing = standings.get(pk)
    return bool(standing and standing.full and "date" in standing.signed)


def _alike(one: str, other: str) -> bool:
    return subject_tail(one) == subject_tail(other)


def _rank(row: Parent) -> tuple[bool, int, str]:
    return (not row.signed, row.seconds, row.id)
