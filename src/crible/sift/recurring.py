"""Identifiers that programs give once, met in mails of another Message-ID and other words."""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

from crible.assess.relations import Shared
from crible.extract.mail.stamps import boundary_of
from crible.model.facts import MailFacts, Reading
from crible.sift.packing import inflate, unpack_reading
from crible.store.models import Reading as Row

DRAWN = frozenset({"gmail", "apple", "outlook", "java", "mozilla", "exchange"})
"""Families of boundaries drawn anew for every mail: of 2,409 real ones only mutt's sixteen letters met again."""
MOST = {"boundary": 4, "received": 50, "thread-index": 200}
"""Mails of one identifier that are looked at; more of one boundary are some program's constant."""
LOOKED_AT = 5_000
"""Mails whose texts are compared; a dump with more would be one of some program's constants."""
TAIL = 20
"""Letters at the end of a subject by which two are alike, whatever marks of answering stand before."""
AT_ONCE = 500
KINDS = tuple(MOST)
CHAT = KINDS[-1]

_MARKS = re.compile(r"\A.*[:\]\uff1a](?=.*\w)", re.DOTALL)

Identifier = tuple[str, str, str]
"""Kind, field, text."""


class Recurring:
    """A surveyor. Keeps four numbers for each identifier; texts are read again for the few that recur."""

    def __init__(self) -> None:
        self._keys, self._ids, self._tails, self._documents = array("Q"), array("Q"), array("Q"), array("Q")

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002
        """Keep digests of a mail's identifiers."""
        mail = reading.mail
        if mail is None:
            return
        message, tail = _digest(mail.message_id or id), _digest(subject_tail(mail.subject))
        for kind, _, text in identifiers(mail):
            # The last two bits tell the kind: a conversation's number is every mail's of a thread.
            self._keys.append(_digest(f"{kind} {text}") & ~3 | KINDS.index(kind))
            self._ids.append(message)
            self._tails.append(tail)
            self._documents.append(pk)

    def shared(self, threads: dict[int, str]) -> dict[int, tuple[Shared, ...]]:
        """What each mail, by primary key, shares with mails it has no other tie to; `threads` are those of all."""
        groups = [sorted(group) for group in self._suspects(threads)]
        mails = _mails(sorted({pk for group in groups for pk in group})[:LOOKED_AT])
        found: dict[int, dict[Shared, None]] = {}
        for group in groups:
            known = [mails[pk] for pk in group if pk in mails]
            for one in known:
                for shared in _shared(one, [other for other in known if other is not one], threads):
                    found.setdefault(one.pk, {})[shared] = None
        return {pk: tuple(found[pk]) for pk in sorted(found)}

    def _suspects(self, threads: dict[int, str]) -> Iterator[set[int]]:
        rows = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        for key, group in groupby(rows, key=self._keys.__getitem__):
            members = list(group)
            if len({self._ids[row] for row in members}) < 2:
                continue
            documents, kind = {self._documents[row] for row in members}, KINDS[key & 3]
            tied = kind == CHAT and (
                len({self._tails[row] for row in members}) < 2 or len({threads.get(pk, "") for pk in documents}) < 2
            )
            if not tied and len(documents) <= MOST[kind]:
                yield documents


@dataclass(frozen=True, slots=True)
class _Mail:
    pk: int
    id: str
    message_id: str
    subject: str
    words: str
    identifiers: tuple[Identifier, ...]


def identifiers(mail: MailFacts) -> Iterator[Identifier]:
    """What is given once: a drawn boundary, servers' ids of full precision, the conversation's number."""
    if mail.traits.get("boundary") in DRAWN and (boundary := boundary_of(mail.content_type)):
        yield "boundary", "Content-Type", boundary
    for stamp in mail.stamps:
        # Google's ids by the second are shared by mails handed over in one session: 15 pairs of 24,484.
        if stamp.kind in ("gmail-received", "exim-received") and stamp.within <= 2:
            yield "received", stamp.where.partition("[")[0], stamp.text
    if mail.threading:
        yield CHAT, "Thread-Index", mail.threading[0]


def subject_tail(subject: str) -> str:
    """The last letters and figures of a subject after its last `:` or `]`, in lower case."""
    bare = _MARKS.sub("", subject[-10 * TAIL :])
    return "".join(filter(str.isalnum, bare.lower()))[-TAIL:]


def _mails(keys: list[int]) -> dict[int, _Mail]:
    found = {}
    for at in range(0, len(keys), AT_ONCE):
        rows = Row.objects.filter(pk__in=keys[at : at + AT_ONCE])
        for pk, sha256, facts, text in rows.values_list("pk", "document__sha256", "facts", "text"):
            mail = unpack_reading(bytes(facts)).mail
            if mail is not None:
                words = " ".join(inflate(bytes(text)).split()) if text else ""
                given = tuple(identifiers(mail))
                found[pk] = _Mail(pk, bytes(sha256).hex(), mail.message_id, mail.subject, words, given)
    return found


def _shared(one: _Mail, others: Iterable[_Mail], threads: dict[int, str]) -> Iterator[Shared]:
    apart = [other for other in others if other.message_id != one.message_id]
    for kind, where, text in one.identifiers:
        met = [other for other in apart if any((kind, text) == (k, t) for k, _, t in other.identifiers)]
        met = [other for other in met if (_unrelated(one, other, threads) if kind == CHAT else _differs(one, other))]
        if met:
            ids = tuple(sorted(other.id for other in met))
            yield Shared(kind, where, text, ids, min(met, key=lambda other: other.id).subject)


def _differs(one: _Mail, other: _Mail) -> bool:
    """Other words, not the same with something added before or after: that is a mail sent again, or a list's copy."""
    return one.words not in other.words and other.words not in one.words


def _unrelated(one: _Mail, other: _Mail, threads: dict[int, str]) -> bool:
    return threads.get(one.pk) != threads.get(other.pk) and subject_tail(one.subject) != subject_tail(other.subject)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
