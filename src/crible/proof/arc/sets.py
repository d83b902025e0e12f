"""The ARC sets of one mail and their seals, digests computed in one pass (RFC 8617 §4.2, §5.1.1)."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crible.extract.mail.claims import sealed_claims
from crible.extract.mail.fields import Field, Header
from crible.model.facts import ArcSet, Claim
from crible.model.signature import Scheme, SignatureFacts
from crible.proof.dkim.canonical import relaxed_field
from crible.proof.dkim.examine import malformed
from crible.proof.dkim.fieldtable import own_form
from crible.proof.dkim.terms import LONGEST, read_seal, read_tags, stated_instance
from crible.proof.tags import Malformed

RESULTS, MESSAGE, SEAL = "arc-authentication-results", "arc-message-signature", "arc-seal"
KINDS = frozenset({RESULTS, MESSAGE, SEAL})
_STATED = re.compile(rb"[:;]\s*+i\s*+=\s*+([^\s;]++)")
MOST = 50
"""Instances that RFC 8617 §4.2.1 allows, and fields of each kind that are looked at; the most met in 31,916
list mails is 3."""


@dataclass(frozen=True, slots=True)
class Arc:
    """What a mail has of ARC."""

    sets: tuple[ArcSet, ...] = ()
    """By instance; instance 0 gathers fields that state none, or one that may not be."""
    seals: tuple[SignatureFacts, ...] = ()
    """By instance; without body digests."""


@dataclass(slots=True)
class _Set:
    results: list[Field] = field(default_factory=list)
    messages: list[Field] = field(default_factory=list)
    seals: list[tuple[Field, dict[bytes, bytes]]] = field(default_factory=list)
    claims: tuple[Claim, ...] = ()

    @property
    def whole(self) -> bool:
        return len(self.results) == len(self.messages) == len(self.seals) == 1

    @property
    def cv(self) -> str:
        value = self.seals[0][1].get(b"cv", b"") if self.seals else b""
        return value[:16].lower().decode("ascii", "replace")

    def seen(self, instance: int) -> ArcSet:
        return ArcSet(instance, self.cv, self.claims, self.whole and instance > 0)


def examine(header: Header) -> Arc:
    """The ARC sets and seals of a mail. Never raises; work is linear in the size of the header."""
    fields = [each for each in header.fields if each.name in KINDS]
    if not fields:
        return Arc()
    sets = _grouped(fields)
    return Arc(
        tuple(one.seen(instance) for instance, one in sorted(sets.items())),
        tuple(_seals(sets)),
    )


def _grouped(fields: Sequence[Field]) -> dict[int, _Set]:
    sets: dict[int, _Set] = {}
    met = dict.fromkeys(KINDS, 0)
    for each in fields:
        met[each.name] += 1
        if met[each.name] > MOST:
            sets.setdefault(0, _Set())  # a chain with more is none
            continue
        if each.name == RESULTS:
            instance, claims = sealed_claims(each.value)
            one = sets.setdefault(instance if instance <= MOST else 0, _Set())
            one.results.append(each)
            one.claims = one.claims or claims
            continue
        if each.name == MESSAGE:
            sets.setdefault(_instance(each), _Set()).messages.append(each)
            continue
        tags = _tags(each)
        sets.setdefault(stated_instance(tags), _Set()).seals.append((each, tags))
    return sets


def _instance(message: Field) -> int:
    """i= of a message signature. Its other tags are `proof.dkim`'s to read, which calls it 0 where they are broken."""
    found = _STATED.search(message.raw)
    return stated_instance({b"i": found[1]}) if found else 0


def _tags(each: Field) -> dict[bytes, bytes]:
    try:
        return read_tags(each)
    except Malformed:
        return {}


def _seals(sets: dict[int, _Set]) -> Iterator[SignatureFacts]:
    """A seal covers all sets up to its own, each as results, message signature and seal, in relaxed form.

    One that says cv=fail covers its own set alone (§5.1.2). From the first set that is not whole, or missing, on, what
    a seal was made over is anybody's guess.
    """
    state = hashlib.sha256()
    intact = 0 not in sets
    for expected, instance in enumerate(sorted(instance for instance in sets if instance), 1):
        one = sets[instance]
        intact = intact and one.whole and instance == expected
        if intact:
            mine = hashlib.sha256() if one.cv == "fail" else state
            for each in (one.results[0], one.messages[0]):
                mine.update(_form(each))
        for own, tags in one.seals:
            yield _facts(own, tags, mine.copy() if intact else None)
        if intact:
            mine.update(_form(one.seals[0][0]))


def _facts(own: Field, tags: dict[bytes, bytes], before: "hashlib._Hash | None") -> SignatureFacts:
    instance = stated_instance(tags)
    try:
        if before is None or len(own.raw) > LONGEST:
            raise Malformed("arc-malformed-set")
        terms = read_seal(tags)
    except Malformed as error:
        return malformed(instance, Scheme.ARC_SEAL, tags, error.key)
    before.update(own_form(own, "relaxed"))
    return SignatureFacts(
        index=instance,
        scheme=Scheme.ARC_SEAL,
        domain=terms.domain,
        selector=terms.selector,
        algorithm=terms.algorithm,
        signature=terms.signature,
        header_digest=before.digest(),
        body_digest=b"",
        body_hash=b"",
        canonical="relaxed",
        signed=(),
        timestamp=terms.timestamp,
    )


def _form(each: Field) -> bytes:
    name, _, value = each.raw.partition(b":")
    return relaxed_field(name, value)
