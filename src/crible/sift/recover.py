"""Recovers lost keys from a case's own signatures, the most useful first; each enters the case whole or not at all."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from crible.model.errors import InputError
from crible.model.signature import Word
from crible.proof.dkim.pkcs1 import reveal, signed_digest
from crible.proof.dkim.terms import HASHES
from crible.proof.keyring import Key
from crible.proof.recover import EXPONENTS, Found, Progress, Sample, search
from crible.sift import found, keys
from crible.sift.wanted import LOST, SCHEMES, Lack, Wanted, plan
from crible.store.case import Case
from crible.store.models import Signature

MOST = 10
"""Keys sought in one run unless asked otherwise: at two minutes each, a coffee."""
HOLDERS = 3
"""Keys sought under one selector: its signer's, the next after a silent change, and a forger's."""
LARGEST = 4000
"""Signatures of one selector that are looked at."""

UNFIT = {Lack.FEW: "recover-few", Lack.KIND: "recover-kind"}

Told = Callable[[Wanted], Progress]
"""Told that one key is now sought; says whom to tell of the progress."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of the search for one selector's key."""

    domain: str
    selector: str
    key: Key | None = None
    """None where no key was found, which says nothing of the mails."""
    verifies: int = 0
    """Signatures of this selector that verify under it, as they stand."""
    intact: int = 0
    """Signatures whose body is as it was signed."""
    seconds: float = 0.0


def sought(case: Case, names: Sequence[str], most: int) -> tuple[Wanted, ...]:
    """The lost keys to recover: those named `SELECTOR._domainkey.DOMAIN`, else the most useful of the plan.

    Raises InputError for a name that no signature waits for, or that too few wait for.
    """
    planned = plan(keys.ring(case)).wanted
    if not names:
        return tuple(one for one in planned if one.lack is Lack.KEY)[:most]
    by_name = {f"{one.selector}._domainkey.{one.domain}".lower(): one for one in planned}
    chosen = []
    for name in names:
        one = by_name.get(name.rstrip(".").lower())
        if one is None or one.lack is Lack.ANCHOR:
            raise InputError("recover-not-lost", name=name)
        if one.lack is not Lack.KEY:
            raise InputError(UNFIT[one.lack], name=name, count=len(one.intact))
        chosen.append(one)
    return tuple(chosen)


def catch_up(case: Case) -> None:
    """Judge with all keys at hand, if a run was killed before it did: what has a key is not lost."""
    if _judged(case) == (now := keys.digest(case)):
        return
    with case.writing():
        with transaction.atomic(using=Signature.objects.db):
            keys.judge_again(keys.ring(case))
        case.record("stages", {"keys": now})


def recover(
    case: Case, wanted: Sequence[Wanted], told: Told, exponents: Sequence[int] = EXPONENTS
) -> Iterator[Recovered]:
    """Seek each key; every one found is kept, and judged with, before the next is sought."""
    for one in wanted:
        progress = told(one)
        some = False
        for _ in range(HOLDERS):
            with case.facts():
                samples = _samples(one)
                known = {(k.modulus, k.exponent) for k in keys.ring(case) if k.modulus}
                result = search(samples, sorted(known), progress, exponents)
            if result is None:
                break
            some = True
            yield _enter(case, one, result)
        if not some:
            yield Recovered(one.domain, one.selector)


def _samples(one: Wanted) -> list[Sample]:
    """Signatures that no key at hand made, of different mails with an intact body, in the order of the mails' dates."""
    columns = ("document", "signature", "header_digest", "algorithm", "body_digest", "body_hash")
    waiting = Signature.objects.filter(domain=one.domain, selector=one.selector, word__in=LOST, scheme__in=SCHEMES)
    rows = waiting.order_by("document__reading__date", "document__sha256", "scheme", "index").values_list(*columns)
    met: dict[int, Sample] = {}
    for document, signature, digest, algorithm, body, signed in rows.iterator():
        if bytes(body) == bytes(signed) and algorithm.startswith("rsa-"):
            met.setdefault(document, Sample(bytes(signature), bytes(digest), HASHES[algorithm]))
    samples = list(met.values())
    # Evenly, so that neighbours remain neighbours in time whatever the number.
    step = -(-len(samples) // LARGEST) or 1
    return samples[::step] if step > 1 else samples


def _enter(case: Case, one: Wanted, result: Found) -> Recovered:
    """Keep the key, then judge what waited for it in one transaction; a run killed between the two catches up."""
    bits = result.modulus.bit_length()
    key = Key(one.domain, one.selector, bits, result.modulus, result.exponent, anchored=False, recovered=True)
    before = keys.digest(case)
    found.keep(case, f"recovered-{_handle(key)}.jsonl", [found.row(key)])
    with case.writing():
        with transaction.atomic(using=Signature.objects.db):
            keys.judge_again(keys.ring(case), {one.domain})
        if _judged(case) == before:
            case.record("stages", {"keys": keys.digest(case)})
        rows = Signature.objects.filter(domain=one.domain, selector=one.selector, scheme__in=SCHEMES)
        columns = rows.values_list("signature", "word", "body_digest", "body_hash")
        ours = [row for row in columns if _made(bytes(row[0]), key)]
    passed = sum(word == Word.PASS for _, word, _, _ in ours)
    intact = sum(bytes(body) == bytes(signed) for _, _, body, signed in ours)
    return Recovered(one.domain, one.selector, key, passed, intact, result.seconds)


def _judged(case: Case) -> str:
    """With which keys the case's signatures were judged."""
    return str(Case.open(case.folder).settings.get("stages", {}).get("keys", ""))


def _made(signature: bytes, key: Key) -> bool:
    message = reveal(signature, key.modulus, key.exponent)
    return message is not None and signed_digest(message) is not None


def _handle(key: Key) -> str:
    """Tells keys of a case apart in file names; one modulus may stand under several selectors."""
    name = f"{key.domain} {key.selector} {key.fingerprint}"
    return hashlib.sha256(name.encode()).hexdigest()[:16]
