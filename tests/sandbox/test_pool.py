"""Tasks go in, each ends exactly once, whatever the child does."""

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from crible.model.errors import IsolationError
from crible.model.ledger import Isolation
from crible.sandbox import pool as pool_module
from crible.sandbox.pool import Done, Fault, Frame, Pool
from crible.sandbox.probe import Probe
from crible.words import LANGUAGES, render


def test_isolation_is_what_the_probe_measured(pool, ask):
    ask("echo x")
    assert pool.isolation is Isolation.FULL or pool.isolation is Isolation.PARTIAL
    assert pool.isolation is pool_module.probe(pool.limits, pool.template).isolation


def test_children_started_early_are_the_ones_that_work(make_pool):
    pool = make_pool()
    pool.warm_up()
    pool.warm_up()
    for key in range(20):
        pool.submit(key, b"process")
    assert len({event.payload for event in pool.events()}) <= pool.size


def test_frames_come_in_order_before_their_end(pool):
    pool.submit("a", b"frames 50 10")
    events = list(pool.events())
    assert [event.key for event in events] == ["a"] * 51
    assert [int.from_bytes(event.payload[:4], "little") for event in events[:-1]] == list(range(50))
    assert events[-1] == Done("a", b"50")
    assert pool.pending == 0


@pytest.mark.parametrize("size", [0, 1, 1 << 16, (1 << 18) - 9, 1 << 18, (1 << 18) + 1, 5_000_000])
def test_frames_of_every_size_arrive_whole(pool, size):
    pool.submit("a", f"frames 3 {size}".encode())
    frames = [event.payload for event in pool.events() if isinstance(event, Frame)]
    assert frames == [at.to_bytes(4, "little") + bytes(size) for at in range(3)]


def test_a_request_larger_than_the_socket_holds(ask):
    assert ask("count_bytes " + "x" * 3_000_000) == "3000000"


def test_more_may_be_submitted_while_iterating(pool):
    pool.submit(0, b"echo 0")
    seen = []
    for event in pool.events():
        seen.append(event.key)
        if event.key < 200:
            pool.submit(event.key + 1, b"echo")
    assert seen == list(range(201))


def test_pending_counts_what_the_caller_has_not_seen_end(pool):
    for key in range(3):
        pool.submit(key, b"frames 1 1")
    left = [pool.pending for event in pool.events()]
    assert left == [3, 2, 2, 1, 1, 0]


def test_idle_are_the_children_started_and_heard_to_the_end(make_pool):
    pool = make_pool(size=2)
    assert pool.idle == 0
    pool.warm_up()
    for key in range(2000):  # until both have been heard: a child that still loads is not idle
        pool.submit(key, b"process")
        list(pool.events())
        if pool.idle == 2:
            break
    assert pool.idle == 2
    pool.submit("a", b"frames 2 1")
    assert pool.idle == 1
    pool.submit("b", b"echo")
    assert pool.idle == 0
    pool.submit("c", b"echo")
    assert (pool.idle, pool.descriptors) == (0, 0)
    ended = [event.key for event in pool.events() if isinstance(event, Done)]
    assert sorted(ended) == ["a", "b", "c"]
    assert pool.idle == 2


def test_descriptors_are_those_of_queued_tasks(make_pool):
    pool = make_pool(size=1)
    with open("/dev/null", "rb") as null:  # noqa: PTH123
        for key in range(4):
            pool.submit(key, b"echo", [null.fileno()] * 3)
    assert pool.descriptors == 12
    list(pool.events())
    assert pool.descriptors == 0


def test_events_resume_after_a_broken_off_iteration(pool):
    for key in range(20):
        pool.submit(key, b"echo x")
    first = next(pool.events())
    rest = [event.key for event in pool.events()]
    assert [first.key, *rest] == list(range(20))


def test_descriptors_are_readable_by_pread_and_may_be_closed_at_once(pool, tmp_path):
    for name in "ab":
        (tmp_path / name).write_bytes(name.encode() * 10 + b"12345")
    descriptors = [os.open(tmp_path / name, os.O_RDONLY) for name in "ab"]
    pool.submit("key", b"pread 8", descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    assert list(pool.events()) == [Done("key", b"aa123bb123")]


def test_descriptors_do_not_pile_up_on_either_side(ask, tmp_path):
    (tmp_path / "a").write_bytes(b"a" * 10)
    before = len(list(Path("/dev/fd").iterdir()))
    with (tmp_path / "a").open("rb") as file:
        for _ in range(150):
            assert ask("pread 0", [file.fileno()] * 3) == "a" * 15
        assert ask("open_descriptors") == "1"
    assert len(list(Path("/dev/fd").iterdir())) <= before + 3  # selector, socket


def test_a_writable_descriptor_is_not_passed_on(pool, tmp_path):
    with (tmp_path / "a").open("wb") as file, pytest.raises(ValueError, match="read-only"):
        pool.submit("key", b"echo", [file.fileno()])
    with pytest.raises(ValueError, match="64"):
        pool.submit("key", b"echo", [0] * 65)
    assert pool.pending == 0


@pytest.mark.parametrize(
    ("request_", "code", "params"),
    [
        ("quits", "worker-died", {"signal": "exit 3"}),
        ("kills_itself", "worker-died", {"signal": "SIGKILL"}),
        ("crashes", "worker-died", {"signal": "SIGSEGV"}),
        ("aborts", "worker-died", {"signal": "SIGABRT"}),
        ("raises", "reader-error", {"error": "KeyError"}),
        ("recurse", "reader-error", {"error": "RecursionError"}),
        ("poses", "reader-error", {"error": "unknown"}),
        ("garbage ffffffffff", "reply-broken", {}),
        ("garbage 0000000001", "reply-broken", {}),
        ("garbage ffffffff03", "reply-too-large", {"limit": 64 << 20}),
        (f"huge_frame {(64 << 20) + 1}", "reply-too-large", {"limit": 64 << 20}),
    ],
)
def test_a_fault_is_said_and_the_next_task_gets_a_fresh_child(ask, fault, request_, code, params):
    before = ask("process")
    assert ask(request_) == fault(code, **params)
    assert ask("process") != before


def test_a_child_that_hangs_up_is_killed(make_pool, ask, fault):
    assert ask("hangs_up", within=make_pool()) == fault("worker-died", signal="SIGKILL")


def test_frames_before_a_fault_are_kept(pool):
    pool.submit("a", b"kills_itself")
    assert list(pool.events()) == [Frame("a", b"before"), Fault("a", "worker-died", {"signal": "SIGKILL"})]


def test_silence_ends_in_a_time_limit(make_pool):
    pool = make_pool(silent_seconds=0.6)
    pool.submit("a", b"slow 30")
    started = time.monotonic()
    assert list(pool.events()) == [Frame("a", b"first"), Fault("a", "time-limit", {"seconds": 1})]
    assert 0.5 < time.monotonic() - started < 3


def test_a_caller_who_dawdles_is_not_the_child_being_silent(make_pool):
    pool = make_pool(silent_seconds=0.6)
    pool.submit("a", b"frames 40 100000")
    events = []
    for event in pool.events():
        events.append(event)
        if len(events) in (1, 20):
            time.sleep(1)
    assert events[-1] == Done("a", b"40")


def test_computing_without_end_runs_into_the_processor_limit(make_pool, ask, fault):
    pool = make_pool(cpu_seconds=1)
    started = time.process_time(), time.monotonic()
    assert ask("spin", within=pool) == fault("cpu-limit", seconds=1)
    assert time.monotonic() - started[1] < 6
    assert time.process_time() - started[0] < 1, "waiting must not spin"


@pytest.mark.skipif(not hasattr(time, "clock_getres") or os.uname().sysname != "Linux", reason="watched on Linux")
def test_a_child_deaf_to_the_signal_is_stopped_all_the_same(make_pool, ask, fault):
    assert ask("spin_deaf", within=make_pool(cpu_seconds=1)) == fault("cpu-limit", seconds=1)


def test_the_processor_limit_is_per_task(make_pool):
    """Four tasks of about half a second each, under a limit of one second, in one child."""
    pool = make_pool(cpu_seconds=1)
    for key in range(4):
        pool.submit(key, b"burn 0.6")
    assert [event.payload for event in pool.events()] == [b"None"] * 4


def test_the_output_of_a_task_is_capped_as_a_whole(make_pool, ask, fault):
    pool = make_pool(output=10_000_000)
    assert ask("frames 9 1000000", within=pool) == "9"
    assert ask("frames 11 1000000", within=pool) == fault("reply-too-large", limit=10_000_000)


def test_small_frames_without_end_meet_the_same_cap(make_pool, ask, fault):
    assert ask("frames 100 1", within=make_pool(output=10_000_000)) == fault("reply-too-large", limit=10_000_000)


def test_output_earns_a_task_its_processor_time_anew(make_pool, ask, fault):
    """Three seconds of computing under a limit of one: for a task with something to show for it, and not without."""
    pool = make_pool(cpu_seconds=1, earn=1 << 20)
    assert ask("burn_and_tell 3", within=pool) == "None"
    assert ask("burn 3", within=pool) == fault("cpu-limit", seconds=1)


@pytest.mark.parametrize("request_", [b"forges", b"forges_header"])
def test_what_a_child_says_after_its_end_is_not_taken_for_the_next_task(pool, request_):
    pool.submit("a", request_)
    pool.submit("b", b"echo b")
    events = list(pool.events())
    assert events == [Done("a", b"ok"), Done("b", b"b")]


def test_children_are_replaced_after_so_many_tasks(make_pool):
    pool = make_pool(tasks=3)
    for key in range(9):
        pool.submit(key, b"process")
    children = Counter(event.payload for event in pool.events())
    assert sorted(children.values()) == [3, 3, 3]


def test_among_many_faults_no_task_is_lost_and_none_ends_twice(make_pool):
    pool = make_pool(size=3, silent_seconds=5)
    kinds = ["echo x", "frames 20 5000", "quits", "raises", "kills_itself", "garbage 1111111111", "frames 2 700000"]
    expected = {}
    for key in range(42):
        expected[key] = kinds[key % len(kinds)]
        pool.submit(key, expected[key].encode())
    ends, frames = {}, Counter()
    for event in pool.events():
        if isinstance(event, Frame):
            assert event.key not in ends
            frames[event.key] += 1
        else:
            assert event.key not in ends
            ends[event.key] = event
    assert set(ends) == set(expected)
    for key, kind in expected.items():
        assert isinstance(ends[key], Done) == kind.startswith(("echo", "frames"))
        if kind.startswith("frames"):
            assert frames[key] == int(kind.split()[1])


def test_a_child_killed_while_idle_costs_no_task(pool, ask):
    os.kill(int(ask("process")), 9)
    time.sleep(0.2)
    assert ask("echo still here") == "still here"


def test_two_children_work_at_once(make_pool):
    pool = make_pool(size=2)
    for key in range(2):
        pool.submit(key, b"slow 0.7")
    list(pool.events())
    started = time.monotonic()
    for key in range(2):
        pool.submit(key, b"slow 0.7")
    list(pool.events())
    assert time.monotonic() - started < 1.2


def test_an_entry_that_cannot_be_loaded_is_a_defect_of_ours():
    with Pool("sandbox_tasks:absent", size=1) as it:
        it.submit("a", b"")
        with pytest.raises(RuntimeError, match="AttributeError"):
            list(it.events())


def test_no_isolation_is_refused_unless_asked_for(monkeypatch):
    monkeypatch.setattr(pool_module, "probe", lambda limits, template: Probe(Isolation.NONE, {}))
    with pytest.raises(IsolationError) as caught:
        Pool("sandbox_tasks:run", size=1)
    assert caught.value.code == "isolation-none"
    with Pool("sandbox_tasks:run", size=1, warm=True) as it:
        with pytest.raises(IsolationError):
            it.submit("a", b"echo a")
        assert it.pending == 0
        assert it._workers == []
    with Pool("sandbox_tasks:run", size=1, unsafe=True) as it:
        it.submit("a", b"echo a")
        assert list(it.events()) == [Done("a", b"a")]
        assert it.isolation is Isolation.NONE


def test_close_ends_children_in_the_middle_of_a_task(make_pool):
    pool = make_pool()
    pool.submit("a", b"slow 60")
    assert next(pool.events()) == Frame("a", b"first")
    (worker,) = pool._workers
    pool.close()
    assert pool.pending == 0
    with pytest.raises(ProcessLookupError):
        os.kill(worker._process.pid, 0)


def test_a_large_frame_costs_no_more_per_byte_than_a_small_one(pool):
    """Quadratic reassembly would take minutes here."""
    pool.submit("warm", b"echo")
    list(pool.events())
    started = time.process_time()
    pool.submit("a", b"frames 4 60000000")
    sizes = [len(event.payload) for event in pool.events() if isinstance(event, Frame)]
    assert sizes == [60_000_004] * 4
    assert time.process_time() - started < 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_its_sentence(language):
    params = {"signal": "SIGSEGV", "seconds": 180, "limit": 64 << 20, "error": "KeyError"}
    for code in (
        "worker-died",
        "time-limit",
        "cpu-limit",
        "memory-limit",
        "reply-too-large",
        "reply-broken",
        "reader-error",
    ):
        assert "{" not in render("ledger", code, params, language)
    assert "--unsafe" in render("errors", "isolation-none", {}, language)
