"""Each way out of a child is really tried."""

import contextlib
import errno
import os
import platform
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from crible.model.ledger import Isolation
from crible.sandbox import landlock
from crible.sandbox.policy import Held
from crible.sandbox.pool import Done, Pool
from crible.sandbox.seccomp import ALLOWED

X86 = platform.machine() == "x86_64"
EPERM = str(errno.EPERM)

linux_walls = pytest.mark.skipif(platform.system() != "Linux", reason="Landlock and seccomp are Linux's")


@linux_walls
def test_files_cannot_be_read_listed_written_or_removed(ask, tmp_path):
    mine = tmp_path / "mine"
    mine.write_bytes(b"secret")
    for request in (
        f"out_read {mine}",
        "out_read /etc/passwd",
        "out_read /proc/self/environ",
        f"out_list {tmp_path}",
        f"out_write {tmp_path / 'new'}",
        f"out_write {mine}",
        f"out_unlink {mine}",
    ):
        assert ask(request) == EPERM, request
    assert mine.read_bytes() == b"secret"
    assert list(tmp_path.iterdir()) == [mine]


@linux_walls
def test_a_thread_is_walled_in_like_the_process(ask):
    assert ask("in_thread") == EPERM


@linux_walls
def test_a_read_only_descriptor_cannot_be_turned_against_its_file(ask, tmp_path):
    path = tmp_path / "document"
    path.write_bytes(b"as leaked")
    before = path.stat()
    with path.open("rb") as file:
        for request in ("out_chmod_descriptor", "out_touch_descriptor", "out_reopen_descriptor"):
            assert ask(request, [file.fileno()]) == EPERM, request
    assert path.stat().st_mode == before.st_mode
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@linux_walls
def test_no_connection_reaches_a_listening_server(ask, tmp_path):
    seen = []
    tcp, unix = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    unix.bind(str(tmp_path / "s"))
    unix.listen()
    udp.bind(("127.0.0.1", 0))

    def accept(server):
        with contextlib.suppress(OSError):
            seen.append(server.recvfrom(9) if server is udp else server.accept())

    for server in (tcp, unix, udp):
        server.settimeout(0.5)
    threads = [threading.Thread(target=accept, args=[server]) for server in (tcp, unix, udp)]
    for thread in threads:
        thread.start()
    assert ask(f"out_tcp {tcp.getsockname()[1]}") == EPERM
    assert ask(f"out_udp {udp.getsockname()[1]}") == EPERM
    assert ask(f"out_unix {tmp_path / 's'}") == EPERM
    for thread in threads:
        thread.join()
    for server in (tcp, unix, udp):
        server.close()
    assert seen == []


@linux_walls
def test_no_program_or_process_can_be_started_or_signalled(ask):
    for request in ("out_exec", "out_fork", "out_spawn", f"out_signal {os.getpid()}", "out_raise_limit"):
        assert ask(request) == EPERM, request


@pytest.mark.skipif(not X86, reason="numbers of x86-64")
@pytest.mark.parametrize(
    ("number", "name"),
    [
        (56, "clone without CLONE_THREAD"),
        (57, "fork"),
        (58, "vfork"),
        (101, "ptrace"),
        (160, "setrlimit"),
        (157, "prctl"),
        (165, "mount"),
        (200, "tkill"),
        (250, "keyctl"),
        (310, "process_vm_readv"),
        (319, "memfd_create"),
        (321, "bpf"),
        (322, "execveat"),
        (425, "io_uring_setup"),
        (46, "sendmsg"),
        (44, "sendto"),
        (434, "pidfd_open"),
        (444, "landlock_create_ruleset"),
        (9999, "not invented yet"),
        (0x40000000 | 39, "getpid by x32"),
    ],
)
def test_a_call_that_is_not_listed_is_refused(ask, number, name):
    assert ask(f"out_syscall {number} 0 0 0 0 0 0") == EPERM  # what is not given is whatever the registers hold


@pytest.mark.skipif(not X86, reason="numbers of x86-64")
def test_newer_calls_pretend_to_be_missing(ask):
    assert ask("out_syscall 435") == str(errno.ENOSYS)


@pytest.mark.skipif(not X86, reason="numbers of x86-64")
def test_the_limits_of_another_process_cannot_be_set_or_read(ask):
    assert ask(f"out_syscall 302 {os.getppid()} 0 0 0") == EPERM
    assert ask("out_syscall 302 0 0 4096 0") == EPERM


def test_memory_is_capped(ask, fault):
    assert ask(f"out_allocate {3 << 30}") == fault("memory-limit")
    assert ask("echo on we go") == "on we go"


def test_nothing_of_ours_is_inherited(ask, tmp_path):
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        assert ask("open_descriptors") == "1"
    assert set(ask("environment").strip("[]").replace("'", "").split(", ")) <= {
        "LC_CTYPE",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "RAYON_NUM_THREADS",
        "__CF_USER_TEXT_ENCODING",
    }


def test_prepare_runs_before_the_walls_are_up(ask):
    assert ask("warmed").startswith('"""Entry points')


def test_the_level_needs_every_wall():
    assert Held(True, 7, True).isolation is Isolation.FULL
    assert Held(True, 0, True).isolation is Isolation.PARTIAL
    assert Held(True, 7, False).isolation is Isolation.PARTIAL
    assert Held(False, 7, True).isolation is Isolation.NONE
    assert Held(True, 7, True).at_most(Held(True, 4, False)) == Held(True, 4, False)


@linux_walls
def test_parent_killed_leaves_no_child(tmp_path):
    """The coordinator is killed while a child computes and another one waits."""
    script = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from crible.sandbox.pool import Pool, Done\n"
        "pool = Pool('sandbox_tasks:run', size=2)\n"
        "for key in range(2): pool.submit(key, b'process')\n"
        "pids = [int(e.payload) for e in pool.events()]\n"
        "pool.submit(2, b'spin')\n"
        "print(*{*pids, *(w._process.pid for w in pool._workers)}, flush=True)\n"
        "next(pool.events())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    assert all(_alive(pid) for pid in pids)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(_alive(pid) for pid in pids)


def _alive(pid):
    """Whether it runs; what init has not reaped yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_dangerous_calls_are_not_listed():
    assert not {"open", "openat", "socket", "connect", "execve", "ptrace", "sendmsg", "prctl", "ftruncate"} & set(
        ALLOWED
    )


@linux_walls
def test_a_thread_older_than_the_walls_is_filtered_too_and_lowers_the_level(tmp_path):
    """Before ABI 8 Landlock binds one thread only, so it does not count; the seccomp filter binds them all."""
    (tmp_path / "mine").write_bytes(b"secret")
    with Pool("sandbox_threaded:run", size=1) as pool:
        assert pool.isolation is Isolation.FULL
        pool.submit("a", str(tmp_path / "mine").encode())
        assert list(pool.events()) == [Done("a", EPERM.encode())]
        assert pool.held.seccomp
        assert pool.isolation is (Isolation.FULL if landlock.version() >= 8 else Isolation.PARTIAL)
