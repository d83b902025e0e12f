"""An index to search while a long sift goes on: of what is read by then, not weighed, and marked as provisional.

The one that a sift ends with is built whole, whatever was published before it. A short sift pays nothing. A long one
pays for one build once all is read, if broken mails are to be led back then, which takes longest of all. While it
reads, builds come only where they are cheap beside the reading (papers, pictures, archives), the first after a minute,
each later one when four times as much time has passed.
"""

import time
from collections.abc import Callable

from crible.sift import indexing
from crible.store.case import Case
from crible.store.models import Document, Reading

LONG = 60.0
"""Seconds after which a sift is a long one."""
APART = 4
"""Times as long a sift must have run at the next build as it had at the last."""
STILL = 60.0
"""Seconds for which children may go unheard: a third of what they may be silent for. A build that would take longer
waits until all is read."""
CHEAP = 0.1
"""Share of the time so far that a build while reading may take."""
EACH = 0.0006
"""Seconds a document, until a build has shown how long it really takes."""
FRESH = 0.9
"""Share of what is read that an index must hold to be left as it is before weighing."""


class Early:
    """Of one run. Nothing here reaches the facts."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._began = time.monotonic()
        self._next = LONG
        self._each = EACH
        self._held = 0
        self._read = 0

    def beside(self, tick: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """That tick, and now and then a build: the coordinator ticks between two commits, never inside one."""

        def ticking(documents: int, size: int) -> None:
            tick(documents, size)
            self._read += documents
            if self._elapsed >= self._next and self._read * self._each < min(STILL, CHEAP * self._elapsed):
                self._build()

        return ticking

    def before_weighing(self) -> None:
        """All is read: index it, if weighing will be long and what is published is old."""
        if self._elapsed >= LONG and self._read and self._held < FRESH * Reading.objects.count():
            self._build()

    @property
    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _build(self) -> None:
        began = time.monotonic()
        self._case.record("stages", {"indexed": ""})
        indexing.rebuild(self._case.index, lambda _documents: None, provisional=True)
        self._held = Reading.objects.count()
        self._each = (time.monotonic() - began) / max(Document.objects.count(), 1)
        self._next = APART * self._elapsed
