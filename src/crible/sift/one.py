"""Weighs files without a case: opened in the sandbox, judged with the keys at hand, answered on the spot, offline."""

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from crible.assess import run
from crible.assess.grade import grade
from crible.assess.relations import Relations, apart
from crible.assess.standing import standing
from crible.model.errors import InputError
from crible.model.evidence import Weighed
from crible.model.examined import Examined
from crible.model.facts import Reading
from crible.model.grade import Grade
from crible.model.ledger import Isolation, Reason, State
from crible.model.signature import SignatureResult
from crible.proof.dkim import judge
from crible.proof.enclosed import Trust, vouched
from crible.proof.keyring import KeyRing
from crible.sandbox.pool import Done, Fault, Pool
from crible.sandbox.window import Window
from crible.sift.broken import MOST, sought
from crible.sift.looking import Looking
from crible.sift.run import WORKER
from crible.sift.wire import Job, Mend, Mended, Outcome, Request, decode, encode_request


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said of one file by itself."""

    path: Path
    id: str
    size: int
    isolation: Isolation
    state: State
    reason: Reason | None = None
    container: str = ""
    reading: Reading | None = None
    results: tuple[SignatureResult, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    silent: tuple[str, ...] = ()
    grade: Grade | None = None


def weigh_files(paths: Sequence[Path], ring: KeyRing, *, unsafe: bool = False) -> Iterator[Answer]:
    """An answer for each file, in order. A container is named as such: it wants a case."""
    with contextlib.ExitStack() as stack:
        pool = stack.enter_context(Pool(WORKER, size=1, unsafe=unsafe))
        looking = Looking(stack, unsafe)
        for path in paths:
            yield _weigh(path, ring, pool, looking)


def _weigh(path: Path, ring: KeyRing, pool: Pool, looking: Looking) -> Answer:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe would wait
    except OSError as error:
        raise InputError("file-unreadable", path=str(path), detail=error.strerror or "") from error
    try:
        if not path.is_file():
            raise InputError("file-unreadable", path=str(path), detail="not a file")
        window = Window.whole(descriptor)
        outcome = _open(pool, Job(0, 0, window.length, path.name), descriptor)
        signatures = outcome.reading.mail.signatures if outcome.reading and outcome.reading.mail else ()
        results = [judge(facts, ring.find(facts.domain, facts.selector)) for facts in signatures]
        results = _repaired(pool, results, ring, descriptor, window.length)
        found = Answer(path, _sha256(window), window.length, pool.isolation, outcome.state, outcome.reason)
        examined = looking.examined(outcome.reading, descriptor, window.length) if outcome.reading else Examined()
    finally:
        os.close(descriptor)
    if outcome.reading is None:
        return replace(found, container=outcome.container)
    return _graded(found, outcome, outcome.reading, tuple(results), ring.trust, examined)


def _repaired(
    pool: Pool, results: list[SignatureResult], ring: KeyRing, descriptor: int, length: int
) -> list[SignatureResult]:
    """Each result with the way back to what was signed, where the mail does not verify as it is."""
    seeking = [(n, one) for n, result in enumerate(results) if (one := sought(result, ring))][:MOST]
    if not seeking:
        return results
    mend = Mend(0, 0, length, quoted=False, sought=tuple(one for _, one in seeking))
    pool.submit("mend", encode_request(Request(mends=(mend,))), [descriptor])
    for event in pool.events():
        if isinstance(event, Done):
            with contextlib.suppress(msgspec.DecodeError):
                answer = decode(event.payload)
                if isinstance(answer, Mended) and [len(repairs) for repairs in answer.repairs] == [len(seeking)]:
                    for (n, _), repair in zip(seeking, answer.repairs[0], strict=True):
                        results[n] = replace(results[n], repair=repair)
    return results


def _graded(
    found: Answer,
    outcome: Outcome,
    reading: Reading,
    results: tuple[SignatureResult, ...],
    trust: Trust,
    examined: Examined,
) -> Answer:
    own = standing(found.id, reading, results)
    signatures, arc = apart(results)
    inside = tuple(vouched(one, trust) for one in reading.mail.enclosed) if reading.mail else ()
    around = Relations(signatures=signatures, arc=arc, enclosed=inside, standing=own, examined=examined)
    more, silent = run.weigh_corpus(reading, around)
    weighed = (*outcome.weighed, *more)
    return replace(
        found,
        reading=reading,
        results=results,
        weighed=weighed,
        silent=tuple(sorted({*outcome.silent, *silent})),
        grade=grade("mail" if reading.mail else "file", weighed),
    )


def _open(pool: Pool, job: Job, descriptor: int) -> Outcome:
    """The job's outcome; its members are not wanted here."""
    pool.submit(job.document, encode_request(Request(jobs=(job,))), [descriptor])
    outcome = Outcome(job.document, State.QUARANTINED, Reason("reply-broken"))
    for event in pool.events():
        if isinstance(event, Fault):
            outcome = Outcome(job.document, State.UNREADABLE, Reason(event.code, dict(event.params)))
        elif isinstance(event, Done):
            with contextlib.suppress(msgspec.DecodeError):
                message = decode(event.payload)
                outcome = message if isinstance(message, Outcome) else outcome
    return outcome


def _sha256(window: Window) -> str:
    hashed = hashlib.sha256()
    for at in range(0, window.length, 1 << 20):
        hashed.update(window.read(at, 1 << 20))
    return hashed.hexdigest()
