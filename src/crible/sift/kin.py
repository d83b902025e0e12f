"""Mails of the same conversation as a broken one: other copies of it, the mail it answers, and those that answer it.

Lists exchange and shuffle recipients, and what was signed then stands in the headers of such mails only: of 609 real
mails of one list, 591 are led back with them and 532 without.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crible.store.models import Reading

MOST = 6
"""Mails whose headers are looked at for one."""
OTHER_BLOBS = 3


@dataclass(frozen=True, slots=True)
class Kin:
    """Where one mail of the conversation lies."""

    blob: int
    offset: int
    size: int


def kin(documents: Sequence[int]) -> dict[int, tuple[tuple[Kin, ...], str]]:
    """Of each mail its kin, copies first, then the mail answered, then answers; and a digest that changes with them."""
    rows = Reading.objects.filter(pk__in=documents).values_list("pk", "document__blob_id", "message_id", "in_reply_to")
    mails = list(rows)
    names = {name for _, _, own, parent in mails for name in (own, parent) if name}
    by_name, by_parent = _indexed("message_id", names), _indexed("in_reply_to", names)
    found = {}
    for pk, blob, own, parent in mails:
        near = (*by_name.get(own, ()), *by_name.get(parent, ()), *by_parent.get(own, ()), *by_parent.get(parent, ()))
        kept = dict(_kept(pk, blob, near))
        digest = hashlib.sha256(b"".join(sorted(kept))).hexdigest()[:8] if kept else ""
        found[pk] = tuple(kept.values()), digest
    return found


def _kept(pk: int, blob: int, near: Sequence[tuple[int, bytes, Kin]]) -> Iterator[tuple[bytes, Kin]]:
    seen, blobs = {pk}, {blob}
    for other, sha256, place in near:
        fits = place.blob in blobs or len(blobs) <= OTHER_BLOBS
        if other not in seen and fits and len(seen) <= MOST:
            seen.add(other)
            blobs.add(place.blob)
            yield sha256, place


def _indexed(field: str, names: set[str]) -> dict[str, list[tuple[int, bytes, Kin]]]:
    """Mails by that column, at most `MOST` + 1 of each value, in the order of their ids."""
    found: defaultdict[str, list[tuple[int, bytes, Kin]]] = defaultdict(list)
    rows = Reading.objects.filter(kind="mail", **{f"{field}__in": names}).order_by("document__sha256")
    columns = (field, "pk", "document__sha256", "document__blob_id", "document__offset", "document__size")
    for name, pk, sha256, blob, offset, size in rows.values_list(*columns).iterator():
        if len(found[name]) <= MOST:
            found[name].append((pk, bytes(sha256), Kin(blob, offset, size)))
    return found
