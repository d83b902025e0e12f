"""What the probe's child tries to do and must not be able to: one attempt a task, answered by what really happened."""

import mmap
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def attempt(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes:  # noqa: ARG001
    """Run the attempt that the request names ("NAME ARGUMENT"); `refused`, or `done` where nothing stopped it."""
    name, _, argument = request.decode().partition(" ")
    try:
        _ATTEMPTS[name](argument)
    except OSError:
        return b"refused"
    return b"done"


def _read(path: str) -> None:
    Path(path).read_bytes()


def _write(path: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.write(descriptor, b"x")


def _connect(_: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", 9))


def _execute(_: str) -> None:
    os.execv(sys.executable, [sys.executable, "-I", "-c", ""])  # noqa: S606 trying is the point


def _fork(_: str) -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _allocate(size: str) -> None:
    mmap.mmap(-1, int(size)).close()  # asks for the room without touching it


_ATTEMPTS = {
    "read": _read,
    "write": _write,
    "connect": _connect,
    "fork": _fork,
    "allocate": _allocate,
    "execute": _execute,
}
