"""What is settled between two levels, while nothing is on its way: timing can then decide none of it."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from crible.model.ledger import FINAL, State
from crible.store.models import Document, Entry, Evidence, Examination, Reading, Signature, Standing, Weighing

ROWS = 500


def first_paths(depth: int) -> None:
    """Documents of this level that were listed more than once: their path is the smallest, compared as code points."""
    several = (
        Entry.objects.filter(document__state=State.TODO, document__depth=depth, depth=depth)
        .values("document")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    for row in several.values_list("document", flat=True).iterator():
        paths = Entry.objects.filter(document=row, depth=depth).values_list("path", flat=True)
        Document.objects.filter(pk=row).update(path=min(paths))


def taken_paths(depth: int) -> frozenset[int]:
    """Documents of this level below whose path others lie: an archive may hold `a.zip` and, by name, `a.zip/x`.

    Members that such a document turns out to have would get paths that are taken. `0` is what follows `/` in ASCII.
    """
    below = Entry.objects.filter(
        depth=depth, path__gt=Concat(OuterRef("path"), Value("/")), path__lt=Concat(OuterRef("path"), Value("0"))
    )
    waiting = Document.objects.filter(state=State.TODO, depth=depth)
    return frozenset(waiting.filter(Exists(below)).values_list("pk", flat=True))


def vouched_late() -> None:
    """What a container vouched for as a mail after its turn is read as one now. Containers stay what they are."""
    late = Document.objects.filter(vouched=True, mail=False, state__in=FINAL, container="", listed__isnull=True)
    late.filter(reading__kind="mail").update(mail=True)
    for keys in _batches(late):
        read_again(keys, mail=True)


def read_again(keys: list[int], *, mail: bool | None = None) -> None:
    """Forget what was read of documents and have them read again; what they contain keeps its entries."""
    with transaction.atomic(using=Document.objects.db):
        for model in (Evidence, Weighing, Signature, Standing, Examination, Reading):
            model.objects.filter(document__in=keys).delete()
        changes = {} if mail is None else {"mail": mail}
        Document.objects.filter(pk__in=keys).update(state=State.TODO, attempts=0, reason=None, **changes)


def _batches(documents: QuerySet[Document]) -> Iterator[list[int]]:
    """Keys in transactions' worth, until none is left: each batch is expected to leave the set."""
    while keys := list(documents.order_by("pk").values_list("pk", flat=True)[:ROWS]):
        yield keys
