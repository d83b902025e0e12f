"""Entry points that run inside children: well-behaved ones, clumsy ones, and ones that try to get out."""

import ctypes
import errno
import os
import random
import resource
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from crible.sandbox.wire import HEADER, Tag

WARMED = []
PREPARED_IN = []


def prepare():
    PREPARED_IN.append(os.getpid())
    WARMED.append(Path(__file__).read_text().splitlines()[0])


def run(request, descriptors, emit):
    name, _, argument = request.decode().partition(" ")
    return str(globals()[name](argument, descriptors, emit)).encode()


def echo(argument, descriptors, emit):
    return argument


def warmed(argument, descriptors, emit):
    return WARMED[0]


def prepared_in(argument, descriptors, emit):
    return f"{PREPARED_IN[0]} {len(PREPARED_IN)} {os.getpid()}"


def chance(argument, descriptors, emit):
    return random.random()


def count_bytes(argument, descriptors, emit):
    return argument.count("x")


def frames(argument, descriptors, emit):
    number, size = map(int, argument.split())
    payload = bytes(size)
    for at in range(number):
        emit(at.to_bytes(4, "little") + payload)
    return number


def huge_frame(argument, descriptors, emit):
    emit(bytes(int(argument)))


def slow(argument, descriptors, emit):
    emit(b"first")
    time.sleep(float(argument))


def burn_and_tell(argument, descriptors, emit):
    for _ in range(int(argument) * 4):
        burn(0.25, descriptors, emit)
        emit(bytes(1 << 20))


def spin(argument, descriptors, emit):
    while True:
        pass


def burn(argument, descriptors, emit):
    end = time.process_time() + float(argument)
    while time.process_time() < end:
        pass


def spin_deaf(argument, descriptors, emit):
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def raises(argument, descriptors, emit):
    emit(b"before")
    raise KeyError("secret detail")


def recurse(argument, descriptors, emit):
    return recurse(argument, descriptors, emit)


def quits(argument, descriptors, emit):
    os._exit(3)


def kills_itself(argument, descriptors, emit):
    emit(b"before")
    os.kill(os.getpid(), signal.SIGKILL)


def crashes(argument, descriptors, emit):
    ctypes.string_at(0)


def aborts(argument, descriptors, emit):
    os.abort()


def hangs_up(argument, descriptors, emit):
    os.close(_socket())
    time.sleep(60)


def garbage(argument, descriptors, emit):
    os.write(_socket(), bytes.fromhex(argument))
    time.sleep(60)


def forges(argument, descriptors, emit):
    """Ends its own task early and speaks on, as if it were the next one."""
    os.write(_socket(), HEADER.pack(2, Tag.DONE) + b"ok" + HEADER.pack(4, Tag.FRAME) + b"mine")
    time.sleep(60)


def forges_header(argument, descriptors, emit):
    os.write(_socket(), HEADER.pack(2, Tag.DONE) + b"ok" + HEADER.pack(4, Tag.FRAME))
    time.sleep(60)


def poses(argument, descriptors, emit):
    """An exception class whose name is not a name."""
    raise type("a sentence; <b>bold</b>", (Exception,), {})


def pread(argument, descriptors, emit):
    return "".join(os.pread(descriptor, 5, int(argument)).decode() for descriptor in descriptors)


def open_descriptors(argument, descriptors, emit):
    return sum(_is_open(fd) for fd in range(3, 200))


def environment(argument, descriptors, emit):
    return sorted(os.environ)


def process(argument, descriptors, emit):
    return os.getpid()


def in_thread(argument, descriptors, emit):
    said = []
    thread = threading.Thread(target=lambda: said.append(_errno(lambda: Path("/etc/passwd").read_bytes())))
    thread.start()
    thread.join()
    return said[0]


# ---- ways out: each answers with the errno that stopped it, or 0


def out_read(argument, descriptors, emit):
    return _errno(lambda: Path(argument).read_bytes())


def out_list(argument, descriptors, emit):
    return _errno(lambda: list(Path(argument).iterdir()))


def out_write(argument, descriptors, emit):
    return _errno(lambda: Path(argument).write_bytes(b"x"))


def out_unlink(argument, descriptors, emit):
    return _errno(lambda: Path(argument).unlink())


def out_chmod_descriptor(argument, descriptors, emit):
    return _errno(lambda: os.fchmod(descriptors[0], 0o777))


def out_touch_descriptor(argument, descriptors, emit):
    return _errno(lambda: os.utime(descriptors[0], (0, 0)))


def out_reopen_descriptor(argument, descriptors, emit):
    return _errno(lambda: os.open(f"/proc/self/fd/{descriptors[0]}", os.O_RDWR))


def out_tcp(argument, descriptors, emit):
    return _errno(lambda: socket.socket(socket.AF_INET).connect(("127.0.0.1", int(argument))))


def out_udp(argument, descriptors, emit):
    return _errno(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", int(argument))))


def out_unix(argument, descriptors, emit):
    return _errno(lambda: socket.socket(socket.AF_UNIX).connect(argument))


def out_exec(argument, descriptors, emit):
    return _errno(lambda: os.execv(sys.executable, [sys.executable, "-c", ""]))


def out_fork(argument, descriptors, emit):
    return _errno(lambda: os.fork() or os._exit(0))


def out_spawn(argument, descriptors, emit):
    return _errno(lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}))


def out_signal(argument, descriptors, emit):
    return _errno(lambda: os.kill(int(argument), 0))


def out_raise_limit(argument, descriptors, emit):
    infinite = resource.RLIM_INFINITY
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (infinite, infinite))
    except ValueError:  # how this module spells EPERM
        return errno.EPERM
    return 0


def out_allocate(argument, descriptors, emit):
    bytearray(int(argument))


def out_syscall(argument, descriptors, emit):
    number, *arguments = map(int, argument.split())
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return 0 if result >= 0 else ctypes.get_errno()


def _errno(action):
    try:
        action()
    except OSError as error:
        return error.errno
    return 0


def _socket():
    return next(fd for fd in range(3, 200) if _is_open(fd) and not os.isatty(fd) and _is_socket(fd))


def _is_socket(fd):
    return (os.fstat(fd).st_mode & 0o170000) == 0o140000


def _is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
