"""The coordinator against a worker that dies, loops and lies, in the real sandbox; and against its own death."""

import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from leak_maker import mbox, raw, zipped
from sift_rows import coordinator, documents_of

from crible.model.errors import InputError
from crible.model.ledger import FINAL, State
from crible.proof.keyring import KeyRing
from crible.sandbox.pool import Limits, Pool
from crible.sift import ledger
from crible.sift.commit import Committer
from crible.sift.coordinator import SMALL_BYTES, SMALL_FILES
from crible.sift.gather import CHECKPOINT
from crible.sift.origins import Origins
from crible.sift.run import WORKER
from crible.sift.sources import add, take
from crible.sift.wire import decode_request
from crible.store.models import Blob, Document, Entry, Reading

HOSTILE = "sift_hostile:handle"
LIMITS = Limits(cpu_seconds=1, frame=2 << 20, memory=1 << 30, silent_seconds=30)


def worked(case, contents: list[bytes], size: int = 1) -> list[Document]:
    documents_of(case, contents)
    with Pool(HOSTILE, size=size, limits=LIMITS) as pool:
        assert coordinator(case, pool).run()
    return list(Document.objects.filter(depth=1).order_by("pk"))


@pytest.mark.parametrize(
    ("word", "state", "code"),
    [
        (b"die", State.QUARANTINED, "worker-died"),
        (b"loop", State.UNREADABLE, "cpu-limit"),
        (b"garbage", State.QUARANTINED, "reply-broken"),
        (b"deep", State.QUARANTINED, "reply-broken"),
        (b"memory", State.UNREADABLE, "memory-limit"),
        (b"huge", State.UNREADABLE, "reply-too-large"),
        (b"half", State.QUARANTINED, "worker-died"),
        (b"outside", State.QUARANTINED, "reply-broken"),
        (b"alias", State.QUARANTINED, "reply-broken"),
        (b"forever", State.QUARANTINED, "reply-broken"),
        (b"unheard", State.QUARANTINED, "reply-broken"),
        (b"other", State.QUARANTINED, "reply-broken"),
    ],
)
def test_the_culprit_alone_is_set_aside(blank, word: bytes, state: State, code: str) -> None:
    contents = [b"plain %d\n" % n for n in range(7)]
    contents[3] = word + b" 3\n"
    found = worked(blank, contents)
    assert [(d.state, d.reason and d.reason["code"]) for d in found if d.pk != 5] == [("read", None)] * 6
    assert (found[3].state, found[3].reason["code"]) == (state, code)
    assert [d.attempts for d in found] == [0, 0, 0, 2, 0, 0, 0]
    assert Reading.objects.count() == 6
    assert ledger.account().balanced
    assert not list((blank.folder / "blobs" / "tmp").glob("*"))


class Counting(Pool):
    """Remembers how many documents each task brought."""

    tasks: list[int]

    def submit(self, key, request, descriptors=()) -> None:
        self.tasks = [*getattr(self, "tasks", []), len(decode_request(request).jobs)]
        super().submit(key, request, descriptors)


@pytest.mark.parametrize(
    ("word", "state", "code", "attempts"),
    [(b"die", State.QUARANTINED, "worker-died", 2), (b"memory", State.UNREADABLE, "memory-limit", 1)],
)
def test_small_files_travel_together_and_each_is_judged_alone(blank, word, state, code, attempts) -> None:
    contents = [b"plain %d\n" % n for n in range(20)]
    contents[3] = word + b" 3\n"
    documents_of(blank, contents, mail=False)
    with Counting(HOSTILE, size=1, limits=LIMITS) as pool:
        assert coordinator(blank, pool).run()
    found = list(Document.objects.filter(depth=1).order_by("pk"))
    assert [d.attempts for d in found] == [attempts if n == 3 else 0 for n in range(20)]
    assert (found[3].state, found[3].reason["code"]) == (state, code)
    assert Reading.objects.count() == 19
    assert pool.tasks[0] == SMALL_FILES
    assert pool.tasks.count(1) >= attempts


@pytest.mark.parametrize("others", [0, 1, 7])
def test_who_travels_with_a_container_decides_nothing(blank, others: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for n in range(900):
            made.writestr(f"{n}", b"Texte %d. " % n + bytes(50))
    box = packed.getvalue()
    assert len(box) < SMALL_BYTES
    documents_of(blank, [box, *(b"Une ligne, la %d.\n" % n for n in range(others))], mail=False)
    with Pool(WORKER, size=1, limits=Limits(output=1500 << 18)) as pool:  # 500 members: three frames each
        coordinator(blank, pool).run()
    found = list(Document.objects.filter(path__regex=r"^rows/\d+$").order_by("pk"))
    told = [(one.state, one.reason and one.reason["code"], one.attempts, one.listed) for one in found]
    assert told == [("unreadable", "reply-too-large", 1, CHECKPOINT), *[("read", None, 0, None)] * others]


def test_files_wait_in_no_greater_numbers_than_may_be_open(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(600):
        (folder / f"{n}.txt").write_bytes(b"Une ligne, la %d.\n" % n)
    sift = f"{sys.executable} -m crible sift {folder} --case {tmp_path / 'case'} --no-ocr --jobs 2"
    done = subprocess.run(["sh", "-c", f"ulimit -n 128; exec {sift}"], capture_output=True, text=True, timeout=120)
    assert (done.returncode, "600 in, 600 out" in done.stdout) == (0, True), done.stderr


def test_large_files_travel_alone(blank) -> None:
    documents_of(blank, [b"plain %d\n" % n + bytes(SMALL_BYTES) for n in range(5)], mail=False)
    with Counting(HOSTILE, size=1, limits=LIMITS) as pool:
        assert coordinator(blank, pool).run()
    assert pool.tasks == [1] * 5


def test_several_culprits_and_children_lose_nothing_and_do_nothing_twice(blank) -> None:
    words = {4: b"die", 11: b"garbage", 17: b"half", 39: b"other"}
    found = worked(blank, [words.get(n, b"plain") + b" %d\n" % n for n in range(80)], size=2)
    assert {n for n, document in enumerate(found) if document.state == State.QUARANTINED} == set(words)
    assert sum(document.state == State.READ for document in found) == 76
    assert Reading.objects.count() == 76
    assert ledger.account().balanced


def test_a_reply_with_fewer_outcomes_than_jobs_leaves_nobody_running(blank) -> None:
    found = worked(blank, [b"plain 0\n", b"early 1\n", b"plain 2\n", b"plain 3\n"])
    assert [document.state for document in found] == ["read"] * 4


def test_what_broke_off_in_the_middle_keeps_what_it_listed_and_says_at_least(blank) -> None:
    found = worked(blank, [b"plain 0\n", b"broke-off " + b"x" * 600 + b"\n"])
    broken = found[1]
    assert (broken.state, broken.reason["code"]) == ("quarantined", "worker-died")
    assert broken.members.count() == broken.listed == 450
    account = ledger.account()
    assert account.balanced
    assert account.at_least == 1


def test_claims_of_a_dead_coordinator_return_uncounted(blank) -> None:
    documents_of(blank, [b"plain %d\n" % n for n in range(3)])
    Document.objects.filter(depth=1).update(state=State.RUNNING)
    with Pool(HOSTILE, size=1, limits=LIMITS) as pool:
        coordinator(blank, pool).run()
    assert set(Document.objects.filter(depth=1).values_list("state", "attempts")) == {("read", 0)}


def test_stopped_it_finishes_what_runs_and_the_next_goes_on(blank) -> None:
    documents_of(blank, [b"plain %d\n" % n + bytes(60_000) for n in range(200)])
    ended: list[int] = []
    with Pool(HOSTILE, size=1, limits=LIMITS) as pool:
        stopped = coordinator(blank, pool, tick=lambda n, _size: ended.append(n), stop=lambda: len(ended) > 10)
        assert not stopped.run()
        assert 10 < Document.objects.filter(depth=1, state=State.READ).count() == len(ended) < 200
        assert coordinator(blank, pool).run()
    assert Document.objects.filter(depth=1, state=State.READ).count() == 200
    assert not Document.objects.exclude(attempts=0).exists()


class Dying(Committer):
    """Dies after so many checkpoints, as kill -9 would: what is committed stays, nothing else does."""

    left = 2

    def commit(self, findings, documents) -> None:
        super().commit(findings, documents)
        self.left -= any(finding.outcome is None for finding in findings)
        if not self.left:
            raise KilledError


class KilledError(Exception):
    pass


class Listening(Committer):
    """Remembers which ordinals of the top container came in."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.ordinals: list[int] = []

    def commit(self, findings, documents) -> None:
        self.ordinals += [m.ordinal for f in findings if f.job.document == 1 for m in f.members]
        super().commit(findings, documents)


class Asking(Pool):
    """Remembers from where it was asked to go on."""

    resumed: list[tuple[int, int]]

    def submit(self, key, request, descriptors=()) -> None:
        self.resumed = [*getattr(self, "resumed", []), *[job.resume for job in decode_request(request).jobs]]
        super().submit(key, request, descriptors)


def walked(case, pool, committer) -> None:
    """Take the source and walk its container, no further."""
    take(case, committer, lambda _n, _size: None, in_place=False)
    done: list[int] = []
    coordinator(case, pool, committer=committer, tick=lambda n, _s: done.append(n), stop=lambda: bool(done)).run()


def listing() -> list[tuple]:
    rows = Entry.objects.order_by("path").values_list("path", "ordinal", "offset", "length", "document__sha256")
    return [(*row[:4], bytes(row[4])) for row in rows]


@pytest.mark.parametrize("kind", ["mbox", "zip"])
def test_a_long_walk_goes_on_at_its_checkpoint(make_blank, tmp_path: Path, kind: str) -> None:
    mails = [raw(f"Mail {n}", b"Texte %d.\n" % n, serial=n) for n in range(2000)]
    path = tmp_path / f"long.{kind}"
    if kind == "mbox":
        mbox(path, mails)
    else:
        path.write_bytes(zipped({f"d/{n:04}.eml": one for n, one in enumerate(mails)}))
    with make_blank("calm") as calm, Pool(WORKER, size=1) as pool:
        add(calm, [path])
        walked(calm, pool, Listening(KeyRing.default(), pool.isolation))
        undisturbed = listing()
        account_of_bytes = Document.objects.values_list("framing", "remainder_bytes").get(pk=1)
    with make_blank("killed") as killed:
        add(killed, [path])
        with Asking(WORKER, size=1) as pool, pytest.raises(KilledError):
            walked(killed, pool, Dying(KeyRing.default(), pool.isolation))
        box = Document.objects.get(pk=1)
        assert (box.state, box.attempts) == (State.RUNNING, 0)
        assert box.checkpoint[0] >= 2 * CHECKPOINT
        with Asking(WORKER, size=1) as pool:
            committer = Listening(KeyRing.default(), pool.isolation)
            walked(killed, pool, committer)
        assert pool.resumed == [tuple(box.checkpoint)]
        assert min(committer.ordinals) == box.checkpoint[0]
        assert listing() == undisturbed
        box.refresh_from_db()
        assert (box.state, box.listed, box.checkpoint) == (State.READ, 2000, None)
        assert (box.framing, box.remainder_bytes) == account_of_bytes


@pytest.mark.parametrize("change", ["changed", "gone", "replaced by a pipe"])
def test_bytes_left_in_place_are_read_as_taken_or_not_at_all(make_blank, tmp_path: Path, change: str) -> None:
    folder = tmp_path / "placed"
    folder.mkdir()
    box = mbox(folder / "a.mbox", [raw("Un", b"Un.\n", serial=1)])
    (folder / "b.txt").write_bytes(b"Un texte qui reste comme il est.\n")
    with make_blank("case") as case, Pool(WORKER, size=1) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        add(case, [folder])
        take(case, committer, lambda _n, _size: None, in_place=True)
        assert Blob.objects.exclude(origin="").count() == 2
        stamp = box.stat()
        data = box.read_bytes()
        box.unlink()
        if change == "changed":
            box.write_bytes(data.replace(b"Un.", b"Du."))
            os.utime(box, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        elif change == "replaced by a pipe":
            os.mkfifo(box)
        assert coordinator(case, pool, committer=committer).run()
        rows = dict(Document.objects.values_list("path", "reason"))
        assert rows["placed/b.txt"] is None
        code = "origin-unreadable" if change == "gone" else "origin-changed"
        assert rows["placed/a.mbox"]["code"] == code
        assert "path" not in rows["placed/a.mbox"]["params"]
        assert set(Document.objects.values_list("state", flat=True)) <= {str(state) for state in FINAL}


def test_a_change_between_two_openings_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_bytes(b"as taken")
    digest = hashlib.sha256(b"as taken").digest()
    origins = Origins()
    for _ in range(2):
        os.close(origins.open(str(path), digest))
    time.sleep(0.02)  # file systems stamp to the tick
    path.write_bytes(b"AS taken")
    with pytest.raises(InputError, match="origin-changed"):
        origins.open(str(path), digest)
