"""A second process that weighs too: what comes back is what this one would have made, whatever becomes of it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from django.db.models import Model

from crible.sift import beside as module
from crible.sift import run, weigh
from crible.sift.beside import beside, possible
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Blob, Evidence, Relation, Remark, Version, Weighing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is no second process elsewhere")
LARGE = 3 << 20
WRITTEN: tuple[type[Model], ...] = (Relation, Version, Remark, Weighing, Evidence)


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "possible", lambda: True)


def numbered(*before: Callable[[], None]) -> Iterator[bytes]:
    """Four pieces, one larger than any pipe; something may happen before each."""
    for n, size in enumerate((1, LARGE, 0, 5)):
        for happens in before[n : n + 1]:
            happens()
        yield bytes([n]) * size


def test_what_it_makes_comes_back_in_order(blank: Case) -> None:
    with beside(blank, numbered, worth=True) as made:
        assert list(made) == list(numbered())


def test_it_is_another_process_only_where_that_is_worth_it(blank: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def who() -> Iterator[bytes]:
        yield str(os.getpid()).encode()

    def asked(*, worth: bool) -> int:
        with beside(blank, who, worth=worth) as made:
            return int(next(made))

    assert asked(worth=True) != os.getpid()
    assert asked(worth=False) == os.getpid()
    monkeypatch.setattr(module, "possible", possible)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})
    assert asked(worth=True) == os.getpid()


def test_where_there_can_be_none_this_one_does_the_work(blank: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no process is left")

    monkeypatch.setattr(os, "fork", refused)
    with beside(blank, numbered, worth=True) as made:
        assert list(made) == list(numbered())


def test_where_the_dead_are_not_kept_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    assert possible()
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert not possible()
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_ctrl_c_at_its_first_breath_does_not_lead_it_back_into_our_code(
    blank: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork = os.fork

    def interrupted() -> int:
        pid = fork()
        if not pid:
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:  # it would now leave each of the coordinator's blocks
                os._exit(9)
        return pid

    monkeypatch.setattr(os, "fork", interrupted)
    with beside(blank, lambda: iter([str(os.getpid()).encode()]), worth=True) as made:
        assert int(next(made)) != os.getpid()
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGINT, signal.SIGTERM}


def test_it_reads_the_facts_over_a_connection_of_its_own(blank: Case) -> None:
    Blob.objects.create(sha256=bytes(32), size=3)

    def looks() -> Iterator[bytes]:
        yield str(list(Blob.objects.values_list("size", flat=True))).encode()
        yield Blob.objects.db.encode()
        yield str(connections[blank.alias].connection).encode()  # none crossed the fork
        try:
            Blob.objects.create(sha256=b"1" * 32, size=4)
        except OperationalError as error:
            yield str(error).encode()

    with beside(blank, looks, worth=True) as made:
        sizes, alias, inherited, refused = made
    assert (sizes, alias, inherited) == (b"[3]", f"{blank.alias}-ro".encode(), b"None")
    assert b"readonly" in refused
    assert Blob.objects.count() == 1


def test_it_holds_nothing_else_of_the_coordinator(blank: Case) -> None:
    def open_files() -> Iterator[bytes]:
        links = {str(one.readlink()) for one in list(Path("/proc/self/fd").iterdir()) if one.is_symlink()}
        yield "\n".join(sorted(links - {os.devnull})).encode()

    reader, writer = os.pipe()
    with beside(blank, open_files, worth=True) as made:
        held = next(made).decode().split("\n")
    os.close(reader)
    os.close(writer)
    assert [kind for one in held if (kind := one.partition(":")[0]) == "pipe"] == ["pipe"]
    assert not any("case.lock" in one or "socket:" in one for one in held)


@pytest.mark.parametrize("at", range(4))
def test_where_it_dies_this_process_does_the_rest(blank: Case, at: int) -> None:
    parent = os.getpid()

    def dies() -> None:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    with beside(blank, lambda: numbered(*[lambda: None] * at, dies), worth=True) as made:
        assert list(made) == list(numbered())


def test_what_it_cannot_do_fails_here_and_says_why(blank: Case) -> None:
    def fails() -> None:
        raise ZeroDivisionError("as it would here")

    with beside(blank, lambda: numbered(lambda: None, fails), worth=True) as made:
        assert next(made) == b"\0"
        with pytest.raises(ZeroDivisionError, match="as it would here"):
            next(made)


def test_it_ends_with_whoever_stops_listening(blank: Case) -> None:
    def endless() -> Iterator[bytes]:
        yield str(os.getpid()).encode()
        time.sleep(600)

    with beside(blank, endless, worth=True) as made:
        pid = int(next(made))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_dies_with_a_coordinator_that_is_killed(blank: Case) -> None:
    script = """
        import os, sys, time
        from pathlib import Path
        from crible.store.setup import ready
        ready()
        from crible.sift import beside
        from crible.store.case import Case
        beside.possible = lambda: True
        def endless():
            yield str(os.getpid()).encode()
            time.sleep(600)
        case = Case.open(Path(sys.argv[1]))
        with case.facts(write=True), beside.beside(case, endless, worth=True) as made:
            print(next(made).decode(), flush=True)
            time.sleep(600)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(blank.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as coordinator:
        assert coordinator.stdout is not None
        pid = int(coordinator.stdout.readline())
        coordinator.kill()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
            return
        time.sleep(0.05)
    pytest.fail("the second process outlived its coordinator")


def test_a_case_is_weighed_the_same_by_several(
    world_leak: Path, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = list[int]()
    fork = os.fork

    def counted() -> int:
        forked.append(pid := fork())
        return pid

    def rows(worth: int) -> list[tuple[object, ...]]:
        monkeypatch.setattr(run, "WORTH", worth)
        run.sift(case, [world_leak], Options(jobs=2, key_files=(key_file,)), Watch())
        with case.facts():
            return [row for model in WRITTEN for row in model._default_manager.order_by("pk").values_list()]

    monkeypatch.setattr(weigh, "CHUNK", 3)
    monkeypatch.setattr(os, "fork", counted)
    case = Case.create(tmp_path / "case")
    alone = rows(1_000)
    assert alone
    assert not forked
    # The same case again: two children that read number its documents in the order in which they end.
    with case.facts(write=True), connections[case.alias].cursor() as cursor:
        for model in reversed(WRITTEN):
            model._default_manager.all().delete()
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    case.record("stages", {"weighed": ""})
    assert rows(0) == alone
    assert len(forked) == 3
