"""What is in a case: how many mails and files, from which sources."""

from dataclasses import dataclass

from django.db.models import Count

from crible.store.models import Document, Reading, Source


@dataclass(frozen=True, slots=True)
class Material:
    """What is in here."""

    mails: int
    files: int
    sources: tuple[tuple[str, int], ...]
    """Labels, and files that each lists."""
    references: int = 0
    """Documents that the user brought to compare with: in none of the counts."""


def material() -> Material:
    """Documents that were read, by kind, and the sources."""
    dumped = Reading.objects.filter(document__reference=False)
    kinds = dict(dumped.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    sources = Source.objects.filter(reference=False).order_by("pk").values_list("label", "listed")
    references = Document.objects.filter(reference=True).count()
    return Material(kinds.get("mail", 0), kinds.get("file", 0), tuple(sources), references)
