"""Rows of what mails prove by their own signatures."""

from collections.abc import Iterable, Sequence

from crible.assess.standing import standing
from crible.model.facts import Reading as Facts
from crible.model.signature import SignatureResult
from crible.sift.packing import pack, unpack, unpack_reading
from crible.store import bulk
from crible.store.bulk import Fresh
from crible.store.models import Reading, Signature, Standing


def stood(document: int, facts: Facts, results: Sequence[SignatureResult]) -> list[Fresh]:
    """The row of what a mail's own signatures prove; none where they prove nothing. Its id is filled in when read."""
    found = standing("", facts, results)
    if not (found.full or found.part):
        return []
    return [
        Fresh(
            Standing,
            document_id=document,
            full=found.full,
            part=found.part,
            domain=found.domain,
            signed_at=found.signed_at,
            facts=pack(found),
        )
    ]


def stand_again(documents: Iterable[int]) -> None:
    """Replace the rows of documents by what their signatures prove now; the caller holds the transaction."""
    keys = sorted(documents)
    Standing.objects.filter(pk__in=keys).delete()
    for reading in Reading.objects.filter(pk__in=keys).defer("text", "local").order_by("pk"):
        facts = unpack_reading(bytes(reading.facts))
        stored = Signature.objects.filter(document=reading.pk).order_by("scheme", "index")
        results = [unpack(bytes(row.result), SignatureResult) for row in stored]
        bulk.insert(stood(reading.pk, facts, results))
