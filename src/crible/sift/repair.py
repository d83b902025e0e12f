"""Leads mails that do not verify as stored back to what was signed, once keys and corpus are known.

A key reveals the digest that was signed; the search for it runs in the sandbox, which never sees the key. Which steps
are tried first is learnt from the first mails of each container, in their own order, so that the outcome depends on
bytes and keys only. Where a body stays out of reach, the passages that quotes and copies have of it are tried.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import msgspec
from django.db import transaction

from crible.model.errors import InputError
from crible.model.signature import Headers, Repair, SignatureResult
from crible.proof.dkim.signed import BROKEN
from crible.proof.keyring import KeyRing
from crible.sandbox.policy import DESCRIPTORS
from crible.sandbox.pool import Done, Fault, Frame, Pool
from crible.sift.broken import ROWS, Broken, broken
from crible.sift.packing import pack, unpack
from crible.sift.passages import passages
from crible.sift.stand import stand_again
from crible.sift.wire import Mend, Mended, decode, encode_request
from crible.sift.wire import Request as WireRequest
from crible.store import bulk
from crible.store.models import Blob, Signature

SAMPLE = 32
"""Mails of a container from which the order of steps is learnt."""
BATCH = 8
BATCH_BYTES = 1 << 20


@dataclass
class Repairs:
    """One run over what does not verify."""

    pool: Pool
    open_blob: Callable[[Blob], int]
    ring: KeyRing
    begin: Callable[[int], None] = lambda _n: None
    """Told before the first is tried how many there are, passages not counted."""
    tick: Callable[[int], None] = lambda _n: None
    stop: Callable[[], bool] = lambda: False
    _tasks: dict[int, list[Broken]] = field(default_factory=dict)
    _serial: int = 0
    _pending: int = 0

    def run(self) -> bool:
        """Try every mail that was not tried with these keys and passages; False if stopped before the end."""
        found = list(broken(self.ring))
        self._pending = sum(1 for _ in _untried(found))
        groups: defaultdict[str, list[Broken]] = defaultdict(list)
        for one in found:
            groups[one.group].append(one)
        samples = [one for group in groups.values() for one in group[:SAMPLE]]
        rest = [one for group in groups.values() for one in group[SAMPLE:]]
        for mails in (samples, rest):
            self._all(_untried(mails), _orders(groups) if mails is rest else {})
            if self.stop():
                return False
        self._all(_untried(_with_passages(found)), _orders(groups))
        return not self.stop()

    def _all(self, mails: Iterable[Broken], orders: dict[str, tuple[str, ...]]) -> None:
        waiting = _batches(mails)
        self._fill(waiting, orders)
        for event in self.pool.events():
            self._take(event, orders)
            self._fill(waiting, orders)

    def _fill(self, waiting: Iterator[list[Broken]], orders: dict[str, tuple[str, ...]]) -> None:
        while not self.stop() and self.pool.pending < self.pool.size * 3 and (batch := next(waiting, None)):
            self._submit(batch, orders)

    def _submit(self, batch: list[Broken], orders: dict[str, tuple[str, ...]]) -> None:
        blobs = _blobs(batch)
        mends = tuple(_mend(one, blobs, orders.get(one.group, ())) for one in batch)
        descriptors: list[int] = []
        try:
            descriptors.extend(self.open_blob(Blob.objects.get(pk=blob)) for blob in blobs)
        except InputError:  # left in place, and gone or changed since: the mail stays as it was judged
            _close(descriptors)
            return
        if not self._serial:
            self.begin(self._pending)
        self._serial += 1
        self._tasks[self._serial] = batch
        try:
            self.pool.submit(self._serial, encode_request(WireRequest(mends=mends)), descriptors)
        finally:
            _close(descriptors)

    def _take(self, event: Frame | Done | Fault, orders: dict[str, tuple[str, ...]]) -> None:
        batch = self._tasks.pop(int(str(event.key)), None)
        if batch is None:
            return
        found = _answers(event.payload, batch) if isinstance(event, Done) else None
        if found is None and len(batch) > 1:
            for one in batch:
                self._submit([one], orders)
            return
        _store(batch, found or [tuple(Repair(headers=False, body=False) for _ in one.rows) for one in batch])
        self.tick(len(batch))


def _blobs(batch: Sequence[Broken]) -> list[int]:
    """The blobs that a batch is read from, its own first; a task's descriptors are in this order."""
    return list(dict.fromkeys([batch[0].blob, *(near.blob for one in batch for near in one.kin)]))


def _mend(one: Broken, blobs: Sequence[int], order: tuple[str, ...]) -> Mend:
    near = tuple((blobs.index(place.blob), place.offset, place.size) for place in one.kin)
    return Mend(one.document, one.offset, one.size, one.quoted, one.sought, order, one.passages, near)


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _untried(mails: Iterable[Broken]) -> Iterator[Broken]:
    pending = iter(mails)
    while chunk := list(islice(pending, ROWS)):
        rows = Signature.objects.filter(document__in=[one.document for one in chunk])
        tried = dict(rows.values_list("pk", "repaired"))
        for one in chunk:
            marks = zip(one.rows, one.marks, strict=True)
            if not all(tried[row] == mark or tried[row].startswith(f"{mark}:") for row, mark in marks):
                yield one


def _orders(groups: dict[str, list[Broken]]) -> dict[str, tuple[str, ...]]:
    """For each container, the steps that led back its first mails, most frequent first."""
    orders = {}
    for group, mails in groups.items():
        steps: Counter[str] = Counter()
        if len(mails) > SAMPLE:
            rows = Signature.objects.filter(document__in=[one.document for one in mails[:SAMPLE]], word__in=BROKEN)
            for result in rows.values_list("result", flat=True):
                repair = unpack(bytes(result), SignatureResult).repair
                steps.update({step.name for step in repair.steps} if repair and (repair.headers or repair.body) else ())
        orders[group] = tuple(sorted(steps, key=lambda name: (-steps[name], name)))
    return orders


def _with_passages(mails: Iterable[Broken]) -> Iterator[Broken]:
    """Mails whose signed header was reached and whose body was not, with what else the dump has of their text."""
    for one in mails:
        results = {
            row.pk: unpack(bytes(row.result), SignatureResult) for row in Signature.objects.filter(pk__in=one.rows)
        }
        kept = [n for n, row in enumerate(one.rows) if _body_missing(results[row])]
        if not kept or not (found := passages(one.document)):
            continue
        yield replace(
            one,
            rows=tuple(one.rows[n] for n in kept),
            sought=tuple(one.sought[n] for n in kept),
            marks=tuple(f"{one.marks[n]}:{found.digest}" for n in kept),
            passages=found.texts,
        )


def _body_missing(result: SignatureResult) -> bool:
    headers = result.headers is Headers.OK or (result.repair is not None and result.repair.headers)
    return headers and not (result.repair is not None and result.repair.body)


def _batches(mails: Iterable[Broken]) -> Iterator[list[Broken]]:
    """Neighbours in one blob travel together."""
    batch: list[Broken] = []
    for one in mails:
        size = sum(mail.size for mail in batch)
        full = len(batch) >= BATCH or size + one.size > BATCH_BYTES or len(_blobs([*batch, one])) > DESCRIPTORS
        if batch and (full or batch[-1].blob != one.blob):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _answers(untrusted: bytes, batch: Sequence[Broken]) -> list[tuple[Repair, ...]] | None:
    """The child's answer, if it is one for these mails."""
    try:
        answer = decode(untrusted)
    except msgspec.DecodeError:
        return None
    if not isinstance(answer, Mended) or len(answer.repairs) != len(batch):
        return None
    fits = all(_fits(repairs, one) for repairs, one in zip(answer.repairs, batch, strict=True))
    return list(answer.repairs) if fits else None


def _fits(repairs: Sequence[Repair], one: Broken) -> bool:
    """Whether every span lies within the mail: a child that was taken over can name any."""
    spans = [span for repair in repairs for span in (*repair.spans, *((s.start, s.end) for s in repair.steps))]
    return len(repairs) == len(one.rows) and all(0 <= start <= end <= one.size for start, end in spans)


def _store(batch: Sequence[Broken], found: Sequence[tuple[Repair, ...]]) -> None:
    """Keep what was reached; a mail led back by neutral steps alone stands on its signature from now on."""
    rows = Signature.objects.in_bulk([row for one in batch for row in one.rows])
    stand = set()
    for one, repairs in zip(batch, found, strict=True):
        for pk, mark, repair in zip(one.rows, one.marks, repairs, strict=True):
            row = rows[pk]
            result = unpack(bytes(row.result), SignatureResult)
            kept = repair if repair.headers or repair.body else result.repair
            row.result, row.repaired = pack(replace(result, repair=kept)), mark
            if repair.neutral:
                stand.add(one.document)
    with transaction.atomic(using=Signature.objects.db):
        bulk.update(list(rows.values()), ["result", "repaired"])
        stand_again(stand)
