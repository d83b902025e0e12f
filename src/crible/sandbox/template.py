"""A process that loads libraries once, as its coordinator holds it: children are forked from it instead of started.

Starting a child afresh costs 0.6 s of processor time, for its libraries; forking one costs 0.01 s. A template never
sees an untrusted byte, a key or the corpus, and holds no descriptor but its control socket, which no child inherits.
Its other side is `crible.sandbox.forking`.
"""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Self

from crible.sandbox import policy
from crible.sandbox.limits import Limits
from crible.sandbox.processes import Forked, Process, spawn

_GRACE = 2.0
"""Seconds a killed template gets to be gone."""


class Template:
    """One template and the near end of its socket; requests wait there until it has loaded its libraries.

    Whoever asks it must be prepared for an OSError, or for a child whose socket ends before it is ready: the template
    has died, and a child must be started afresh. To be used from one thread.
    """

    def __init__(self, process: Process, control: socket.socket, *, adopted: bool = False) -> None:
        self._process, self._control, self._adopted = process, control, adopted
        control.setblocking(False)  # a template busy loading keeps nobody waiting
        self._expected: dict[str, Template] = {}

    @classmethod
    def start(cls, modules: Sequence[str]) -> "Template | None":
        """A template that imports these modules; None where what it forks cannot be adopted, or not be held by its id.

        What is forked twice is an orphan, and from now on ours: our child like any that we start ourselves.
        """
        if sys.platform != "linux" or not policy.keeps_ended():
            return None
        adopted = policy.adopts_orphans()
        if not policy.adopt_orphans(yes=True):
            return None
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            return cls(spawn("crible.sandbox.forking", far, list(modules)), near, adopted=adopted)

    @property
    def pid(self) -> int:
        """0 as long as a branch has not been forked."""
        if isinstance(self._process, Forked) and not self._process.pid:
            with contextlib.suppress(OSError, ValueError):
                self._process.pid = int(self._control.recv(16))
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def expect(self, entry: str) -> None:
        """Have a branch load what it needs, for when it is asked for."""
        if entry not in self._expected:
            with contextlib.suppress(OSError):  # this one has died, as whoever asks for the branch will see
                self._expected[entry] = self.branch(entry)

    def branch(self, entry: str) -> "Template":
        """A template forked from this one, that loads and prepares an entry point besides. Raises OSError."""
        if expected := self._expected.pop(entry, None):
            return expected
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            self._ask({"entry": entry}, far)
        return Template(Forked(), near)

    def child(self, far: socket.socket, limits: Limits) -> Process:
        """A child that serves a branch's entry point on its end of a socket. Raises OSError."""
        self._ask({"limits": asdict(limits)}, far)
        return Forked()

    def close(self) -> None:
        """End the template; children that it forked live on. A branch still busy loading ends when it is done."""
        for branch in self._expected.values():
            branch.close()
        known = self.pid
        self._control.close()
        if known:
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        if isinstance(self._process, subprocess.Popen) and not self._adopted:
            policy.adopt_orphans(yes=False)

    def _ask(self, request: dict[str, object], far: socket.socket) -> None:
        socket.send_fds(self._control, [json.dumps(request).encode()], [far.fileno()])
