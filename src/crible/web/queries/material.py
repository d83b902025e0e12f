"""What is in a case: how many mails and files, from which sources."""

from dataclasses import dataclass

from django.db.models import Count

from crible.store.models import Reading, Source


@dataclass(frozen=True, slots=True)
class Material:
    """What is in here."""

    mails: int
    files: int
    sources: tuple[tuple[str, int], ...]
    """Labels, and files that each lists."""


def material() -> Material:
    """Documents that were read, by kind, and the sources."""
    kinds = dict(Reading.objects.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    sources = Source.objects.order_by("pk").values_list("label", "listed")
    return Material(kinds.get("mail", 0), kinds.get("file", 0), tuple(sources))
