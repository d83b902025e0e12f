"""Mails that do not verify as stored though their key is known, and what that key shows to have been signed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crible.model.signature import SignatureResult
from crible.proof.dkim.signed import BROKEN, header_digest
from crible.proof.keyring import KeyRing
from crible.sift.kin import Kin, kin
from crible.sift.packing import unpack
from crible.sift.wire import Sought
from crible.store.models import Document, Signature

REPAIR_VERSION = 2
"""Raised when more can be led back than before."""
MOST = 5
"""Signatures of one mail that are sought."""
ROWS = 500


@dataclass(frozen=True, slots=True)
class Broken:
    """One mail with signatures to be sought."""

    document: int
    group: str
    """Path of its container."""
    blob: int
    offset: int
    size: int
    quoted: bool
    rows: tuple[int, ...]
    """Keys of the signatures' rows, in the order of `sought`."""
    sought: tuple[Sought, ...]
    marks: tuple[str, ...]
    """What each row is marked with once it was tried."""
    passages: tuple[str, ...] = ()
    kin: tuple[Kin, ...] = ()


def broken(ring: KeyRing) -> Iterator[Broken]:
    """Mails with a signature of a known key that does not verify as stored, by container and place; none proven."""
    documents = Document.objects.filter(signatures__word__in=BROKEN).exclude(standing__full=True).distinct()
    places = sorted(
        (path.rpartition("/")[0], offset, path, pk, blob, size, quoted)
        for path, offset, pk, blob, size, quoted in documents.values_list(
            "path", "offset", "pk", "blob_id", "size", "quoted"
        )
    )
    for start in range(0, len(places), ROWS):
        chunk = places[start : start + ROWS]
        keys = [place[3] for place in chunk]
        rows, conversations = _rows(keys), kin(keys)
        for group, offset, _, pk, blob, size, quoted in chunk:
            sought = [(row, one) for row in rows.get(pk, ()) if (one := _marked(row, ring))][:MOST]
            near, digest = conversations.get(pk, ((), ""))
            if sought:
                yield Broken(
                    pk,
                    group,
                    blob,
                    offset,
                    size,
                    quoted,
                    tuple(row.pk for row, _ in sought),
                    tuple(one for _, (one, _) in sought),
                    tuple(f"{mark}:{digest}" for _, (_, mark) in sought),
                    kin=near,
                )


def _rows(documents: Sequence[int]) -> dict[int, list[Signature]]:
    found: defaultdict[int, list[Signature]] = defaultdict(list)
    for row in Signature.objects.filter(document__in=documents, word__in=BROKEN).order_by("scheme", "index"):
        found[row.document_id].append(row)
    return found


def _marked(row: Signature, ring: KeyRing) -> tuple[Sought, str] | None:
    result = unpack(bytes(row.result), SignatureResult)
    found = sought(result, ring)
    return (found, f"{REPAIR_VERSION}:{result.used.fingerprint}") if found and result.used else None


def sought(result: SignatureResult, ring: KeyRing) -> Sought | None:
    """A signature that does not verify as stored, with what its key shows; None where there is nothing to seek.

    An ARC seal has no text to lead back to, and a message signature counts for its whole chain or not at all.
    """
    if result.facts.scheme.arc:
        return None
    digest = header_digest(result, ring)
    return Sought(result.facts, digest) if digest is not None else None
