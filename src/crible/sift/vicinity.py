"""Edges of the vicinity: the proven mails before and after a mail in its thread, and near copies under other names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from crible.assess.compare import nearly
from crible.assess.relations import Near, Neighbour, Standing
from crible.extract.mail.subjects import base
from crible.index.sketch import unquoted
from crible.model.facts import MailFacts
from crible.model.signature import SignatureResult
from crible.sift.letters import MINUTE
from crible.sift.packing import inflate, pack, unpack, unpack_reading
from crible.sift.standings import Standings
from crible.store.models import Reading, Relation, Signature

ROWS = 200
OTHERS = 5
DAY = 86_400
SLACK = 3_600
"""Seconds by which clocks may disagree on which of two mails came first."""
CROWD = 3
"""More mails than this of one sender under one subject in a day are a series (invoices, alerts), not versions."""
NAMING = frozenset({"in-reply-to", "references"})
"""Fields that say what a mail answers; where no signature covers them, anybody does."""

Pair = tuple[int, int]


def neighbours(standings: Standings) -> Iterator[Relation]:
    """`thread`: each mail not proven itself, with a proven one that it answers and a proven one that answers it."""
    before, after = _proven(standings)
    rows = Reading.objects.filter(kind="mail").exclude(in_reply_to="")
    names = rows.order_by("pk").values_list("pk", "message_id", "in_reply_to").iterator()
    between = (
        (pk, before[parent], after[name])
        for pk, name, parent in names
        if parent in before and name in after and not _settled(standings.get(pk))
    )
    while some := list(islice(between, ROWS)):
        mails = _mails({pk for pk, parents, answers in some for pk in (pk, *parents, *answers)})
        naming = _naming({pk for _, _, answers in some for pk in answers})
        for pk, parents, answers in some:
            first = next((one for one in parents if _follows(mails, pk, standings[one])), None)
            last = next((one for one in answers if one in naming and _precedes(mails, pk, one, standings[one])), None)
            if first is not None and last is not None:
                for other, side in ((first, "before"), (last, "after")):
                    facts = pack(Neighbour(standings[other], side))
                    yield Relation(kind="thread", document_id=pk, other_id=other, facts=facts)


def near(standings: Standings) -> Iterator[Relation]:
    """`near`: each mail not proven itself, with a proven one of its sender that is the same but for a detail."""
    pairs = iter(_pairs(standings))
    while some := list(islice(pairs, ROWS)):
        keys = {pk for pair in some for pk in pair}
        rows = {row.pk: row for row in Reading.objects.filter(pk__in=keys).defer("local")}
        read = {pk: unpack_reading(bytes(row.facts)).mail for pk, row in rows.items()}
        for ours, other in some:
            mine, theirs = read[ours], read[other]
            if mine is None or theirs is None or (mine.bulk and not mine.list_id):
                continue
            shared, changes = nearly(_own(rows[ours], mine), _own(rows[other], theirs))
            if changes:
                apart = abs((rows[ours].date or 0) - (rows[other].date or 0))
                together = apart < MINUTE and _recipients(mine) == _recipients(theirs)
                facts = pack(Near(standings[other], shared, changes, together))
                yield Relation(kind="near", document_id=ours, other_id=other, facts=facts)


def _settled(standing: Standing | None) -> bool:
    """Its content is known to be as sent, or handled: what stands around it adds nothing."""
    return standing is not None and (standing.full or standing.whole)


def _speaks(standing: Standing) -> bool:
    return standing.full and not standing.spoiled


def _proven(standings: Standings) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Proven mails by Message-ID, and by the one they answer: at most five each, for a stranger may repeat one."""
    before: dict[str, list[int]] = defaultdict(list)
    after: dict[str, list[int]] = defaultdict(list)
    rows = Reading.objects.filter(document__standing__full=True, kind="mail").order_by("document__sha256")
    for pk, name, parent in rows.values_list("pk", "message_id", "in_reply_to").iterator():
        if _speaks(standings[pk]):
            for found, key in ((before, name), (after, parent)):
                if key and len(found[key]) < OTHERS:
                    found[key].append(pk)
    return dict(before), dict(after)


def _mails(keys: Iterable[int]) -> dict[int, MailFacts]:
    rows = Reading.objects.filter(pk__in=keys).values_list("pk", "facts")
    read = ((pk, unpack_reading(bytes(facts)).mail) for pk, facts in rows)
    return {pk: mail for pk, mail in read if mail is not None}


def _naming(keys: Iterable[int]) -> set[int]:
    """Mails with a signature that holds and covers In-Reply-To or References."""
    rows = Signature.objects.filter(document__in=keys, word="pass").values_list("document_id", "result")
    return {pk for pk, result in rows if NAMING.intersection(unpack(bytes(result), SignatureResult).facts.signed)}


def _follows(mails: dict[int, MailFacts], child: int, standing: Standing) -> bool:
    """Whether the child, unsigned, goes to the parent's signer and bears a later Date."""
    date = mails[child].date
    if date is None or standing.signed_at is None:
        return False
    slack = SLACK if date.offset is not None else 14 * SLACK
    return date.seconds + slack >= standing.signed_at and standing.sender in _recipients(mails[child])


def _precedes(mails: dict[int, MailFacts], parent: int, child: int, standing: Standing) -> bool:
    """Whether the child, signed, goes to the parent's sender and was signed after the parent's Date."""
    date = mails[parent].date
    if date is None or standing.signed_at is None:
        return False
    slack = SLACK if date.offset is not None else 14 * SLACK
    senders = {box.address.lower() for box in mails[parent].senders}
    return standing.signed_at + slack >= date.seconds and bool(senders & _recipients(mails[child]))


def _recipients(mail: MailFacts) -> frozenset[str]:
    return frozenset(box.address.lower() for box in (*mail.to, *mail.cc))


def _pairs(standings: Standings) -> Iterator[Pair]:
    """An unproven and a proven mail of one sender and subject within a day, where such mails are few."""
    groups: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    mails = Reading.objects.filter(kind="mail", date__isnull=False).exclude(sender="").exclude(message_id="")
    rows = mails.order_by("date", "document__sha256").values_list("pk", "sender", "subject", "date", "message_id")
    for pk, sender, subject, date, name in rows.iterator():
        if title := base(subject):
            groups[sender.lower(), title].append((date or 0, pk, name))
    for group in groups.values():
        if len(group) > 1:
            yield from _within(group, standings)


def _within(group: list[tuple[int, int, str]], standings: Standings) -> Iterator[Pair]:
    """The same of one sender and subject, in order of Date. A window as wide as `CROWD` allows, so linear."""
    for at, (date, pk, name) in enumerate(group):
        own = standings.get(pk)
        if own is not None and own.full:
            continue
        around = group[max(0, at - 2 * CROWD) : at + 2 * CROWD + 1]
        near_by = [(other, its) for when, other, its in around if abs(when - date) <= DAY]
        if len({its for _, its in near_by}) > CROWD:
            continue
        for other, its in near_by:
            standing = standings.get(other)
            if its != name and standing is not None and _speaks(standing):
                yield pk, other


def _own(row: Reading, mail: MailFacts) -> str:
    """The mail's text without what it quotes: two answers under one long quote are no copies."""
    return unquoted(inflate(bytes(row.text)), mail)
