"""What goes on in a case right now: a sift that runs, and how far it is."""

from contextlib import suppress
from dataclasses import dataclass

from crible.model.errors import CaseError
from crible.sift.progress import Progress, progress
from crible.web.served import Served


@dataclass(frozen=True, slots=True)
class Live:
    """Somebody holds the case for writing."""

    progress: Progress | None
    """None where whoever holds it says nothing: another command than a sift, or a sift about to begin or end."""
    documents: int | None
    """That can be searched meanwhile; None where no index is there yet."""
    provisional: bool = False
    """What can be searched is not weighed yet."""


def live(served: Served) -> Live | None:
    """None where nobody holds the case."""
    if not served.sifting():
        return None
    found = None
    with suppress(CaseError):
        found = served.searcher().generation
    documents = found.documents if found else None
    return Live(progress(served.case.folder), documents, provisional=bool(found and found.provisional))
