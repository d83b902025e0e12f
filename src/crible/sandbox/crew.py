"""Several children at work on one queue: hands tasks out, hears what comes, replaces whoever faulted."""

import contextlib
import fcntl
import json
import os
import selectors
import time
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from crible.model.errors import Unreadable
from crible.sandbox.events import Done, Event, Fault, Frame
from crible.sandbox.limits import Limits
from crible.sandbox.policy import DESCRIPTORS, Held
from crible.sandbox.template import Template
from crible.sandbox.wire import BUFFER, Tag
from crible.sandbox.worker import Task, Worker

_SWEEP = 0.25
"""Seconds between two looks at the clocks of the children."""
_STILLBORN = 3
"""So many children in a row that die before their first task are no accident."""
_IO = selectors.EVENT_READ | selectors.EVENT_WRITE


class Crew:
    """Children that run `entry`; see `crible.sandbox.pool.Pool`, which adds the demand for isolation.

    To be used from one thread, which must outlive it: Linux ends the children of a thread that ends.
    """

    def __init__(self, entry: str, *, size: int, limits: Limits, template: Template | None = None) -> None:
        """With a template, the children are forked from a branch of it instead of started one by one."""
        self.entry, self.size, self.limits = entry, size, limits
        self.held = Held(rlimits=True, landlock=1 << 30, seccomp=True)
        """The least that children reported after their lockdown; before the first report, everything."""
        self._queue: deque[Task] = deque()
        self._workers: list[Worker] = []
        self._found: deque[Event] = deque()
        self._selector = selectors.DefaultSelector()
        self._scratch = memoryview(bytearray(BUFFER))
        self._open = self._stillborn = 0
        self._next_sweep = 0.0
        self._branch: Template | None = None
        if template:
            with contextlib.suppress(OSError):  # the template has died
                self._branch = template.branch(entry)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """Tasks whose end has not been handed to the caller."""
        return self._open

    @property
    def descriptors(self) -> int:
        """Those that queued tasks hold open."""
        return sum(len(task.descriptors) for task in self._queue)

    @property
    def idle(self) -> int:
        """Started children that have nothing to do, once all that they said has been handed to the caller."""
        if self._queue or self._found:
            return 0
        return sum(worker.ready and worker.task is None for worker in self._workers)

    def submit(self, key: object, request: bytes, descriptors: Sequence[int] = ()) -> None:
        """Queue a task. Descriptors are duplicated: the caller may close its own at once.

        They must be open for reading only, since a child could otherwise write to them, and keep to pread: their file
        position is shared by everybody who holds them. Raises ValueError.
        """
        if len(descriptors) > DESCRIPTORS:
            raise ValueError(f"a task may bring {DESCRIPTORS} descriptors, not {len(descriptors)}")
        if any(_writable(descriptor) for descriptor in descriptors):
            raise ValueError("descriptors for the sandbox must be read-only")
        self._queue.append(Task(key, request, [os.dup(descriptor) for descriptor in descriptors]))
        self._open += 1
        self._hand_out()

    def warm_up(self) -> None:
        """Start the children now, so that they load their libraries while the caller prepares the first task."""
        while len(self._workers) < self.size:
            self._start()

    def events(self) -> Iterator[Event]:
        """What the children say, as it comes, until no task is queued or running; more may be submitted meanwhile.

        Children are read only while this is iterated: the socket then fills and they wait. Raises RuntimeError where
        the entry point cannot even be loaded.
        """
        while self._open:
            while self._found:
                event = self._found.popleft()
                self._open -= not isinstance(event, Frame)
                yield event
            if self._open:
                self._listen()

    def close(self) -> None:
        """End all children and forget what is queued."""
        for worker in self._workers:
            worker.end()
        for task in self._queue:
            task.release()
        self._workers.clear()
        self._queue.clear()
        self._found.clear()
        self._open = 0
        self._selector.close()
        self._fell()

    def _listen(self) -> None:
        for key, mask in self._selector.select(_SWEEP):
            worker: Worker = key.data
            try:
                if mask & selectors.EVENT_WRITE:
                    self._push(worker)
                if mask & selectors.EVENT_READ:
                    for tag, payload in worker.hear(self._scratch):
                        self._take(worker, tag, payload)
            except Unreadable as fault:
                self._replace(worker, fault)
        self._sweep()
        self._hand_out()

    def _take(self, worker: Worker, tag: Tag, untrusted: bytes) -> None:
        if not worker.ready:
            self._welcome(worker, tag, untrusted)
        elif worker.task is None or worker.sending or tag in (Tag.READY, Tag.STILLBORN):
            raise Unreadable("reply-broken")
        elif tag is Tag.FRAME:
            self._found.append(Frame(worker.task.key, untrusted))
        elif tag is Tag.DONE:
            self._found.append(Done(worker.task.key, untrusted))
            worker.task, worker.ended = None, worker.ended + 1
        elif tag is Tag.MEMORY:
            raise Unreadable("memory-limit")
        else:
            raise Unreadable("reader-error", error=_class_name(untrusted))

    def _welcome(self, worker: Worker, tag: Tag, report: bytes) -> None:
        """The first frame of a child, sent before anything untrusted reached it."""
        if tag is not Tag.READY:
            raise RuntimeError(f"{self.entry} cannot be loaded in the sandbox: {report.decode(errors='replace')}")
        said = json.loads(report)
        worker.welcome(said["pid"])
        self._stillborn = 0
        self.held = self.held.at_most(Held(**said["held"]))

    def _hand_out(self) -> None:
        """Give every free child a task, and start children while tasks are left for them."""
        for worker in list(self._workers):
            if worker.ready and worker.task is None:
                if worker.ended >= self.limits.tasks or not worker.clean:
                    self._dismiss(worker)
                elif self._queue:
                    self._assign(worker)
        coming = sum(not worker.ready for worker in self._workers)
        for _ in range(min(self.size - len(self._workers), len(self._queue) - coming)):
            self._start()

    def _start(self) -> None:
        try:
            worker = Worker(self.entry, self.limits, self._branch)
        except OSError:
            if self._branch is None:
                raise
            self._fell()
            worker = Worker(self.entry, self.limits)
        self._workers.append(worker)
        self._selector.register(worker.sock, selectors.EVENT_READ, worker)

    def _assign(self, worker: Worker) -> None:
        task = self._queue[0]
        try:
            worker.assign(task)
        except OSError:  # died while idle; the task has not reached it
            self._dismiss(worker)
            return
        self._queue.popleft()
        if worker.sending:
            self._selector.modify(worker.sock, _IO, worker)

    def _push(self, worker: Worker) -> None:
        try:
            worker.push()
        except OSError:  # gone; what it said before, and its end, are still to be read
            self._selector.modify(worker.sock, selectors.EVENT_READ, worker)
            return
        if not worker.sending:
            self._selector.modify(worker.sock, selectors.EVENT_READ, worker)

    def _sweep(self) -> None:
        now = time.monotonic()
        if now < self._next_sweep:
            return
        self._next_sweep = now + _SWEEP
        for worker in list(self._workers):
            fault = worker.overdue(now) if worker.task or not worker.ready else None
            if fault:
                self._replace(worker, fault)

    def _replace(self, worker: Worker, fault: Unreadable) -> None:
        self._dismiss(worker)
        if worker.task:
            self._found.append(Fault(worker.task.key, fault.code, dict(fault.params)))
        elif worker.forked and not worker.ready:
            self._fell()
        elif not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise RuntimeError(f"{self.entry} does not start in the sandbox: {fault.code} {fault.params}")

    def _fell(self) -> None:
        """Do without the template from now on: it has died, or could not fork."""
        if self._branch:
            self._branch.close()
            self._branch = None

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.sock)
        worker.end()


def _writable(descriptor: int) -> bool:
    return fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY


def _class_name(untrusted: bytes) -> str:
    name = untrusted[:80].decode("ascii", "replace")
    return name if name.isidentifier() else "unknown"
