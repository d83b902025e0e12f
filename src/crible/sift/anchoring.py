"""Recovered keys that an ARC sealer saw in DNS: settled over the whole corpus after reading, before it is weighed.

Nothing is accumulated: the file is written anew from the facts and the other keys each time, so that a key taken away
takes its anchors with it. Seals count under keys of the ring or the user's own only, never under recovered ones, or
else one anchor would lead to the next.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction

from crible.assess.anchors import Attested, attested
from crible.model.signature import KeyFit, Scheme, SignatureResult, Word
from crible.proof.keyring import Key, KeyRing
from crible.sift import found, keys
from crible.sift.packing import unpack, unpack_reading
from crible.store.case import Case
from crible.store.models import Reading, Signature

FILE = "arc.jsonl"
SOURCE = "arc:"
UNBOUND = 2
"""Mails that must say so where the sealer's set is not bound to its mail: such a set may stand in one it never saw."""
CHUNK = 250
SEALS = (Scheme.ARC_MESSAGE, Scheme.ARC_SEAL)


class Weight:
    """How often one sealer said so of one key."""

    def __init__(self) -> None:
        self.mails = 0
        self.bound = False

    @property
    def enough(self) -> bool:
        """One set that is bound to its mail, or several that are not."""
        return self.bound or self.mails >= UNBOUND


def anchor(case: Case) -> KeyRing:
    """Write which recovered keys are anchored by ARC, judge again where that changed; the ring to go on with."""
    without = keys.own_ring(case).with_keys(found.keys(case, but=FILE))
    recovered = {
        key.used().fingerprint: key for key in found.keys(case, but=FILE) if key.recovered and not key.anchored
    }
    rows = [found.row(key) for key in _anchored(without, recovered)] if recovered else []
    before = keys.digest(case)
    if found.keep(case, FILE, rows):
        ring = keys.ring(case)
        domains = {key.domain for key in recovered.values()} | {key.domain for key in found.keys(case)}
        with transaction.atomic(using=Signature.objects.db):
            keys.judge_again(ring, domains)
        if case.settings.get("stages", {}).get("keys") == before:  # else a key came meanwhile: the next run judges all
            case.record("stages", {"keys": keys.digest(case)})
    return keys.ring(case)


def _anchored(ring: KeyRing, recovered: dict[str, Key]) -> Iterator[Key]:
    said: dict[tuple[str, str, str], dict[str, Weight]] = defaultdict(lambda: defaultdict(Weight))
    for results, told in _attested(recovered):
        met: set[tuple[str, str, str, str]] = set()
        for one in told:
            signed = next((r for r in results if _is(r, one)), None)
            if signed is None or signed.used is None or not ring.find(one.domain, one.selector):
                continue
            name = (one.domain, one.selector.lower(), signed.used.fingerprint)
            weight = said[name][one.sealer]
            weight.mails += (*name, one.sealer) not in met
            weight.bound |= one.bound
            met.add((*name, one.sealer))
    for domain, selector, fingerprint in sorted(said):
        sealers = sorted(s for s, weight in said[domain, selector, fingerprint].items() if weight.enough)
        for key in ring.find(domain, selector) if sealers else ():
            if key.fingerprint == fingerprint and key.recovered:
                yield replace(key, anchored=True, sources=tuple(f"{SOURCE}{sealer}" for sealer in sealers))


def _is(result: SignatureResult, one: Attested) -> bool:
    """The signature spoken of, if a recovered key made it and its header is as it was signed."""
    facts = result.facts
    named = facts.scheme is Scheme.DKIM and facts.index == one.signature_index and facts.domain == one.domain
    return named and result.word is Word.PASS and result.used is not None and result.used.recovered


def _attested(recovered: dict[str, Key]) -> Iterator[tuple[list[SignatureResult], tuple[Attested, ...]]]:
    """Results and attestations of each mail that bears seals and a signature named like a recovered key."""
    domains = {key.domain for key in recovered.values()}
    named = Signature.objects.filter(scheme=Scheme.DKIM, domain__in=domains, word=Word.PASS)
    sealed = Signature.objects.filter(scheme=Scheme.ARC_SEAL).values("document")
    documents = list(
        named.filter(document__in=sealed).order_by("document").values_list("document", flat=True).distinct()
    )
    for at in range(0, len(documents), CHUNK):
        chunk = documents[at : at + CHUNK]
        results = defaultdict(list)
        stored = Signature.objects.filter(document__in=chunk).order_by("scheme", "index")
        for document, result in stored.values_list("document", "result"):
            results[document].append(_unrecovered(unpack(bytes(result), SignatureResult)))
        readings = Reading.objects.filter(pk__in=chunk).order_by("pk").values_list("pk", "facts")
        for pk, facts in readings:
            mail = unpack_reading(bytes(facts)).mail
            if mail is not None and (told := attested(mail, results[pk])):
                yield results[pk], told


def _unrecovered(result: SignatureResult) -> SignatureResult:
    """A seal under a recovered key is as good as one without a key, whoever anchored that."""
    if result.facts.scheme in SEALS and result.used is not None and result.used.recovered:
        return replace(result, word=Word.NO_KEY, key=KeyFit.NONE, used=None)
    return result
