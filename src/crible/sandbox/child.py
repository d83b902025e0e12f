"""A child's whole life: import the entry point, lock down, say what took hold, then one task after the other.

Started by `crible.sandbox.processes` with an empty environment, no descriptor but its socket, and /dev/null as standard
input and outputs; or forked, as such, by a template that has imported the entry point. It sees no key, no corpus and
no database: only requests, and the descriptors that come with them.
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
    belong_to(parent)
    try:
        function = load(entry)
    except BaseException as error:  # noqa: BLE001 reported to the coordinator, which raises it there
        stillborn(socket_fd, error)
    serve(function, socket_fd, limits)


def belong_to(parent: int) -> None:
    """End with the process that this one was started for; at once where that has ended already."""
    policy.die_with_parent()
    if os.getppid() != parent:
        os._exit(0)


def load(entry: str) -> Entry:
    """The entry point, prepared. Nothing is garbage while libraries load: looking for it took 6 % of a start."""
    gc.disable()
    module_name, _, name = entry.partition(":")
    module = importlib.import_module(module_name)
    function: Entry = getattr(module, name)
    prepare = getattr(module, "prepare", None)
    if prepare:
        prepare()
    # What the libraries brought stays as long as the child: looking through it at each full collection of garbage
    # took 5 % of the time of reading mail.
    gc.freeze()
    return function


def stillborn(socket_fd: int, error: BaseException) -> NoReturn:
    """Say why there is nothing to serve, and end."""
    send(socket_fd, Tag.STILLBORN, f"{type(error).__name__}: {error}".encode()[:4096])
    os._exit(1)


def serve(function: Entry, socket_fd: int, limits: Limits) -> NoReturn:
    """Lock down, say what took hold and who we are, then answer one task after the other."""
    sock = socket.socket(fileno=socket_fd)  # asks what kind it is, which the filter would refuse later
    gc.enable()
    try:
        held = policy.lock_down(limits)
    except BaseException as error:  # noqa: BLE001 reported to the coordinator, which raises it there
        stillborn(socket_fd, error)
    try:
        send(socket_fd, Tag.READY, json.dumps({"pid": os.getpid(), "held": asdict(held)}).encode())
        while True:
            _task(sock, function, limits)
    except (EOFError, OSError):  # the coordinator is gone
        os._exit(0)


def _task(sock: socket.socket, function: Entry, limits: Limits) -> None:
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


def start(arguments: str) -> NoReturn:
    """What a fresh interpreter calls; arguments as JSON: socket, parent's process id, entry, limits."""
    socket_fd, parent, entry, limits = json.loads(arguments)
    sys.argv = ["crible-child"]
    main(entry, socket_fd, parent, Limits(**limits))
