"""The keys a case is weighed with: the default ring, the user's own files, and those that crible came by itself."""

import hashlib
import shutil
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from crible.model.errors import InputError
from crible.model.signature import SignatureResult
from crible.proof.dkim import judge
from crible.proof.keyring import KeyRing
from crible.proof.keyring.ring import DEFAULT
from crible.sift import found
from crible.sift.packing import pack, unpack
from crible.sift.stand import stand_again
from crible.store import bulk
from crible.store.case import Case
from crible.store.models import Signature

CHUNK = 250


def keep(case: Case, path: Path) -> None:
    """Copy a key file into the case: later runs need it too, and its statement is the user's own."""
    if not path.is_file():
        raise InputError("keys-missing", path=str(path))
    KeyRing.default().with_file(path)
    folder = case.folder / "keys"
    folder.mkdir(exist_ok=True)
    fresh = case.folder / "keys.new"  # a run killed while copying must leave no half file among the keys
    shutil.copyfile(path, fresh)
    fresh.replace(folder / path.name)


def ring(case: Case) -> KeyRing:
    """The default ring with the case's own key files, and with what was found for it (see `sift.found`)."""
    return own_ring(case).with_keys(found.keys(case))


def own_ring(case: Case) -> KeyRing:
    """The default ring with the user's own key files only."""
    ring = KeyRing.default()
    for path in _files(case):
        ring = ring.with_file(path)
    return ring


def digest(case: Case) -> str:
    """What the case's keys are, in one hash: the default ring's bytes and every key file's."""
    hashed = hashlib.sha256(DEFAULT.read_bytes())
    for path in (*_files(case), *found.files(case)):
        hashed.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


def _files(case: Case) -> list[Path]:
    """The user's own."""
    return sorted(path for path in (case.folder / "keys").glob("*") if not path.is_dir())


def judge_again(keys: KeyRing, domains: Collection[str] | None = None) -> int:
    """Judge stored signatures with these keys, without re-parsing: all, or of these d=; how many results changed."""
    changed, last = 0, 0
    stored = Signature.objects.all() if domains is None else Signature.objects.filter(domain__in=domains)
    while rows := list(stored.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        fresh = [row for row in rows if _judged(row, keys)]
        with transaction.atomic(using=Signature.objects.db):
            bulk.update(fresh, ["result", "word"])
            stand_again({row.document_id for row in fresh})
        changed += len(fresh)
    return changed


def _judged(row: Signature, keys: KeyRing) -> bool:
    before = bytes(row.result)
    stored = unpack(before, SignatureResult)
    result = judge(stored.facts, keys.find(stored.facts.domain, stored.facts.selector))
    if stored.repair and result.word is stored.word and _same_key(result, stored):
        result = replace(result, repair=stored.repair)
    row.result, row.word = pack(result), result.word
    return bool(row.result != before)


def _same_key(one: SignatureResult, other: SignatureResult) -> bool:
    """What a repair was sought with: another key reveals another digest."""
    return bool(one.used and other.used and one.used.fingerprint == other.used.fingerprint)
