"""Weighs every document once the corpus is closed: corpus checks over its relations, then the grade."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
from crible.sift.carriers import carriers
from crible.sift.cohorts import Cohorts
from crible.sift.neighbourhood import Neighbourhood
from crible.sift.packing import pack, unpack_local, unpack_reading
from crible.sift.remarks import Remarks
from crible.sift.standings import Standings
from crible.sift.survey import survey
from crible.store import bulk
from crible.store.bulk import Fresh
from crible.store.models import Evidence, Reading, Weighing

CHUNK = 250
NOBODY = Trust()
"""No root and no key of the user's."""


def weigh(
    standings: Standings, cohorts: Cohorts, remarks: Remarks, tick: Callable[[int], None], trust: Trust = NOBODY
) -> None:
    """Grade every document that was read; rows are rewritten only where the answer changed."""
    surveyed = survey(remarks)
    remarks.store(surveyed.domains)
    around = Neighbourhood(standings, carriers(standings), surveyed, cohorts, trust)
    family, thread = _families(), surveyed.threads
    for chunk in _chunks():
        keys = [pk for pk, _, _ in chunk]
        around.load(keys)
        answers = [_answer(pk, bytes(facts), bytes(local), around, family, thread) for pk, facts, local in chunk]
        _store(answers, keys)
        tick(len(chunk))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be stored of one document."""

    pk: int
    digest: bytes
    weighing: Fresh
    evidence: list[Fresh]


def _answer(
    pk: int, packed: bytes, locally: bytes, around: Neighbourhood, family: dict[int, str], thread: dict[int, str]
) -> Answer:
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
    return Answer(pk, digest, weighing, evidence)


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
        spans=msgspec.to_builtins(said.spans),
    )


def _store(answers: Sequence[Answer], keys: Sequence[int]) -> None:
    known = dict(Weighing.objects.filter(document__in=keys).values_list("pk", "digest"))
    fresh = [a for a in answers if bytes(known.get(a.pk) or b"") != a.digest]
    changed = [answer.pk for answer in fresh]
    with transaction.atomic(using=Weighing.objects.db):
        if known:
            Evidence.objects.filter(document__in=changed).delete()
            Weighing.objects.filter(document__in=changed).delete()
        bulk.insert([row for answer in fresh for row in answer.evidence])
        bulk.insert([answer.weighing for answer in fresh])


def _chunks() -> Iterator[list[tuple[int, bytes | memoryview, bytes | memoryview]]]:
    """Documents that were read: key, facts, what the local checks said."""
    last = 0
    rows = Reading.objects.order_by("pk").values_list("pk", "facts", "local")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1][0]
        yield chunk


def _families() -> dict[int, str]:
    # By sender too: a stranger's signed mail under the same Message-ID would hide the mail it was taken from.
    rows = Reading.objects.values_list("pk", "document__sha256", "wire", "message_id", "sender").order_by("pk")
    known = families(
        (bytes(sha).hex(), bytes(wire).hex(), message_id and f"{message_id} {sender.lower()}")
        for _, sha, wire, message_id, sender in rows
    )
    return {pk: known[bytes(sha).hex()] for pk, sha, *_ in rows}
