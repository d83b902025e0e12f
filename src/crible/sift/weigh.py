"""Weighs every document once the corpus is closed: corpus checks over its relations, then the grade."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Count

from crible.assess import run
from crible.assess.grade import grade
from crible.assess.relations import Carrier, Copy, Domains, QuotedBy, Relations, Standing
from crible.index.families import families
from crible.index.threads import threads
from crible.model.evidence import Weighed
from crible.model.facts import Reading as Facts
from crible.model.signature import SignatureResult
from crible.sift.carriers import carriers
from crible.sift.packing import pack, unpack, unpack_local, unpack_reading
from crible.sift.standings import Standings
from crible.store import bulk
from crible.store.models import Entry, Evidence, Reading, Relation, Signature, Weighing

CHUNK = 250
FREQUENT = 5
"""Mails from a domain that make it one of the corpus's own correspondents."""
OURS = 40
"""Most frequent domains that a look-alike is compared with."""


@dataclass
class Neighbourhood:
    """All relations of a chunk of documents, loaded in a handful of queries."""

    standings: Standings
    carried: dict[int, tuple[Carrier, ...]]
    domains: Domains
    signatures: dict[int, list[SignatureResult]] = field(default_factory=dict)
    edges: dict[tuple[int, str], list[bytes]] = field(default_factory=dict)
    attached: set[int] = field(default_factory=set)

    def load(self, keys: Sequence[int]) -> None:
        """Fetch what belongs to these documents."""
        self.signatures, self.edges = defaultdict(list), defaultdict(list)
        rows = Signature.objects.filter(document__in=keys).order_by("scheme", "index")
        for document, result in rows.values_list("document_id", "result"):
            self.signatures[document].append(unpack(bytes(result), SignatureResult))
        related = Relation.objects.filter(document__in=keys).order_by("other__sha256")
        for document, kind, facts in related.values_list("document_id", "kind", "facts"):
            self.edges[document, kind].append(bytes(facts))
        members = Entry.objects.filter(document__in=keys, parent__container="mail")
        self.attached = set(members.values_list("document_id", flat=True))

    def of(self, pk: int) -> Relations:
        """One document's relations."""
        return Relations(
            signatures=tuple(self.signatures.get(pk, ())),
            standing=self.standings.get(pk),
            twins=tuple(unpack(facts, Standing) for facts in self.edges.get((pk, "twin"), ())),
            copies=tuple(unpack(facts, Copy) for facts in self.edges.get((pk, "copy"), ())),
            quotes=tuple(unpack(facts, QuotedBy) for facts in self.edges.get((pk, "quote"), ())),
            carriers=self.carried.get(pk, ()),
            domains=self.domains,
        )


def weigh(standings: Standings, tick: Callable[[int], None]) -> None:
    """Grade every document that was read; rows are rewritten only where the answer changed."""
    around = Neighbourhood(standings, carriers(standings), _domains())
    family, thread = _families(), _threads()
    for chunk in _chunks():
        keys = [reading.pk for reading in chunk]
        around.load(keys)
        answers = [_answer(reading, around, family, thread) for reading in chunk]
        _store(answers, keys)
        tick(len(chunk))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be stored of one document."""

    weighing: Weighing
    evidence: list[Evidence]
    digest: bytes


def _answer(reading: Reading, around: Neighbourhood, family: dict[int, str], thread: dict[int, str]) -> Answer:
    facts = unpack_reading(bytes(reading.facts))
    relations = around.of(reading.pk)
    local, silent = unpack_local(bytes(reading.local))
    more, silent_too = run.weigh_corpus(facts, relations)
    weighed = [*local, *more]
    answer = grade("mail" if facts.mail else "file", weighed)
    inputs = hashlib.blake2b(bytes(reading.facts) + pack(_own(relations)), digest_size=16).digest()
    weighing = Weighing(
        document_id=reading.pk,
        level=answer.level,
        correspondence=_correspondence(facts, attached=reading.pk in around.attached),
        questions=answer.questions,
        grade=msgspec.to_builtins(answer),
        silent=sorted({*silent, *silent_too}),
        family=family[reading.pk],
        thread=thread.get(reading.pk, ""),
    )
    evidence = [_evidence(reading.pk, ordinal, one, inputs) for ordinal, one in enumerate(weighed)]
    said = (weighed, weighing.grade, weighing.silent, weighing.correspondence, weighing.family, weighing.thread)
    digest = hashlib.blake2b(pack(said) + inputs)
    return Answer(weighing, evidence, digest.digest()[:16])


def _correspondence(facts: Facts, *, attached: bool) -> str:
    """The class that grades are told by."""
    if facts.mail is None:
        return "attached" if attached else "loose"
    if facts.mail.bulk or facts.mail.list_id:
        return "bulk"
    return "received" if facts.mail.received else "sent"


def _own(relations: Relations) -> tuple[Any, ...]:
    """The relations that are this document's own; the corpus-wide domains would change every hash at every new mail."""
    return (relations.signatures, relations.twins, relations.copies, relations.quotes, relations.carriers)


def _evidence(document: int, ordinal: int, one: Weighed, inputs: bytes) -> Evidence:
    said = one.evidence
    return Evidence(
        document_id=document,
        ordinal=ordinal,
        check_id=one.check,
        version=one.version,
        inputs=inputs,
        says=said.says,
        strength=one.strength,
        bears_on=one.bears_on,
        message=said.message,
        params=said.params,
        where=said.where,
        refs=list(said.refs),
        spans=msgspec.to_builtins(said.spans),
    )


def _store(answers: Sequence[Answer], keys: Sequence[int]) -> None:
    known = dict(Weighing.objects.filter(document__in=keys).values_list("pk", "digest"))
    fresh = [a for a in answers if bytes(known.get(a.weighing.pk) or b"") != a.digest]
    for answer in fresh:
        answer.weighing.digest = answer.digest
    changed = [answer.weighing.pk for answer in fresh]
    with transaction.atomic(using=Weighing.objects.db):
        if known:
            Evidence.objects.filter(document__in=changed).delete()
            Weighing.objects.filter(document__in=changed).delete()
        bulk.insert([row for answer in fresh for row in answer.evidence])
        bulk.insert([answer.weighing for answer in fresh])


def _chunks() -> Iterator[list[Reading]]:
    last = 0
    while chunk := list(Reading.objects.filter(pk__gt=last).defer("text").order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def _domains() -> Domains:
    rows = Reading.objects.filter(kind="mail").exclude(sender_domain="")
    counts = dict(rows.values("sender_domain").annotate(n=Count("pk")).values_list("sender_domain", "n"))
    proven = frozenset(rows.filter(document__standing__full=True).values_list("sender_domain", flat=True).distinct())
    frequent = sorted((domain for domain, n in counts.items() if n >= FREQUENT), key=lambda d: (-counts[d], d))
    return Domains(counts, proven, frozenset(frequent[:OURS]))


def _families() -> dict[int, str]:
    # By sender too: a stranger's signed mail under the same Message-ID would hide the mail it was taken from.
    rows = Reading.objects.values_list("pk", "document__sha256", "wire", "message_id", "sender").order_by("pk")
    known = families(
        (bytes(sha).hex(), bytes(wire).hex(), message_id and f"{message_id} {sender.lower()}")
        for _, sha, wire, message_id, sender in rows
    )
    return {pk: known[bytes(sha).hex()] for pk, sha, *_ in rows}


def _threads() -> dict[int, str]:
    keys: dict[str, int] = {}

    def mails() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
        rows = Reading.objects.filter(kind="mail").values_list("pk", "document__sha256", "facts").order_by("pk")
        for pk, sha256, facts in rows.iterator():
            mail = unpack_reading(bytes(facts)).mail
            if mail is not None:
                keys[bytes(sha256).hex()] = pk
                yield bytes(sha256).hex(), mail.message_id, mail.in_reply_to, mail.references

    return {keys[name]: thread for name, thread in threads(mails()).items()}
