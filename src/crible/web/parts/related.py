"""What stands around a document: copies, versions, thread, what holds it."""

from dataclasses import dataclass
from typing import Any

from crible.sift.siblings import Sibling, held_by, siblings
from crible.web.parts import Shown
from crible.web.queries.clusters import cluster_of
from crible.web.queries.names import Named, named

COPIES, THREAD = 20, 12
"""How many are listed beside a document; pages of their own list all."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of its versions, by the name that may be shown."""

    sibling: Sibling
    named: Named

    @property
    def changes(self) -> tuple[Any, ...]:
        """What differs, unless it lies on the closed shelf."""
        return () if self.named.closed else self.sibling.changes


def related(shown: Shown) -> dict[str, Any]:
    """Its neighbours; at most two statements more than their own."""
    found, holder = siblings(shown.dossier.pk), held_by(shown.dossier.pk)
    names = named([one.id for one in found] + ([holder[0]] if holder else []))
    around = shown.around
    return {
        "around": around,
        "copies": around.copies[:COPIES],
        "more_copies": max(0, len(around.copies) - COPIES),
        "thread": around.thread[:THREAD],
        "more_thread": max(0, len(around.thread) - THREAD),
        "versions": [Version(one, names[one.id]) for one in found if one.id in names],
        "cluster": cluster_of(shown.dossier.pk) if found else "",
        "held_by": names.get(holder[0]) if holder else None,
    }
