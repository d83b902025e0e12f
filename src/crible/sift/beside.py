"""A second process for what the coordinator itself has to work out: forked from it, so that it knows all it knows.

Weighing is Python on facts already read, and one core stood idle for it. Threads share one interpreter; the sandbox's
children know nothing of the corpus, and hold no database, on purpose. A fork costs 10 ms and takes no memory but for
the pages that it touches. It may do what the coordinator may, which does the same work where there is no fork: no wall
is lowered by it, and none is needed, for what it works on was checked when it came out of the sandbox.

What it makes comes back through a file without a name in the case's folder, so that it never waits for a coordinator
that has other things to do. It writes no facts. Not on macOS, where a forked process may not use the system's
libraries.
"""

import gc
import os
import signal
import struct
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from django.db import connections

from crible.sandbox.policy import die_with_parent, keeps_ended
from crible.store.case import Case

SIZE = struct.Struct("<q")
END = -1
ASKING = (signal.SIGINT, signal.SIGTERM)
"""Signals by which somebody asks the coordinator to end."""
Work = Callable[[], Iterator[bytes]]


@contextmanager
def beside(case: Case, work: Work, *, worth: bool) -> Iterator[Iterator[bytes]]:
    """What `work` yields, in its order, made by another process from now on; by this one where it is not `worth` it.

    `work` must read facts only, and yield the same if it is begun again: should the other process die, or fail, this
    one does what is missing, and raises what there is to raise. No cursor of the case may be open here.
    """
    if worth and possible():
        with _Second(case, work) as second:
            yield iter(second)
    else:
        yield work()


def possible() -> bool:
    """Whether a second process would find a core of its own, and could be ended by its id."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and keeps_ended()


class _Second:
    """The process, and what it has made so far."""

    def __init__(self, case: Case, work: Work) -> None:
        self._case, self._work = case, work
        self.pid = 0

    def __enter__(self) -> Self:
        self._made = tempfile.TemporaryFile(dir=self._case.folder, buffering=0)
        self._sizes, sizes = os.pipe()
        # SQLite's locks belong to a process, and its list of them would be inherited: no connection may cross a fork.
        for alias in (self._case.alias, f"{self._case.alias}-ro"):
            if alias in connections.databases:
                connections[alias].close()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKING)
        try:
            self._fork(sizes)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(sizes)
        return self

    def _fork(self, sizes: int) -> None:
        """While nobody may interrupt: the copy would leave all the blocks that the coordinator is in, and end each."""
        parent = os.getpid()
        with warnings.catch_warnings(), suppress(OSError):  # where no process is left, nothing will be told
            # Python 3.12 warns of threads: the one that draws progress holds no lock that the other process takes.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
            if not self.pid:
                _leave(self._case, self._work, self._made.fileno(), sizes, parent)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        os.close(self._sizes)
        self._made.close()

    def __iter__(self) -> Iterator[bytes]:
        at = seen = 0
        while (size := self._told()) not in (None, END):
            yield _read(self._made.fileno(), at, size or 0)
            at, seen = at + (size or 0), seen + 1
        if size is None:
            yield from islice(self._work(), seen, None)

    def _told(self) -> int | None:
        """Size of the next piece; None if the process ended without having said that it is done."""
        told = os.read(self._sizes, SIZE.size)  # written in one piece, so read in one
        return SIZE.unpack(told)[0] if told else None


def _leave(case: Case, work: Work, made: int, sizes: int, parent: int) -> NoReturn:
    """The second process, from its first line to its last."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the coordinator makes what it will
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKING)
        die_with_parent()
        if os.getppid() == parent:
            gc.freeze()  # what was inherited is never collected: looking through it would copy every page of it
            _let_go(made, sizes)
            with case.facts():
                for piece in work():
                    _write(made, piece)
                    os.write(sizes, SIZE.pack(len(piece)))
            os.write(sizes, SIZE.pack(END))
            status = 0
    finally:  # whatever happened: nothing of the coordinator's may run here on the way out
        os._exit(status)


def _let_go(*keep: int) -> None:
    """Hold no end of a child's socket, nor the case's lock, beyond the coordinator's life.

    Their numbers stay taken: an object that closes its own late must not close the database's.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in list(Path("/proc/self/fd").iterdir()):
        if (one := int(name.name)) > 2 and one not in (*keep, nothing):
            with suppress(OSError):
                os.dup2(nothing, one, inheritable=False)


def _write(descriptor: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read(descriptor: int, at: int, size: int) -> bytes:
    """Read where it stands: the place in the file is shared with the one who writes."""
    pieces = []
    while size and (piece := os.pread(descriptor, size, at)):
        pieces.append(piece)
        at, size = at + len(piece), size - len(piece)
    return b"".join(pieces)
