"""Children forked from a template: ours like any, walled in like any, and out of its reach."""

import contextlib
import os
import platform
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from crible.sandbox import policy
from crible.sandbox.pool import Done, Frame, Pool
from crible.sandbox.template import Template

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="elsewhere every child is started")


@pytest.fixture
def forked(make_pool, template):
    """A pool of children that are forked."""
    return make_pool(size=1, template=template)


def children() -> set[int]:
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def stat(pid: int) -> list[str]:
    """From the state on: state, parent, group, session."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def gone(pids: set[int]) -> bool:
    """Whether all of them have ended, within some seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() and stat(pid)[0] != "Z" for pid in pids):
            return True
        time.sleep(0.02)
    return False


def test_libraries_are_loaded_once_for_all_children(make_pool, template):
    pool = make_pool(size=2, template=template, tasks=1)
    for key in range(6):
        pool.submit(key, b"prepared_in")
    said = [tuple(map(int, event.payload.split())) for event in pool.events()]
    assert {(where, times) for where, times, _ in said} == {(pool._branch.pid, 1)}
    assert len({child for _, _, child in said}) == 6


def test_a_child_is_ours_and_has_a_session_of_its_own(forked, ask):
    child = int(ask("process", within=forked))
    assert forked._workers[0].forked
    assert child in children()
    assert stat(child)[1:4] == [str(os.getpid()), str(child), str(child)]
    assert stat(template_pid(forked))[3] != str(os.getsid(0))


def template_pid(pool: Pool) -> int:
    assert pool._branch
    return pool._branch.pid


def test_chance_is_not_shared(make_pool, template, ask):
    pool = make_pool(template=template, tasks=1)
    assert len({ask("chance", within=pool) for _ in range(3)}) == 3


@pytest.mark.parametrize(
    ("request_", "params"),
    [
        ("quits", {"signal": "exit 3"}),
        ("kills_itself", {"signal": "SIGKILL"}),
        ("crashes", {"signal": "SIGSEGV"}),
        ("aborts", {"signal": "SIGABRT"}),
        ("hangs_up", {"signal": "SIGKILL"}),
    ],
)
def test_how_a_child_ended_is_known(forked, ask, fault, request_, params):
    assert ask(request_, within=forked) == fault("worker-died", **params)
    assert ask("echo x", within=forked) == "x"
    assert forked._workers[0].forked, "it was replaced by another of the template's"


def test_the_limits_of_a_child_are_its_own(make_pool, template, ask, fault):
    pool = make_pool(template=template, cpu_seconds=1)
    assert ask("spin", within=pool) == fault("cpu-limit", seconds=1)
    assert ask("spin_deaf", within=pool) == fault("cpu-limit", seconds=1)
    for _ in range(3):
        assert ask("burn 0.6", within=pool) == "None"


def test_a_hostile_child_does_not_reach_the_template(forked, ask, template):
    branch = int(ask("prepared_in", within=forked).split()[0])
    assert ask("open_descriptors", within=forked) == "1", "its own socket"
    for pid in (template.pid, branch):
        assert ask(f"out_signal {pid}", within=forked) == "1"
        for name in ("mem", "maps", "environ", "fd"):
            assert ask(f"out_read /proc/{pid}/{name}", within=forked) == "1"
        if platform.machine() == "x86_64":
            assert ask(f"out_syscall 101 16 {pid} 0 0", within=forked) == "1", "ptrace"
            assert ask(f"out_syscall 434 {pid} 0", within=forked) == "1", "pidfd_open"


def test_what_a_child_changes_in_its_memory_stays_there(forked, make_pool, template, ask, fault):
    assert ask("raises", within=forked) == fault("reader-error", error="KeyError")
    assert ask("prepared_in", within=forked).split()[1] == "1"


def test_a_template_holds_no_descriptor_of_ours(forked, ask, template, tmp_path):
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        ask("echo x", within=forked)
        for pid in (template.pid, template_pid(forked)):
            held = [path.readlink().name for path in Path(f"/proc/{pid}/fd").iterdir() if int(path.name) > 2]
            assert [name.split(":")[0] for name in held] == ["socket"]
            assert Path(f"/proc/{pid}/environ").read_bytes().count(b"=") <= 5


@pytest.mark.parametrize("whole", [True, False])
def test_a_template_that_dies_costs_no_task(make_pool, template, whole):
    pool = make_pool(size=2, template=template, tasks=2)
    for key in range(12):
        pool.submit(key, b"process")
    seen = Counter()
    for number, event in enumerate(pool.events()):
        seen[event.key] += 1
        if number == 1:
            os.kill(template.pid if whole else template_pid(pool), signal.SIGKILL)
    assert seen == Counter(range(12))
    assert not pool._workers[0].forked or whole, "a branch that is dead starts no child"


def test_a_template_killed_while_it_loads(make_pool, template, ask):
    pool = make_pool(size=8, template=template)
    pool.warm_up()
    os.kill(template.pid, signal.SIGKILL)
    assert ask("echo x", within=pool) == "x"
    other = make_pool(template=template)
    assert ask("echo y", within=other) == "y"
    assert not other._workers[0].forked


def test_a_library_that_starts_threads_is_never_forked(template):
    with Pool("sandbox_threaded:run", size=1, template=template) as pool:
        pool.submit("a", b"/etc/passwd")
        assert list(pool.events()) == [Done("a", b"1")]
        assert not pool._workers[0].forked


def test_an_entry_that_cannot_be_loaded_is_a_defect_of_ours(make_pool, template):
    with Pool("sandbox_tasks:absent", size=1, template=template) as pool:
        pool.submit("a", b"")
        with pytest.raises(RuntimeError, match="AttributeError"):
            list(pool.events())


def test_who_does_not_adopt_starts_afresh(forked, ask, template):
    """The copy finds itself with another parent and ends; nothing is ever left without one."""
    policy.adopt_orphans(yes=False)
    with Pool("sandbox_tasks:run", size=1, template=template) as pool:
        pool.submit("a", b"echo a")
        assert list(pool.events()) == [Done("a", b"a")]
        assert not pool._workers[0].forked


def test_where_the_dead_are_not_kept_there_is_none():
    """Their process ids would be anybody's by the time that one is killed."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert Template.start([]) is None
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_nothing_is_left():
    before = children()
    with Template.start(["json"]) as template, Pool("sandbox_tasks:run", size=2, template=template) as pool:
        assert policy.adopts_orphans()
        while not all(worker.ready for worker in pool._workers) or not pool._workers:
            pool.warm_up()
            pool._listen()
        with Template.start([]) as second:
            assert len(children() - before) == 5, "two templates, a branch, two children"
            assert second.pid
    assert children() <= before
    assert not policy.adopts_orphans()


def test_a_branch_closed_while_it_loads_ends_by_itself(template):
    before = children()
    slow = template.branch("sandbox_slow:run")
    while not slow.pid:
        time.sleep(0.01)
    assert slow.pid in children() - before
    early = template.branch("sandbox_slow:run")
    early.close()
    slow.close()
    assert gone(children() - before)


def test_parent_killed_leaves_no_template():
    script = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from crible.sandbox.pool import Pool\n"
        "from crible.sandbox.template import Template\n"
        "template = Template.start([])\n"
        "pool = Pool('sandbox_tasks:run', size=2, template=template)\n"
        "pool.warm_up()\n"
        "while not all(worker.ready for worker in pool._workers): pool._listen()\n"
        "for key in range(2): pool.submit(key, b'process')\n"
        "pids = {int(e.payload) for e in pool.events()}\n"
        "pool.submit(2, b'spin')\n"
        "pids |= {template.pid, pool._branch.pid, *(w._process.pid for w in pool._workers)}\n"
        "print(*pids, flush=True)\n"
        "next(pool.events())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    ) as parent:
        pids = set(map(int, parent.stdout.readline().split()))
        assert len(pids) >= 4
        assert 0 not in pids
        parent.kill()
    with contextlib.suppress(ProcessLookupError):
        assert gone(pids)


def test_frames_come_whole(forked):
    forked.submit("a", b"frames 3 5000000")
    frames = [event.payload for event in forked.events() if isinstance(event, Frame)]
    assert frames == [at.to_bytes(4, "little") + bytes(5_000_000) for at in range(3)]
