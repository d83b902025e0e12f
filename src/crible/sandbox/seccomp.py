"""A seccomp filter that lists what a parser may ask of the kernel; everything else fails with EPERM (seccomp(2)).

A list of what is allowed was preferred to one of what is denied: calls that kernels add later (io_uring once was one)
are barred without our knowing them, and so are the many that change a file through a read-only descriptor (fchmod,
futimens, fsetxattr), which Landlock does not see. x32 calls carry bit 30 in their number and so match nothing.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence

Condition = tuple[int, int, int]
"""Argument number, comparison, constant. Compared are the argument's low 32 bits; `_HIGH` + number, the high ones."""

_EQUAL, _ANY_BIT = 0x15, 0x45
_LOAD, _RETURN = 0x20, 0x06
_HIGH = 8
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_NUMBER, _ARCHITECTURE = 0, 4

_MACHINES = {"x86_64": (0xC000003E, 0, 317), "aarch64": (0xC00000B7, 1, 277)}
"""AUDIT_ARCH word, column in the tables below, number of seccomp(2)."""

ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # the reply, the request, the documents
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "preadv": (295, 69),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "lseek": (8, 62),
    "close": (3, 57),
    "close_range": (436, 436),
    "fstat": (5, 80),
    "fadvise64": (221, 223),
    "dup": (32, 23),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "getcwd": (79, 17),
    # memory
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "membarrier": (324, 283),
    # threads that libraries start
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "exit": (60, 93),
    "exit_group": (231, 94),
    # signals of its own
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    # clocks, randomness, who am I
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "getrlimit": (97, 163),
    "sysinfo": (99, 179),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
}
"""Number on x86-64 and on aarch64 (None: does not exist there), whatever the arguments."""

_CLONE_THREAD, _AT_EMPTY_PATH = 0x10000, 0x1000
_FIOCLEX, _FIONCLEX = 0x5451, 0x5450
_F_DUPFD_CLOEXEC = 1030

CONDITIONAL: tuple[tuple[str, tuple[int, int], tuple[Condition, ...]], ...] = (
    ("clone", (56, 220), ((0, _ANY_BIT, _CLONE_THREAD),)),
    ("newfstatat", (262, 79), ((3, _ANY_BIT, _AT_EMPTY_PATH),)),  # how some glibc spell fstat
    ("prlimit64", (302, 261), ((0, _EQUAL, 0), (2, _EQUAL, 0), (_HIGH + 2, _EQUAL, 0))),  # asking, never setting
    ("ioctl", (16, 29), ((1, _EQUAL, _FIOCLEX),)),
    ("ioctl", (16, 29), ((1, _EQUAL, _FIONCLEX),)),
    *(("fcntl", (72, 25), ((1, _EQUAL, command),)) for command in (0, 1, 2, 3, _F_DUPFD_CLOEXEC)),
)
"""Name, numbers, and the conditions that must all hold. fcntl: DUPFD, GETFD, SETFD, GETFL; no F_SETOWN, no F_SETFL."""

_SIGNAL_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}
"""abort(3) needs one of them; the process id is known only when the filter is made."""
_PRETEND_MISSING = {"clone3": (435, 435), "statx": (332, 291), "openat2": (437, 437), "faccessat2": (439, 439)}
"""ENOSYS, so that libraries fall back to an older call that is judged above; a filter cannot read clone3's struct."""


def allow_only_parsing() -> bool:
    """Filter all threads of this process from now on; whether it took hold. Needs no_new_privs, cannot be undone."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or not machine:
        return False
    audit, column, seccomp = machine
    code = program(audit, column, os.getpid())
    instructions = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: unsigned short, padding, pointer
    filter_ = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(instructions))
    libc = ctypes.CDLL(None, use_errno=True)
    set_mode_filter, all_threads = ctypes.c_long(1), ctypes.c_long(1)
    return bool(libc.syscall(ctypes.c_long(seccomp), set_mode_filter, all_threads, ctypes.c_char_p(filter_)) == 0)


def program(audit: int, column: int, pid: int) -> bytes:
    """The filter as classic BPF for one architecture; `column` chooses the numbers, `pid` may signal itself."""
    refuse, missing = (0x00050000 | code for code in (errno.EPERM, errno.ENOSYS))
    blocks = [_instruction(_LOAD, _ARCHITECTURE), _instruction(_EQUAL, audit, 1), _instruction(_RETURN, _KILL_PROCESS)]
    plain = (numbers[column] for numbers in ALLOWED.values())
    blocks += [_block(number, (), _ALLOW) for number in plain if number is not None]
    blocks += [_block(numbers[column], ((0, _EQUAL, pid),), _ALLOW) for numbers in _SIGNAL_ITSELF.values()]
    blocks += [_block(numbers[column], conditions, _ALLOW) for _, numbers, conditions in CONDITIONAL]
    blocks += [_block(numbers[column], (), missing) for numbers in _PRETEND_MISSING.values()]
    return b"".join([*blocks, _instruction(_RETURN, refuse)])


def _block(number: int, conditions: Sequence[Condition], answer: int) -> bytes:
    """Load the call's number; if it and the conditions fit, return the answer; else fall through behind the block."""
    tests = [(_NUMBER, _EQUAL, number)]
    tests += [(16 + 8 * (argument % _HIGH) + 4 * (argument >= _HIGH), how, k) for argument, how, k in conditions]
    last = 2 * len(tests)
    code = b""
    for at, (offset, how, constant) in enumerate(tests):
        code += _instruction(_LOAD, offset) + _instruction(how, constant, 0, last - 2 * at - 1)
    return code + _instruction(_RETURN, answer)


def _instruction(code: int, constant: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """`struct sock_filter`; both architectures are little-endian."""
    return struct.pack("<HBBI", code, if_true, if_false, constant)
