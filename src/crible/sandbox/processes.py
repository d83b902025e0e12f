"""Processes of ours that run apart, held alike whether a fresh interpreter was started or a template was forked."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Protocol

_BOOT = (
    "import sys; sys.path[:] = sys.argv[3:]; "
    "from importlib import import_module; import_module(sys.argv[1]).start(sys.argv[2])"
)
_LOOK = 0.002
"""Seconds between two looks at whether a process has ended: it was killed, or has closed its socket."""


class Process(Protocol):
    """What we ask of a process, as `subprocess.Popen` answers it."""

    @property
    def pid(self) -> int:
        """0 while it is unknown."""

    def kill(self) -> None:
        """End it by SIGKILL."""

    def wait(self, timeout: float) -> int:
        """How it ended: its exit status, or minus its signal. Raises subprocess.TimeoutExpired."""


class Forked:
    """A process that a template forked for us: our own child all the same, since we adopted it.

    Its pid is known once it has said so. Before that nothing can be done to it, and nothing need be: it ends by itself
    at the end of its socket, and what is left of it goes when we do.
    """

    def __init__(self) -> None:
        self.pid = 0
        self._status: int | None = None

    def kill(self) -> None:
        """End it by SIGKILL. What has ended keeps its pid until it is waited for, so no other is ever hit."""
        if self.pid and self._status is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        """How it ended; where nobody knows, as if by SIGKILL. Raises subprocess.TimeoutExpired."""
        end = time.monotonic() + timeout
        while self._status is None:
            self._status = self._ended()
            if self._status is None:
                if time.monotonic() > end:
                    raise subprocess.TimeoutExpired("", timeout)
                time.sleep(_LOOK)
        return self._status

    def _ended(self) -> int | None:
        if not self.pid:
            return -signal.SIGKILL
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            return -signal.SIGKILL
        return os.waitstatus_to_exitcode(status) if pid else None


def spawn(module: str, far: socket.socket, *arguments: object) -> Process:
    """A fresh interpreter (-I: no environment variable, no current folder) that imports what we could import.

    It runs the module's `start` on JSON: the descriptor of its socket, our process id, the arguments. Not forked from
    here: a fork would carry the coordinator's memory, keys and descriptors over. In a session of its own, so that
    Ctrl-C reaches the coordinator alone.
    """
    given = json.dumps([far.fileno(), os.getpid(), *arguments])
    return subprocess.Popen(  # noqa: S603 our own interpreter and arguments
        [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, module, given, *_importable()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[far.fileno()],
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"},
        cwd="/",
        start_new_session=True,
    )


def _importable() -> Sequence[str]:
    return [path for path in sys.path if path]
