"""The main job: take, read, weigh, index. Each stage resumes, is versioned, and does nothing where nothing changed."""

import contextlib
import gc
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from crible import __version__
from crible.assess.calibrate import calibration
from crible.assess.checks import CHECKS
from crible.index.schema import VERSION as SCHEMA_VERSION
from crible.model.examined import CREDENTIALS, OCR, PDF
from crible.model.ledger import State
from crible.proof.keyring import KeyRing
from crible.sandbox.pool import Pool
from crible.sift import indexing, keys, levels, passwords, references, remarks, sources
from crible.sift.anchoring import anchor
from crible.sift.beside import beside
from crible.sift.broken import REPAIR_VERSION
from crible.sift.budgets import budgets
from crible.sift.children import WORKER, start
from crible.sift.cohorts import Cohorts
from crible.sift.commit import READ_VERSION, Committer
from crible.sift.coordinator import Coordinator
from crible.sift.cover import Covering
from crible.sift.custody import write_manifest
from crible.sift.early import Early
from crible.sift.examine import KINDS, Examining, waiting
from crible.sift.ledger import Account, account
from crible.sift.progress import told
from crible.sift.relate import RELATED_VERSION, in_texts, in_versions, relate
from crible.sift.repair import Repairs
from crible.sift.standings import Standings, claimed_last
from crible.sift.survey import survey
from crible.sift.watch import Options, Watch
from crible.sift.weigh import Weigher, weigh
from crible.store.case import Case
from crible.store.models import Document, Entry, Examination, Reading, Source
from crible.store.setup import migrate

__all__ = ["WORKER", "rebuild_index", "sift"]

STAGES = {PDF: "examine-pdf", CREDENTIALS: "examine-credentials", OCR: "recognise"}
BEFORE = (PDF, CREDENTIALS)
"""Examinations that bear on the grade: done before anything is weighed. Recognition of text comes last."""
INDEX_VERSION = 3
WORTH = 1_000
"""Documents from which on a second process weighs too, unless one job was asked for: it costs 30 ms, what a hundred
documents take."""
GARBAGE = 20_000
"""New objects between two looks for garbage. With Python's own 700 they took 8 to 13 % of a stage's time here: facts
are many and hold no rings."""


def sift(
    case: Case, paths: Sequence[Path], options: Options, watch: Watch, children: Pool | None = None
) -> Account | None:
    """Bring a case to its end; the account, or None if the user stopped it before.

    `children` were started by the caller with the same options.
    """
    started = contextlib.nullcontext(children) if children else start(options.jobs, unsafe=options.unsafe)
    with _seldom_collecting(), case.writing(), started as pool:
        migrate(case)
        for path in options.key_files:
            keys.keep(case, path)
        for path in options.password_files:
            passwords.keep(case, path)
        sources.add(case, paths, options.references)
        with told(case.folder, watch) as watching:
            return _stages(case, pool, options, watching)


@contextlib.contextmanager
def _seldom_collecting() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(GARBAGE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _stages(case: Case, pool: Pool, options: Options, watch: Watch) -> Account | None:
    ring = keys.ring(case)
    _judge_again(case, ring)
    _forget_outdated(case)
    _unlock(case)
    budget, depth = budgets(case)
    committer = Committer(ring, pool.isolation, depth)
    watch.stage("take", 0)
    sources.take(case, committer, watch.tick, partial(_foresee, pool), in_place=options.in_place)
    write_manifest(case)
    watch.stage("read", todo := Document.objects.filter(state=State.TODO).count())
    if todo < pool.size:  # a child will stand idle while another unpacks: its core can load what most dumps need
        _begin(pool, PDF)
    early = Early(case)
    tick = early.beside(watch.tick)
    coordinator = Coordinator(
        pool, committer, case.blobs, tick, watch.stop, watch.expect, partial(_begin, pool), budget
    )
    if not coordinator.run():
        return None
    if not _examine(BEFORE, coordinator, options, watch):
        return None
    if options.repair:  # the long part of a sift of mail; without it weighing ends soon after reading
        early.before_weighing()
    ring = anchor(case)
    if options.repair and not _repair(case, ring, pool, coordinator, watch):
        return None
    _weigh(case, Covering(pool, coordinator.open_blob), watch)
    _index(case, watch)
    if options.recognise and waiting(OCR):
        if not _examine((OCR,), coordinator, options, watch):
            return None
        _weigh(case, Covering(pool, coordinator.open_blob), watch)
        _index(case, watch)
    return account()


def _examine(kinds: Sequence[str], coordinator: Coordinator, options: Options, watch: Watch) -> bool:
    """Run these kinds of examination over what waits for them; False if the user stopped it."""
    for kind in kinds:
        if expected := waiting(kind):
            watch.stage(STAGES[kind], expected)
            pool = coordinator.pool
            run = Examining(
                kind,
                coordinator.open_blob,
                pool.size,
                options.unsafe,
                lambda n: watch.tick(n, 0),
                watch.stop,
                pool.template,
            )
            if not run.run():
                return False
    return True


def _foresee(pool: Pool, name: str) -> None:
    """A file's name says what will be needed while one core still stands idle: 0.1 s less of a folder with PDFs."""
    if name.lower().endswith(".pdf"):
        _begin(pool, PDF)


def _begin(pool: Pool, kind: str) -> None:
    """The libraries that an examination needs load while the rest is read: 0.4 s of a start less to wait for."""
    if pool.template and kind in BEFORE:
        pool.template.expect(KINDS[kind].entry)


def _repair(case: Case, ring: KeyRing, pool: Pool, coordinator: Coordinator, watch: Watch) -> bool:
    """False if the user stopped it; what was led back by then is kept, and weighed when it goes on."""

    def begin(mails: int) -> None:
        case.record("stages", {"weighed": ""})
        watch.stage("repair", mails)

    return Repairs(pool, coordinator.open_blob, ring, begin, lambda n: watch.tick(n, 0), watch.stop).run()


def _weigh(case: Case, covering: Covering, watch: Watch) -> None:
    state = _fingerprint(case)
    if _stage(case, "weighed") == state:
        return
    case.record("stages", {"weighed": ""})
    watch.stage("weigh", Reading.objects.count())
    references.mark()
    standings, ring = Standings(case), keys.ring(case)
    worth = covering.pool.size > 1 and Reading.objects.count() >= WORTH
    with (
        beside(case, partial(in_versions, standings), worth=worth) as alike,
        beside(case, partial(in_texts, standings), worth=worth) as said,
    ):
        boxes = remarks.Remarks(standings, remarks.zone_of(case))
        surveyed = survey(boxes)
        boxes.store(surveyed.domains)
        weigher = Weigher(standings, surveyed, Cohorts.of_case(ring), ring.trust)
        relate(standings, covering, alike, said)
    weigh(case, weigher, lambda n: watch.tick(n, 0), worth=worth)
    case.record("stages", {"weighed": state})


def _index(case: Case, watch: Watch) -> None:
    state = f"{INDEX_VERSION}.{SCHEMA_VERSION}:{_stage(case, 'weighed')}"
    if _stage(case, "indexed") == state and case.index.exists():
        return
    watch.stage("index", Document.objects.count())
    indexing.rebuild(case.index, lambda n: watch.tick(n, 0))
    case.record("stages", {"indexed": state})


def rebuild_index(case: Case, watch: Watch) -> None:
    """Build the index anew from the store."""
    with case.writing(), told(case.folder, watch) as watching:
        watching.stage("index", Document.objects.count())
        indexing.rebuild(case.index, lambda n: watching.tick(n, 0))


def _stage(case: Case, name: str) -> str:
    return str(case.settings.get("stages", {}).get(name, ""))


def _fingerprint(case: Case) -> str:
    """Of all that a weighing depends on: what was read, the keys, the checks and their versions, who had access."""
    versions = sorted((check.id, check.version) for check in CHECKS)
    table = case.settings.get("intrusion", {})
    intrusion = str(table.get("since", "")), list(map(str, table.get("boxes", []))), claimed_last(case)
    examined = Examination.objects.exclude(state=State.TODO).count()
    given = Source.objects.filter(reference=True).count()
    counts = [Document.objects.count(), Entry.objects.count(), Reading.objects.count(), examined, given]
    ours = [
        READ_VERSION,
        REPAIR_VERSION,
        RELATED_VERSION,
        remarks.VERSION,
        str(remarks.zone_of(case)),
        calibration().date,
    ]
    state = json.dumps([__version__, versions, keys.digest(case), intrusion, counts, *ours])
    return hashlib.sha256(state.encode()).hexdigest()


def _judge_again(case: Case, ring: KeyRing) -> None:
    """Before anything is read with these keys, so that no signature is left judged with those of a killed run."""
    if _stage(case, "keys") != (digest := keys.digest(case)):
        keys.judge_again(ring)
        case.record("stages", {"keys": digest})


def _unlock(case: Case) -> None:
    """With other passwords than at the last run, what was encrypted is tried again."""
    if _stage(case, "passwords") != (digest := passwords.digest(case)):
        passwords.try_again()
        case.record("stages", {"passwords": digest})


def _forget_outdated(case: Case) -> None:
    """What older readers or local checks read, or could not read, is read again; containers keep their entries."""
    now = f"{READ_VERSION}:" + ",".join(f"{c.id}={c.version}" for c in sorted(CHECKS, key=lambda c: c.id) if c.look)
    if _stage(case, "read") not in ("", now):
        failed = Document.objects.filter(state__in=[State.UNREADABLE, State.QUARANTINED], container="")
        for outdated in (Document.objects.filter(reading__isnull=False), failed):
            while batch := list(outdated.values_list("pk", flat=True)[: levels.ROWS]):
                levels.read_again(batch)
    case.record("stages", {"read": now, "crible": __version__})
