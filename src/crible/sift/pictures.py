"""Pictures of a stamp's size that stand in papers of different issuers: found by hash, never pair by pair."""

from array import array
from collections import defaultdict
from dataclasses import dataclass

from crible.assess.pictures import Pasted
from crible.model.facts import Reading
from crible.model.files import Picture

LEAST, MOST = 40, 1600
"""Pixels of either side: below lie bullets and rules, above whole pages and photographs."""
AREA = 600_000
"""Pixels in all: a signature of 1,500 by 400 is the largest usual one."""
BYTES = 400
"""Of the stored picture: less cannot hold a signature, and many a line or blank cell is the same everywhere."""
DOCUMENTS = 8
"""A picture in more is letterhead, logo or clip art."""
OF_ONE = 40
"""Pictures of one document that are kept."""


@dataclass(frozen=True, slots=True)
class _Holder:
    id: str
    issuer: str
    """Folded; empty where the paper names none."""
    shown: str


class Pictures:
    """A surveyor. Keeps eight bytes of a hash and a key for each picture, and issuers of the papers that have one."""

    def __init__(self) -> None:
        self._hashes, self._documents = array("Q"), array("Q")
        self._holders: dict[int, _Holder] = {}
        self._shapes: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._count = 0

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002
        """Keep a document's pictures, where it says who issued it."""
        file = reading.file
        if file is None or not file.pictures:
            return
        self._count += 1
        finance = reading.sorting.finance if reading.sorting else None
        shown = " ".join(finance.issuer.split()) if finance else ""
        if not shown:
            return
        self._holders[pk] = _Holder(id, shown.casefold(), shown[:80])
        kept = {hash_of(one): one for one in file.pictures if fits(one)}
        for hash_, picture in list(kept.items())[:OF_ONE]:
            self._hashes.append(hash_)
            self._documents.append(pk)
            self._shapes[pk, hash_] = (picture.width, picture.height, picture.page)

    def pasted(self) -> dict[int, tuple[Pasted, ...]]:
        """By primary key: each picture of at most eight papers of two issuers or more."""
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for hash_, pk in zip(self._hashes, self._documents, strict=True):
            holders[hash_].append(pk)
        found: defaultdict[int, list[Pasted]] = defaultdict(list)
        for hash_ in sorted(holders):
            keys = holders[hash_]
            if 2 <= len(keys) <= DOCUMENTS and len({self._holders[pk].issuer for pk in keys}) > 1:
                for pk in keys:
                    found[pk].append(self._one(pk, hash_, keys))
        return {pk: tuple(several) for pk, several in found.items()}

    def _one(self, pk: int, hash_: int, keys: list[int]) -> Pasted:
        width, height, page = self._shapes[pk, hash_]
        names = {self._holders[key].issuer: self._holders[key].shown for key in keys}
        others = tuple(sorted(self._holders[key].id for key in keys if key != pk))
        return Pasted(width, height, page, tuple(sorted(names.values())), others, self._count)


def fits(picture: Picture) -> bool:
    """Whether it has the size of a stamp, a signature or a seal."""
    sides = (picture.width, picture.height)
    even = min(sides) >= LEAST and max(sides) <= MOST and sides[0] * sides[1] <= AREA
    return even and picture.size >= BYTES and len(picture.sha256) == 32


def hash_of(picture: Picture) -> int:
    """Eight bytes of its SHA-256: among 10^7 pictures two others share them once in 370,000 dumps."""
    return int.from_bytes(picture.sha256[:8])
