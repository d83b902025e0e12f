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


def tally() -> list[Row]:
    """Counts of each level per class, classes in a fixed order, empty ones left out; references are none of them."""
    found: dict[str, dict[str, int]] = {}
    rows = Weighing.objects.filter(document__reference=False).values("correspondence", "level").annotate(n=Count("pk"))
    for kind, level, n in rows.values_list("correspondence", "level", "n"):
        found.setdefault(kind, {})[level] = n
    return [Row(kind, dict(sorted(found[kind].items()))) for kind in CLASSES if kind in found]
