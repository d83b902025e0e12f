"""Landlock by its three system calls: a ruleset that handles every right and grants none (landlock(7))."""

import ctypes
import os
import sys
from pathlib import Path

_CREATE, _RESTRICT = 444, 446
"""Same numbers on every architecture."""
_ASK_VERSION = 1
_TSYNC = 1 << 3
"""LANDLOCK_RESTRICT_SELF_TSYNC, ABI 8: the calling process, not the calling thread alone."""
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


def version() -> int:
    """The kernel's Landlock ABI, 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE, None, 0, _ASK_VERSION))


def deny_all() -> int:
    """Bar this process from every file, TCP port and outside signal that the kernel's ABI can bar it from.

    Needs no_new_privs. Descriptors already open stay usable. Returns the ABI that took hold in all threads, else 0.
    """
    abi = version()
    if not abi or (abi < 8 and threads() > 1):
        return 0
    rights = _rights(abi)
    attributes = (ctypes.c_uint64 * len(rights))(*rights)
    ruleset = _call(_CREATE, attributes, ctypes.sizeof(attributes), 0)
    if ruleset < 0:
        return 0
    try:
        held = _call(_RESTRICT, ruleset, _TSYNC if abi >= 8 else 0) == 0
    finally:
        os.close(ruleset)
    return abi if held else 0


def _rights(abi: int) -> tuple[int, ...]:
    """`struct landlock_ruleset_attr` as long as the ABI has it.

    File rights are 13 bits in ABI 1; REFER, TRUNCATE and IOCTL_DEV came with 2, 3 and 5; TCP ports with 4; scopes
    with 6.
    """
    files = (1 << (13 + (abi >= 2) + (abi >= 3) + (abi >= 5))) - 1
    if abi < 4:
        return (files,)
    if abi < 6:
        return (files, _BIND_AND_CONNECT_TCP)
    return (files, _BIND_AND_CONNECT_TCP, _ABSTRACT_SOCKETS_AND_SIGNALS)


def threads() -> int:
    """How many threads this process has, those of its libraries included."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return 1


def _call(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    wide = (ctypes.c_long(value) if isinstance(value, int) else value for value in arguments)
    return int(libc.syscall(ctypes.c_long(number), *wide))
