"""Grades per class of document: signed mail is no random sample, so there is never one share for all."""

from dataclasses import dataclass

from django.db.models import Count

from crible.store.models import Weighing

CLASSES = ("bulk", "received", "sent", "attached", "loose")
"""Mail by lists and machines; mail that passed a server, or did not (sent copies, drafts); files, attached or not."""


@dataclass(frozen=True, slots=True)
class Row:
    """One class and its levels."""

    kind: str
    levels: dict[str, int]

    @property
    def total(self) -> int:
        """Documents of the class."""
        return sum(self.levels.values())


def tally_of_papers() -> list[Row]:
    """The same per class of paper (`crible.extract.classes`), the largest first; last what nothing speaks for."""
    found: dict[str, dict[str, int]] = {}
    rows = Weighing.objects.filter(document__reference=False).values("sort", "level").annotate(n=Count("pk"))
    for sort, level, n in rows.values_list("sort", "level", "n"):
        found.setdefault(sort, {})[level] = n
    told = [Row(sort, dict(sorted(levels.items()))) for sort, levels in found.items()]
    return sorted(told, key=lambda row: (row.kind == "", -row.total, row.kind))


def shelved() -> int:
    """How many documents are on the private shelf."""
    return Weighing.objects.filter(private=True, document__reference=False).count()


def tally() -> list[Row]:
    """Counts of each level per class, classes in a fixed order, empty ones left out; references are none of them."""
    found: dict[str, dict[str, int]] = {}
    rows = Weighing.objects.filter(document__reference=False).values("correspondence", "level").annotate(n=Count("pk"))
    for kind, level, n in rows.values_list("correspondence", "level", "n"):
        found.setdefault(kind, {})[level] = n
    return [Row(kind, dict(sorted(found[kind].items()))) for kind in CLASSES if kind in found]
