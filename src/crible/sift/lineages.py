"""Which documents descend from the same one, by the editing sessions that Word numbers at random (rsid)."""

import re
from array import array
from collections import defaultdict

from crible.assess.hands import Lineage, Relative
from crible.model.facts import Reading

FAMILY = 50
"""Members of one descent that are compared with one another; more share a template."""
NEAREST = 10
_RSID = re.compile(r"[0-9A-F]{8}")
ADDED = 50


class Lineages:
    """A surveyor. Keeps eight bytes for each session of each Word document, and compares within a descent only."""

    def __init__(self) -> None:
        self._families: dict[int, list[tuple[int, bytes, array[int]]]] = defaultdict(list)

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002
        """Keep a document's sessions under its root."""
        office = reading.file.office if reading.file else None
        # The reader gives eight digits; a child that was taken over may give anything, and must not end the run.
        if office is not None and _RSID.fullmatch(office.root):
            numbers = {int(session, 16) for session in office.sessions if _RSID.fullmatch(session)}
            self._families[int(office.root, 16)].append((pk, bytes.fromhex(id), array("L", sorted(numbers))))

    def found(self) -> dict[int, Lineage]:
        """The descent of each document that shares it with another."""
        lineages: dict[int, Lineage] = {}
        for family in self._families.values():
            if len(family) > FAMILY:
                lineages |= {pk: Lineage(len(family)) for pk, _, _ in family}
            elif len(family) > 1:
                sets = [(pk, id_.hex(), frozenset(sessions)) for pk, id_, sessions in family]
                for mine in sets:
                    relatives = [_relative(mine[2], other[1], other[2]) for other in sets if other is not mine]
                    relatives.sort(key=lambda one: (abs(one.sessions - len(mine[2])), one.id))
                    lineages[mine[0]] = Lineage(len(family), tuple(relatives[:NEAREST]))
        return lineages


def _relative(ours: frozenset[int], id_: str, theirs: frozenset[int]) -> Relative:
    order = "same" if ours == theirs else "before" if theirs < ours else "after" if ours < theirs else "beside"
    added = tuple(f"{session:08X}" for session in sorted(ours - theirs)[:ADDED]) if order == "before" else ()
    return Relative(id_, len(theirs), order, added)
