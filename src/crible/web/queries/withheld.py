"""Which of some documents lie on the closed shelf, for what names them by id only."""

from collections.abc import Iterable

from crible.store.models import Weighing
from crible.web.queries.shelf import closed

STEP = 1_000


def closed_among(ids: Iterable[str]) -> frozenset[str]:
    """Those that are closed; one statement a thousand."""
    digests = [bytes.fromhex(one) for one in ids]
    found: set[str] = set()
    for start in range(0, len(digests), STEP):
        rows = Weighing.objects.filter(private=True, document__sha256__in=digests[start : start + STEP])
        found.update(bytes(one).hex() for one in rows.values_list("document__sha256", flat=True))
    return frozenset(one for one in found if closed(one, private=True))
