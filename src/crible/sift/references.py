"""What the user gave to compare with: sources of their own, read like the dump and no part of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from crible.store.models import Document, Entry, Source

ROWS = 500
MOST = 5
OUTSIDE = Q(source__reference=False) | Q(source__isnull=True, parent__reference=False)
"""Entries of the dump, once `mark` has been over the documents."""


def mark() -> None:
    """Say of each document whether it was met in references only. Goes down from the references alone.

    A document that lies in both is of the dump, and so is all that it holds.
    """
    Document.objects.filter(reference=True).update(reference=False)
    if not Source.objects.filter(reference=True).exists():
        return
    reached, parents = _below()
    own = {pk for pk in reached if parents[pk] <= reached.keys() and not reached[pk]}
    while dumped := {pk for pk in own if any(parent not in own for parent in parents[pk])}:
        own -= dumped
    keys = sorted(own)
    for start in range(0, len(keys), ROWS):
        Document.objects.filter(pk__in=keys[start : start + ROWS]).update(reference=True)


def outside() -> frozenset[int]:
    """Documents below the references, those that lie in the dump too."""
    if not Source.objects.filter(reference=True).exists():
        return frozenset()
    return frozenset(_below()[0])


def _below() -> tuple[dict[int, bool], dict[int, set[int]]]:
    """Documents below the references, with whether a source of the dump lists them too; and all that lists each."""
    reached: dict[int, bool] = {}
    parents: dict[int, set[int]] = defaultdict(set)
    top = Entry.objects.filter(source__reference=True, document__isnull=False)
    level = sorted(set(top.values_list("document_id", flat=True)))
    while level:
        fresh = [pk for pk in level if pk is not None and pk not in reached]
        reached |= dict.fromkeys(fresh, False)
        level = []
        for some in _chunks(fresh):
            for pk, parent, outside in Entry.objects.filter(document__in=some).values_list(
                "document_id", "parent_id", "source__reference"
            ):
                if parent is not None:
                    parents[pk or 0].add(parent)
                elif outside is False:
                    reached[pk or 0] = True
            members = Entry.objects.filter(parent__in=some, document__isnull=False)
            level += members.values_list("document_id", flat=True)
    return reached, parents


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), ROWS):
        yield keys[start : start + ROWS]


@dataclass
class References:
    """Of a chunk of documents: those that are references, and where references hold the same bytes."""

    outside: frozenset[int] | None = None
    """All documents that references hold; filled when first asked."""
    own: set[int] = field(default_factory=set)
    paths: dict[int, list[str]] = field(default_factory=dict)

    def load(self, keys: Sequence[int]) -> None:
        """Fetch what belongs to these documents; nothing is asked where the case has no references."""
        if self.outside is None:
            self.outside = outside()
        shared = self.outside.intersection(keys)
        if not shared:
            self.own, self.paths = set(), {}
            return
        self.own = set(Document.objects.filter(pk__in=shared, reference=True).values_list("pk", flat=True))
        self.paths = defaultdict(list)
        listed = Entry.objects.filter(document__in=shared - self.own)
        # A container that lies in both lists its members once: then any place of theirs will do.
        first = Q(source__reference=True) | Q(parent__reference=True)
        for pk, path in (*_places(listed.filter(first)), *_places(listed)):
            self.paths[pk].append(path)

    def is_one(self, pk: int) -> bool:
        """Whether it is no part of the dump."""
        return pk in self.own

    def of(self, pk: int) -> tuple[str, ...]:
        """Paths of a document of the dump that references hold too, those among the references first."""
        return tuple(dict.fromkeys(self.paths.get(pk, ())))[:MOST]


def _places(entries: QuerySet[Entry]) -> list[tuple[int, str]]:
    return [(pk or 0, path) for pk, path in entries.order_by("path").values_list("document_id", "path")]
