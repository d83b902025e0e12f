"""What goes on, and what is left: examinations that wait, and keys that nobody has spoken for."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from crible.model.ledger import State
from crible.proof.keyring import KeyRing
from crible.sift import found
from crible.store.case import Case
from crible.store.models import Examination


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of examination, as far as it is not done."""

    kind: str
    pages: int
    """That wait."""
    of: int
    """Pages of that kind in all."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys that crible came by in this case."""

    anchored: int = 0
    unanchored: int = 0
    """Computed from the signatures of the case, and nobody has said yet whose they are."""


def waiting() -> list[Waiting]:
    """Kinds of examination that are not at their end; one statement."""
    rows = Examination.objects.values("kind", "state").annotate(n=Count("pk"), pages=Sum("pages"))
    todo: dict[str, int] = {}
    total: dict[str, int] = {}
    for kind, state, pages in rows.values_list("kind", "state", "pages"):
        total[kind] = total.get(kind, 0) + pages
        if state in (State.TODO, State.RUNNING):
            todo[kind] = todo.get(kind, 0) + pages
    return [Waiting(kind, pages, total[kind]) for kind, pages in sorted(todo.items())]


def keys_found(case: Case) -> Keys:
    """Those kept in the case, each key counted once however many speak for it."""
    ring = KeyRing().with_keys(found.keys(case))
    own = {(key.domain, key.selector, key.fingerprint): key.anchored for key in ring}
    anchored = sum(own.values())
    return Keys(anchored, len(own) - anchored)
