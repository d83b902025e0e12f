"""One coordinator per case: an advisory lock that dies with its holder."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crible.model.errors import CaseError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the case for writing; CaseError `case-locked` names the process that holds it."""
    path = folder / "case.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode(errors="replace").strip() or "?"
            raise CaseError("case-locked", holder=holder, path=str(folder)) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} ({socket.gethostname()})".encode(), 0)
        yield
    finally:
        os.close(descriptor)
