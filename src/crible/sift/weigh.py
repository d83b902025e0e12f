"""Weighs every document once the corpus is closed: corpus checks over its relations, then the grade."""

import hashlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
from django.db import transaction

from crible.assess import run
from crible.assess.grade import grade
from crible.assess.relations import Relations
from crible.index.families import families
from crible.model.evidence import Weighed
from crible.model.facts import Reading as Facts
from crible.proof.enclosed import Trust
from crible.sift.beside import beside
from crible.sift.carriers import carriers
from crible.sift.cohorts import Cohorts
from crible.sift.neighbourhood import Neighbourhood
from crible.sift.packing import pack, unpack, unpack_local, unpack_reading
from crible.sift.standings import Standings
from crible.sift.survey import Surveyed
from crible.store import bulk
from crible.store.bulk import Fresh
from crible.store.case import Case
from crible.store.models import Evidence, Reading, Weighing

CHUNK = 250
OURS, ROUND = (0, 2), 5
"""Of five chunks two are weighed here and three beside. All of them are written here, which takes an eighth of the time
of weighing: so both processes end together."""
NOBODY = Trust()
"""No root and no key of the user's."""


def weigh(case: Case, weigher: "Weigher", tick: Callable[[int], None], *, worth: bool) -> None:
    """Grade every document that was read; rows are rewritten only where the answer changed.

    Where it is `worth` it a second process weighs too; what is written, and in what order, is the same.
    """
    keys = array("q", Reading.objects.order_by("pk").values_list("pk", flat=True).iterator())
    chunks = [keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK)]

    def elsewhere() -> Iterator[bytes]:
        return (pack(weigher.answers(chunk)) for n, chunk in enumerate(chunks) if n % ROUND not in OURS)

    with beside(case, elsewhere, worth=worth) as others:
        for n, chunk in enumerate(chunks):
            _store(weigher.answers(chunk) if n % ROUND in OURS else unpack(next(others), list[Answer]))
            tick(len(chunk))


class Weigher:
    """Says of documents what all of the corpus says of them; reads facts and relations, writes nothing."""

    def __init__(self, standings: Standings, surveyed: Surveyed, cohorts: Cohorts, trust: Trust = NOBODY) -> None:
        self._around = Neighbourhood(standings, carriers(standings), surveyed, cohorts, trust)
        self._family, self._thread = _families(), surveyed.threads

    def answers(self, keys: Sequence[int]) -> "list[Answer]":
        """Of documents with consecutive keys those whose answer is not stored yet, in order."""
        self._around.load(keys)
        known = dict(Weighing.objects.filter(document__in=keys).values_list("pk", "digest"))
        rows = Reading.objects.filter(pk__gte=keys[0], pk__lte=keys[-1]).order_by("pk")
        told = [
            _told(pk, bytes(facts), bytes(local), self._around, self._family, self._thread)
            for pk, facts, local in rows.values_list("pk", "facts", "local")
        ]
        fresh = [one for one in told if bytes(known.get(one.pk) or b"") != one.digest]
        weighings = bulk.prepared([one.weighing for one in fresh])
        evidence = iter(bulk.prepared([row for one in fresh for row in one.evidence]))
        return [
            Answer(one.pk, one.pk in known, row, tuple(islice(evidence, len(one.evidence))))
            for one, row in zip(fresh, weighings, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be stored of one document, as the database takes it."""

    pk: int
    known: bool
    """Another answer is stored."""
    weighing: tuple[Any, ...]
    evidence: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of one document, by field."""

    pk: int
    digest: bytes
    weighing: Fresh
    evidence: list[Fresh]


def _told(
    pk: int, packed: bytes, locally: bytes, around: Neighbourhood, family: dict[int, str], thread: dict[int, str]
) -> _Told:
    facts = unpack_reading(packed)
    relations = around.of(pk, facts)
    local, silent = unpack_local(locally)
    more, silent_too = run.weigh_corpus(facts, relations)
    weighed = [*local, *more]
    answer = grade("mail" if facts.mail else "file", weighed)
    inputs = hashlib.blake2b(packed + pack(_own(relations)), digest_size=16).digest()
    told = msgspec.to_builtins(answer)
    quiet = sorted({*silent, *silent_too})
    correspondence = _correspondence(facts, attached=pk in around.attached)
    sort = facts.sorting.name if facts.sorting else ""
    why = list(around.surveyed.private.get(pk, ()))
    said = (weighed, told, quiet, correspondence, sort, why, family[pk], thread.get(pk, ""))
    digest = hashlib.blake2b(pack(said) + inputs).digest()[:16]
    weighing = Fresh(
        Weighing,
        document_id=pk,
        level=answer.level,
        correspondence=correspondence,
        questions=answer.questions,
        grade=told,
        silent=quiet,
        sort=sort,
        private=bool(why),
        private_why=why,
        family=family[pk],
        thread=thread.get(pk, ""),
        digest=digest,
    )
    evidence = [_evidence(pk, ordinal, one, inputs) for ordinal, one in enumerate(weighed)]
    return _Told(pk, digest, weighing, evidence)


def _correspondence(facts: Facts, *, attached: bool) -> str:
    """The class that grades are told by."""
    if facts.mail is None:
        return "attached" if attached else "loose"
    if facts.mail.bulk or facts.mail.list_id:
        return "bulk"
    return "received" if facts.mail.received else "sent"


def _own(relations: Relations) -> tuple[Any, ...]:
    """The relations that are this document's own; the corpus-wide domains would change every hash at every new mail."""
    return (
        relations.signatures,
        relations.arc,
        relations.enclosed,
        relations.twins,
        relations.copies,
        relations.quotes,
        relations.quoting,
        relations.neighbours,
        relations.near,
        relations.carriers,
        relations.cohorts,
        relations.examined,
        relations.pictures,
        relations.hand,
        relations.lineage,
        relations.listings,
        relations.in_mail,
        relations.claimed_last,
        relations.versions,
        relations.attached,
        relations.references,
        relations.sequence,
    )


def _evidence(document: int, ordinal: int, one: Weighed, inputs: bytes) -> Fresh:
    said = one.evidence
    return Fresh(
        Evidence,
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
        spans=msgspec.to_builtins(said.spans) if said.spans else [],
    )


def _store(answers: Sequence[Answer]) -> None:
    known = [answer.pk for answer in answers if answer.known]
    with transaction.atomic(using=Weighing.objects.db):
        if known:
            Evidence.objects.filter(document__in=known).delete()
            Weighing.objects.filter(document__in=known).delete()
        bulk.write(Evidence, [row for answer in answers for row in answer.evidence])
        bulk.write(Weighing, [answer.weighing for answer in answers])


def _families() -> dict[int, str]:
    # By sender too: a stranger's signed mail under the same Message-ID would hide the mail it was taken from.
    rows = Reading.objects.values_list("pk", "document__sha256", "wire", "message_id", "sender").order_by("pk")
    known = families(
        (bytes(sha).hex(), bytes(wire).hex(), message_id and f"{message_id} {sender.lower()}")
        for _, sha, wire, message_id, sender in rows
    )
    return {pk: known[bytes(sha).hex()] for pk, sha, *_ in rows}
