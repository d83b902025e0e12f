"""Which documents the page at hand may show: everything but what lies on the closed shelf.

`of_case` says whose shelf it is; outside of any case all that looks private is closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from crible.index.tree import All, Any, Node, Not, Term
from crible.model.errors import CribleError
from crible.review.shelf import opened
from crible.sift.dossier import Dossier

_PRIVATE = Term("yes", "word", 1, "private")


@dataclass(slots=True)
class _Shelf:
    case: str
    opened: frozenset[str] | None = None


_shelf: ContextVar[_Shelf | None] = ContextVar("shelf", default=None)


class Closed(CribleError):  # noqa: N818
    """A document that nobody has taken from the shelf yet."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__("shelf-closed", id=dossier.id)
        self.dossier = dossier


@contextmanager
def shelf_of(case: str, opened: frozenset[str] | None = None) -> Iterator[None]:
    """Within this block the shelf is that of the case with this uuid.

    What was `opened` of it is asked for once, and only if needed, where it is not given.
    """
    token = _shelf.set(_Shelf(case, opened))
    try:
        yield
    finally:
        _shelf.reset(token)


def case() -> str:
    """The uuid of the case whose shelf it is; empty outside of any."""
    shelf = _shelf.get()
    return shelf.case if shelf else ""


def taken() -> frozenset[str]:
    """Ids of documents that were opened."""
    shelf = _shelf.get()
    if shelf is None:
        return frozenset()
    if shelf.opened is None:
        shelf.opened = opened(shelf.case)
    return shelf.opened


def taken_digests() -> list[bytes]:
    """The same, as facts hold them."""
    return [bytes.fromhex(one) for one in sorted(taken())]


def closed(id: str, *, private: bool) -> bool:  # noqa: A002
    """Whether the document with this id is closed, given whether it looks private."""
    return private and id not in taken()


def looks_private(dossier: Dossier) -> bool:
    """As weighed; before that by any clue of its own: a running sift must not show what its end would hide."""
    if dossier.private:
        return True
    sorting = dossier.reading.sorting if dossier.reading else None
    return dossier.grade is None and sorting is not None and bool(sorting.private)


def visible(tree: Node) -> Node:
    """That search, without what is closed: it has no hit, no rank, no place in a facet."""
    return All((tree, Any((Not(_PRIVATE), *_taken()))) if taken() else (tree, Not(_PRIVATE)))


def shelved(tree: Node) -> Node:
    """That search, among what is closed only: it may be counted, and nothing else."""
    return All((tree, _PRIVATE, *(Not(one) for one in _taken())))


def _taken() -> tuple[Term, ...]:
    return tuple(Term(id, "word", 1, "id") for id in sorted(taken()))  # noqa: A001
