"""One child as its coordinator holds it: started, given tasks one at a time, heard, ended. Never waits for it."""

import contextlib
import math
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from crible.model.errors import Unreadable
from crible.sandbox import limits as limits_
from crible.sandbox.limits import Limits
from crible.sandbox.processes import Forked, spawn
from crible.sandbox.template import Template
from crible.sandbox.wire import HEADER, Reader, Tag

_GRACE = 2.0
"""Seconds a killed process gets to be gone, and that a child may overrun its own SIGXCPU."""
_LAST_BREATH = 0.25
"""Seconds between the end of a child's socket and its own, before it is taken to have hung up on purpose."""
AHEAD = 1 << 20
"""Bytes that a child may be ahead of its reader, as far as the system allows: it goes on while a commit is written."""
_STEADY = 1 << 16
"""Bytes at once that count as a sign of life in the middle of a frame; a trickle does not."""


@dataclass(slots=True)
class Task:
    """A task on its way; its descriptors are ours until the kernel has them."""

    key: object
    request: bytes
    descriptors: list[int]

    def release(self) -> None:
        """Close the descriptors."""
        while self.descriptors:
            os.close(self.descriptors.pop())


class Worker:
    """A child process and the near end of its socket. `task` is what it works on, `ready` whether its walls are up."""

    def __init__(self, entry: str, limits: Limits, template: Template | None = None) -> None:
        """Start one: forked from a template that has this entry point loaded, where there is one.

        Raises OSError where that is gone.
        """
        self.limits = limits
        self.task: Task | None = None
        self.ready = False
        self.ended = 0
        self._reader = Reader(limits.frame)
        self._unsent = memoryview(b"")
        self._output = 0
        self._ceiling = 0.0
        self._heard = time.monotonic()
        self.sock, far = socket.socketpair()
        far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, AHEAD)
        with far:
            if template is None:
                self._process = spawn("crible.sandbox.child", far, entry, asdict(limits))
            else:
                self._process = template.child(far, limits)
        self.sock.setblocking(False)

    @property
    def forked(self) -> bool:
        """It comes from a template."""
        return isinstance(self._process, Forked)

    @property
    def clean(self) -> bool:
        """Nothing of a frame nobody asked for has come."""
        return self._reader.between_frames

    @property
    def sending(self) -> bool:
        """A long request waits for room in the socket."""
        return bool(self._unsent)

    def welcome(self, pid: int) -> None:
        """Its walls are up, and nothing untrusted has reached it yet: its process id is true."""
        if isinstance(self._process, Forked):
            self._process.pid = pid
        self.ready = True

    def assign(self, task: Task) -> None:
        """Hand it a task. Raises OSError where the child is gone; the task is then still the caller's."""
        if limits_.PARENT_SETS_CPU:
            self._ceiling = limits_.allow_cpu(self._process.pid, self.limits.cpu_seconds)
        message = HEADER.pack(len(task.request), len(task.descriptors)) + task.request
        sent = socket.send_fds(self.sock, [message], task.descriptors)
        self._unsent = memoryview(message)[sent:]
        self._output = 0
        self._heard = time.monotonic()
        self.task = task
        task.release()

    def push(self) -> None:
        """Send what still waits, as far as there is room."""
        with contextlib.suppress(BlockingIOError):
            self._unsent = self._unsent[self.sock.send(self._unsent) :]

    def hear(self, scratch: memoryview) -> Iterator[tuple[Tag, bytes]]:
        """The frames that are complete now. Raises Unreadable for the fault that ends this child."""
        try:
            for tag, payload in self._reader.receive(self.sock, scratch):
                self._count(len(payload))
                yield tag, payload
        except BlockingIOError:
            return
        except (EOFError, ConnectionResetError):
            raise self._post_mortem() from None
        if self._reader.progressed >= _STEADY:
            self._heard = time.monotonic()

    def overdue(self, now: float) -> Unreadable | None:
        """The fault of a child that says nothing, or that goes on after its SIGXCPU."""
        if now - self._heard > self.limits.silent_seconds:
            return Unreadable("time-limit", seconds=math.ceil(self.limits.silent_seconds))
        if self._ceiling and self._cpu_used() > self._ceiling + _GRACE:
            return Unreadable("cpu-limit", seconds=self.limits.cpu_seconds)
        return None

    def end(self) -> None:
        """Kill the child and close its socket."""
        self.sock.close()
        self._kill()

    def _count(self, size: int) -> None:
        self._heard = time.monotonic()
        earned = self._output // self.limits.earn
        self._output += max(size, limits_.FRAME_COST)
        if self._output > self.limits.output:
            raise Unreadable("reply-too-large", limit=self.limits.output)
        if self.task and limits_.PARENT_SETS_CPU and self._output // self.limits.earn > earned:
            with contextlib.suppress(OSError):  # it has just ended, and its socket will say so
                self._ceiling = limits_.allow_cpu(self._process.pid, self.limits.cpu_seconds)

    def _cpu_used(self) -> float:
        try:
            return limits_.cpu_used(self._process.pid)
        except OSError:  # it has just ended, and its socket will say so
            return 0.0

    def _post_mortem(self) -> Unreadable:
        """The fault of a child that closed its socket. If it still lives, it did so on purpose and is killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_BREATH)
        status = self._kill()
        if status == -signal.SIGXCPU:
            return Unreadable("cpu-limit", seconds=self.limits.cpu_seconds)
        return Unreadable("worker-died", signal=_named(status))

    def _kill(self) -> int:
        """How the process ended, as `subprocess` counts; SIGKILL if it had not."""
        self._process.kill()
        try:
            return self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:  # stuck in the kernel; subprocess reaps it later
            return -signal.SIGKILL


def _named(status: int) -> str:
    if status >= 0:
        return f"exit {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
