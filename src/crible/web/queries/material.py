"""What is in a case: how many mails and files, from which sources."""

from dataclasses import dataclass

from django.db.models import Count

from crible.store.models import Document, Reading, Source
from crible.web.queries.shares import Shares


@dataclass(frozen=True, slots=True)
class Material:
    """What is in here."""

    mails: int
    files: int
    sources: tuple[tuple[str, int], ...]
    """Labels, and files that each lists."""
    references: int = 0
    """Documents that the user brought to compare with: in none of the counts."""


def material(told: Shares) -> Material:
    """Documents that were read, by kind, and the sources.

    Once all is weighed, the classes tell mails from files already; readings hold whole texts and are slow to pass over.
    """
    dumped = Reading.objects.all()
    references = 0
    if Source.objects.filter(reference=True).exists():
        dumped = dumped.filter(document__reference=False)
        references = Document.objects.filter(reference=True).count()
    sources = tuple(Source.objects.filter(reference=False).order_by("pk").values_list("label", "listed"))
    if dumped.count() == told.total:
        return Material(told.mails, told.total - told.mails, sources, references)
    kinds = dict(dumped.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    return Material(kinds.get("mail", 0), kinds.get("file", 0), sources, references)
