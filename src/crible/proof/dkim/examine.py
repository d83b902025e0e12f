"""The signatures of one mail, with the digests of its stored bytes; no key is needed (RFC 6376 §6.1)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crible.extract.mail.fields import Field, Header
from crible.model.signature import Scheme, SignatureFacts
from crible.proof.dkim.canonical import How, body_digests
from crible.proof.dkim.extent import stored_ends
from crible.proof.dkim.fieldtable import FieldTable
from crible.proof.dkim.terms import Terms, read_tags, read_terms, stated_instance
from crible.proof.tags import Malformed

MOST = 50
"""Signatures examined in one mail; the most met in 9,000 list mails is 3."""

FIELDS = {
    "dkim-signature": Scheme.DKIM,
    "x-google-dkim-signature": Scheme.TRANSIT,
    "arc-message-signature": Scheme.ARC_MESSAGE,
}


@dataclass(frozen=True, slots=True)
class _Signed:
    index: int
    scheme: Scheme
    terms: Terms
    header_digest: bytes


def examine(header: Header, body: bytes) -> tuple[SignatureFacts, ...]:
    """Every signature over a mail and its body, DKIM-Signature fields first, each kind top to bottom.

    ARC seals, which cover no body, are `crible.proof.arc`'s.
    `body` is what follows `header.body_start`. A signature that cannot be evaluated comes with `malformed` set;
    those beyond the fiftieth are not looked at and stand as one such entry, `dkim-malformed-too-many-signatures`.
    Never raises; the work is bounded by the size of the mail, whatever its fields say.
    """
    table = FieldTable(header)
    found = [(index, field, scheme) for name, scheme in FIELDS.items() for index, field in enumerate(table.named(name))]
    if not found:
        return ()
    looked = [_look(index, field, scheme, table) for index, field, scheme in found[:MOST]]
    bodies = _Bodies([entry.terms for entry in looked if isinstance(entry, _Signed)], body, header.body_start)
    facts = [bodies.facts(entry) if isinstance(entry, _Signed) else entry for entry in looked]
    if len(found) > MOST:
        index, _, scheme = found[MOST]
        facts.append(malformed(index, scheme, {}, "dkim-malformed-too-many-signatures"))
    return tuple(facts)


def _look(index: int, field: Field, scheme: Scheme, table: FieldTable) -> _Signed | SignatureFacts:
    tags: dict[bytes, bytes] = {}
    try:
        tags = read_tags(field)
        terms = read_terms(tags, scheme)
        index = terms.instance or index
        return _Signed(index, scheme, terms, table.digest(field, terms.signed, terms.header_how, terms.hash_name))
    except Malformed as error:
        return malformed(stated_instance(tags) if scheme.arc else index, scheme, tags, error.key)


def malformed(index: int, scheme: Scheme, tags: dict[bytes, bytes], key: str) -> SignatureFacts:
    """A signature that cannot be evaluated, with who made it as far as its tags tell."""

    def shown(name: bytes) -> str:
        return tags.get(name, b"")[:255].decode("ascii", "replace")

    return SignatureFacts(
        index=index,
        scheme=scheme,
        domain=shown(b"d").lower(),
        selector=shown(b"s"),
        algorithm=shown(b"a"),
        signature=b"",
        header_digest=b"",
        body_digest=b"",
        body_hash=b"",
        canonical="",
        signed=(),
        malformed=key,
    )


class _Bodies:
    """Digests of one body, shared: one pass for each canonical form and hash, one more for each form with l=."""

    def __init__(self, terms: Sequence[Terms], body: bytes, start: int) -> None:
        self._start = start
        self._end = start + len(body)
        self._digests: dict[tuple[How, str], tuple[dict[int | None, bytes], int]] = {}
        self._ends: dict[How, dict[int, int]] = {}
        wanted: dict[tuple[How, str], set[int | None]] = defaultdict(set)
        for each in terms:
            wanted[each.body_how, each.hash_name].add(each.length)
        for (how, hash_name), lengths in wanted.items():
            self._digests[how, hash_name] = body_digests(body, how, hash_name, lengths)
        for how, cuts in _partial(terms, self._digests):
            self._ends[how] = stored_ends(body, how, cuts)

    def facts(self, signed: _Signed) -> SignatureFacts:
        terms = signed.terms
        digests, size = self._digests[terms.body_how, terms.hash_name]
        return SignatureFacts(
            index=signed.index,
            scheme=signed.scheme,
            domain=terms.domain,
            selector=terms.selector,
            algorithm=terms.algorithm,
            signature=terms.signature,
            header_digest=signed.header_digest,
            body_digest=digests[terms.length],
            body_hash=terms.body_hash,
            canonical=f"{terms.header_how}/{terms.body_how}",
            signed=terms.signed,
            identity=terms.identity,
            length=terms.length,
            body_length=size,
            signed_end=self._signed_end(terms, size),
            timestamp=terms.timestamp,
            expires=terms.expires,
        )

    def _signed_end(self, terms: Terms, size: int) -> int | None:
        """l= that covers the whole canonical body covers the stored one: the rest is blank lines."""
        if terms.length is None:
            return None
        if terms.length >= size:
            return self._end
        return self._start + self._ends[terms.body_how][terms.length]


def _partial(
    terms: Sequence[Terms], digests: dict[tuple[How, str], tuple[dict[int | None, bytes], int]]
) -> Iterator[tuple[How, set[int]]]:
    """For each canonical form, the values of l= that end within the body."""
    cut: dict[How, set[int]] = defaultdict(set)
    for each in terms:
        if each.length is not None and each.length < digests[each.body_how, each.hash_name][1]:
            cut[each.body_how].add(each.length)
    yield from cut.items()
