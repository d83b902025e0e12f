"""Which of some documents lie on the closed shelf, for what names them by id only or holds them within its bytes."""

from collections.abc import Iterable

from django.db.models import Q

from crible.model.errors import InputError
from crible.store.models import Document, Entry, Weighing
from crible.web.queries.shelf import closed, taken

STEP = 1_000


def closed_among(ids: Iterable[str]) -> frozenset[str]:
    """Those that are closed; one statement a thousand."""
    digests = [bytes.fromhex(one) for one in ids]
    found: set[str] = set()
    for start in range(0, len(digests), STEP):
        rows = Weighing.objects.filter(private=True, document__sha256__in=digests[start : start + STEP])
        found.update(bytes(one).hex() for one in rows.values_list("document__sha256", flat=True))
    return frozenset(one for one in found if closed(one, private=True))


def check_inside(document: Document) -> None:
    """InputError `shelf-inside` where the bytes of a document hold those of closed ones: a mailbox, an archive, a mail.

    What is read and not weighed yet may be closed in a moment, and counts. One step through the index of paths: what
    lies in something has a path below its first.
    """
    within = Entry.objects.filter(path__gt=f"{document.path}/", path__lt=f"{document.path}0")  # "0" comes after "/"
    hidden = Q(document__weighing__private=True)
    hidden |= Q(document__weighing__isnull=True, document__reading__isnull=False)
    opened = [bytes.fromhex(one) for one in taken()]
    count = within.filter(hidden).exclude(document__sha256__in=opened).values("document").distinct().count()
    if count:
        raise InputError("shelf-inside", count=count)
