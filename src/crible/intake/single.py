"""Files that hold one compressed file: gzip, bzip2, xz. One child, its streams joined as the tools do.

A leak's mailbox whose last megabyte is cut off is still a mailbox: what could be decompressed is kept, and the account
says that the rest is missing. Only a file of which not one byte came out is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crible.intake.budget import Budget, Meter
from crible.intake.decode import Decoder, Stream
from crible.model.entry import Begin, Closed, End, Entry, Refused
from crible.model.errors import Unreadable
from crible.model.instant import Instant
from crible.model.ledger import Reason, State
from crible.sandbox.window import Window

TARS = {".tgz": ".tar", ".taz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".tb2": ".tar", ".txz": ".tar"}


@dataclass(frozen=True, slots=True)
class Compression:
    """A way of compressing one file."""

    reader: str
    """Its name in the ledger's reasons."""
    magics: tuple[bytes, ...]
    """How a stream begins."""
    suffixes: tuple[str, ...]
    make: Callable[[Budget], Decoder]
    padded: bool = False
    """Zero bytes may follow a stream (tapes; xz stream padding)."""


def walk_single(
    compression: Compression,
    window: Window,
    name: str,
    budget: Budget,
    *,
    raw_name: bytes = b"",
    instants: tuple[Instant, ...] = (),
) -> Iterator[Entry]:
    """Begin, the child's bytes, End, Closed. Always from the start: nothing can be resumed inside a stream."""
    child = child_name(name, compression.suffixes)
    begin = Begin(0, child, raw_name, offset=0, length=window.length, instants=instants)
    yield begin
    size, trailing = 0, 0
    fault: Unreadable | None = None
    streams = _Streams(compression, window, budget)
    try:
        for chunk in Meter(budget).over(streams.chunks(), window.length):
            size += len(chunk)
            yield chunk
        trailing = streams.trailing
    except Unreadable as error:
        fault = error
    if fault is None and trailing:
        yield End(size)
        yield Closed(1, remainder=Reason("after-last", {"count": trailing}), remainder_bytes=trailing)
    elif fault is None:
        yield End(size)
        yield Closed(1)
    elif size and fault.code != "budget":
        yield End(size)
        yield Closed(1, remainder=fault.reason)
    else:
        yield Refused(0, child, State.UNREADABLE, fault.reason, raw_name)
        yield Closed(1)


def child_name(name: str, suffixes: tuple[str, ...]) -> str:
    """`a.mbox.xz` holds `a.mbox`, `a.tgz` holds `a.tar`; a name without such an ending is its child's name too."""
    last = name.rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    suffix = (dot + ending).lower()
    if stem not in ("", ".", "..") and suffix in suffixes:
        last = stem + TARS.get(suffix, "")
    return last or "unnamed"


class _Streams:
    """All streams of a file, one after the other."""

    def __init__(self, compression: Compression, window: Window, budget: Budget) -> None:
        self._how, self._window, self._budget = compression, window, budget
        self.trailing = 0
        """Bytes behind the last stream that are no stream and no padding."""

    def chunks(self) -> Iterator[bytes]:
        at: int | None = 0
        while at is not None:
            stream = Stream(self._window, at, lambda: self._how.make(self._budget), self._budget, self._how.reader)
            yield from stream.chunks()
            if not stream.complete:
                raise Unreadable("truncated")
            at = self._next(stream.end)

    def _next(self, at: int) -> int | None:
        """Where the next stream begins, if one does."""
        end = self._window.length
        start = self._after_zeros(at) if self._how.padded else at
        if start == end:
            return None
        head = self._window.read(start, max(map(len, self._how.magics)))
        if head.startswith(self._how.magics):
            return start
        self.trailing = end - start
        return None

    def _after_zeros(self, at: int) -> int:
        while data := self._window.read(at, self._budget.chunk):
            rest = data.lstrip(b"\0")
            at += len(data) - len(rest)
            if rest:
                break
        return at
