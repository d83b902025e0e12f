"""A template's whole life: load libraries, then fork a child, or another template, for each request.

Started by `crible.sandbox.template` like a child, with an empty environment and no descriptor but its control socket.
It has one thread and reads nothing but its coordinator's requests. Each copy is forked twice, so that it is an orphan
at once and the coordinator, which adopts orphans, its parent as if it had started it: the coordinator learns how it
ended, moves its limits, and takes it along when it dies. It keeps no descriptor but its own socket.
"""

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from crible.sandbox import child, landlock
from crible.sandbox.child import Entry
from crible.sandbox.limits import Limits

Request = dict[str, Any]
"""`entry`: a template that loads it; `limits`: a child that serves what is loaded."""
Loaded = Entry | BaseException | None
"""What children serve, or why they cannot; nothing in a template that only makes others."""

_ROOM = 1 << 14
"""Bytes of the longest request."""
_MOMENT = 0.0002
"""Seconds between two looks at whether the orphan has been adopted."""
_OWN = 3
"""The first descriptor after standard input and outputs."""


def start(arguments: str) -> NoReturn:
    """What a fresh interpreter calls; arguments as JSON: control socket, coordinator's process id, modules."""
    control_fd, parent, modules = json.loads(arguments)
    sys.argv = ["crible-template"]
    child.belong_to(parent)
    gc.disable()  # for good: a collection would touch, and so copy, the pages that its children share
    for name in modules:
        importlib.import_module(name)
    _answer(socket.socket(fileno=control_fd), parent, None)


def _answer(control: socket.socket, parent: int, loaded: Loaded) -> NoReturn:
    """One copy for each request, until the control socket ends."""
    gc.freeze()
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, _ROOM, 1)
        if not request:
            os._exit(0)
        if landlock.threads() > 1:  # the copy would lack them, and what they had locked would stay locked for ever
            os._exit(1)
        middle = os.fork()
        if not middle:
            _leave(parent, descriptors[0], json.loads(request), loaded)
        os.waitpid(middle, 0)
        os.close(descriptors[0])


def _leave(parent: int, far: int, request: Request, loaded: Loaded) -> NoReturn:
    """Fork once more and end, so that the copy is its coordinator's child; then live on as what was asked for."""
    try:
        middle = os.getpid()
        if os.fork():
            os._exit(0)
        while os.getppid() == middle:
            time.sleep(_MOMENT)
        child.belong_to(parent)
        os.setsid()  # Ctrl-C reaches the coordinator alone
        os.dup2(far, _OWN)
        _close_others()
        _live(parent, request, loaded)
    finally:  # whatever happens, never back into the template's own loop
        os._exit(1)


def _close_others() -> None:
    """Close all but our own: above all the template's control socket, and whatever some library holds."""
    for entry in list(Path("/proc/self/fd").iterdir()):
        if int(entry.name) > _OWN:
            with contextlib.suppress(OSError):  # the one that listed them
                os.close(int(entry.name))


def _live(parent: int, request: Request, loaded: Loaded) -> NoReturn:
    if "limits" in request:
        if loaded is None or isinstance(loaded, BaseException):
            child.stillborn(_OWN, loaded or LookupError("no entry point"))
        child.serve(loaded, _OWN, Limits(**request["limits"]))
    control = socket.socket(fileno=_OWN)
    control.send(str(os.getpid()).encode())
    _answer(control, parent, _loaded(request["entry"]))


def _loaded(entry: str) -> Loaded:
    try:
        return child.load(entry)
    except BaseException as error:  # noqa: BLE001 each child asked for says so to the coordinator, which raises it
        return error
