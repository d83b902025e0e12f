"""A child's whole life: import the entry point, lock down, say what took hold, then one task after the other.

Started by `crible.sandbox.worker` with an empty environment, no descriptor but its socket, and /dev/null as standard
input and outputs. It sees no key, no corpus and no database: only requests, and the descriptors that come with them.
"""

import gc
import importlib
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import NoReturn

from crible.sandbox import limits as limits_
from crible.sandbox import policy
from crible.sandbox.limits import Limits
from crible.sandbox.wire import BUFFER, HEADER, Tag, send

Entry = Callable[[bytes, Sequence[int], Callable[[bytes], None]], bytes]


def main(entry: str, socket_fd: int, parent: int, limits: Limits) -> NoReturn:
    """Serve `entry` ("module:function") on the socket until the other end closes it. Never returns.

    Where the entry's module has a function `prepare`, it is called before the walls go up, so that libraries can load
    what they would open later (models, fonts, lazily imported modules); afterwards no file can be opened at all.
    """
    sock = socket.socket(fileno=socket_fd)  # asks what kind it is, which the filter would refuse later
    policy.die_with_parent()
    if os.getppid() != parent:
        os._exit(0)
    try:
        function = _load(entry)
        held = policy.lock_down(limits)
    except BaseException as error:  # noqa: BLE001 reported to the coordinator, which raises it there
        send(socket_fd, Tag.STILLBORN, f"{type(error).__name__}: {error}".encode()[:4096])
        os._exit(1)
    try:
        send(socket_fd, Tag.READY, json.dumps(asdict(held)).encode())
        while True:
            _serve(sock, function, limits)
    except (EOFError, OSError):  # the coordinator is gone
        os._exit(0)


def _load(entry: str) -> Entry:
    gc.disable()  # nothing is garbage while libraries load: 6 % of a start
    module_name, _, name = entry.partition(":")
    module = importlib.import_module(module_name)
    function: Entry = getattr(module, name)
    prepare = getattr(module, "prepare", None)
    if prepare:
        prepare()
    # What the libraries brought stays as long as the child: looking through it at each full collection of garbage
    # took 5 % of the time of reading mail.
    gc.freeze()
    gc.enable()
    return function


def _serve(sock: socket.socket, function: Entry, limits: Limits) -> None:
    request, descriptors = _request(sock)
    if not limits_.PARENT_SETS_CPU:
        limits_.allow_cpu(0, limits.cpu_seconds)
    tag, reply = _answer(function, request, descriptors, sock.fileno())
    for descriptor in descriptors:
        try:
            os.close(descriptor)
        except OSError:  # the entry point closed it
            continue
    send(sock.fileno(), tag, reply)
    if tag is not Tag.DONE:
        os._exit(0)


def _answer(function: Entry, request: bytes, descriptors: Sequence[int], fd: int) -> tuple[Tag, bytes]:
    def emit(payload: bytes) -> None:
        try:
            send(fd, Tag.FRAME, payload)
        except OSError:  # the coordinator is gone; an entry point that catches everything must not go on
            os._exit(0)

    try:
        return Tag.DONE, function(request, descriptors, emit)
    except MemoryError:
        return Tag.MEMORY, b""
    except BaseException as error:  # noqa: BLE001 the coordinator replaces this child
        return Tag.ERROR, type(error).__name__.encode()


def _request(sock: socket.socket) -> tuple[bytes, list[int]]:
    """The next task. Descriptors travel with its first bytes."""
    data, descriptors, _, _ = socket.recv_fds(sock, BUFFER, policy.DESCRIPTORS)
    if not data:
        raise EOFError
    length, _ = HEADER.unpack_from(data)
    if len(data) == HEADER.size + length:
        return data[HEADER.size :], descriptors
    request = bytearray(length)
    have = len(data) - HEADER.size
    request[:have] = data[HEADER.size :]
    with memoryview(request) as view:
        while have < length:
            count = sock.recv_into(view[have:])
            if not count:
                raise EOFError
            have += count
    return bytes(request), descriptors


def start(arguments: Sequence[str]) -> NoReturn:
    """What `python -c` calls: entry, socket, parent's process id, limits as JSON."""
    entry, socket_fd, parent, limits = arguments
    sys.argv = ["crible-child"]
    main(entry, int(socket_fd), int(parent), Limits(**json.loads(limits)))
