"""Locks the running process down, after its imports and before its first untrusted byte, and says what took hold."""

import ctypes
import resource
import signal
import sys
from dataclasses import dataclass

from crible.model.ledger import Isolation
from crible.sandbox import landlock, seccomp
from crible.sandbox.limits import Limits

DESCRIPTORS = 64
"""The most a task may bring."""

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_PR_SET_CHILD_SUBREAPER, _PR_GET_CHILD_SUBREAPER = 36, 37


@dataclass(frozen=True, slots=True)
class Held:
    """What a child found in force after its lockdown."""

    rlimits: bool = False
    landlock: int = 0
    """ABI; 0 where it did not take hold."""
    seccomp: bool = False

    @property
    def isolation(self) -> Isolation:
        """The level that these three amount to."""
        if not self.rlimits:
            return Isolation.NONE
        return Isolation.FULL if self.landlock and self.seccomp else Isolation.PARTIAL

    def at_most(self, other: "Held") -> "Held":
        """What both have."""
        return Held(self.rlimits and other.rlimits, min(self.landlock, other.landlock), self.seccomp and other.seccomp)


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends.

    Linux only; elsewhere the end of the socket is all it will notice.
    """
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans(*, yes: bool) -> bool:
    """Have what our descendants leave behind become our own children, or no longer; whether the system can."""
    return _prctl(_PR_SET_CHILD_SUBREAPER, int(yes))


def adopts_orphans() -> bool:
    """Whether orphans become ours."""
    if sys.platform != "linux":
        return False
    found = ctypes.c_int(0)
    ctypes.CDLL(None).prctl(ctypes.c_int(_PR_GET_CHILD_SUBREAPER), ctypes.byref(found))
    return bool(found.value)


def keeps_ended() -> bool:
    """Whether a child that has ended keeps its process id until we wait for it.

    Not where whoever started us had SIGCHLD ignored, as some supervisors do: the id may be another's by the time that
    we send a signal to it.
    """
    return signal.getsignal(signal.SIGCHLD) != signal.SIG_IGN


def lock_down(limits: Limits) -> Held:
    """Apply every wall this machine has, for good. No file, socket, program or process can be reached afterwards."""
    held_rlimits = _cap(limits)
    _prctl(_PR_SET_DUMPABLE, 0)
    privileges_frozen = _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    abi = landlock.deny_all() if privileges_frozen else 0
    filtered = privileges_frozen and seccomp.allow_only_parsing()
    if not filtered:
        # Only now: under NPROC 0 libraries could not start threads on Linux, and the filter bars processes better.
        _cap_one(resource.RLIMIT_NPROC, 0)
    return Held(held_rlimits, abi, filtered)


def _cap(limits: Limits) -> bool:
    """Set the resource limits; whether those that every system honours took hold (macOS knows no RLIMIT_AS)."""
    _cap_one(resource.RLIMIT_AS, limits.memory)
    _cap_one(resource.RLIMIT_NOFILE, DESCRIPTORS * 2)
    return _cap_one(resource.RLIMIT_FSIZE, 0) and _cap_one(resource.RLIMIT_CORE, 0)


def _cap_one(which: int, value: int) -> bool:
    try:
        resource.setrlimit(which, (value, value))
    except (OSError, ValueError):
        return False
    return resource.getrlimit(which)[0] == value


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    return bool(libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero) == 0)
