"""The main job from the outside: source to ledger, grades and export, as its user runs it."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from leak_maker import mail, mbox

from crible.sift import ledger
from crible.sift.export import lines
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Document

MAILS = 700


@pytest.fixture(scope="module")
def case(crible, leak: Path, key_file: Path) -> Path:
    """Made by the program itself."""
    folder = leak.parent / "case"
    crible("sift", leak, "--case", folder, "--keys", key_file, "--jobs", 2)
    return folder


@pytest.fixture(scope="module")
def exported(crible, case: Path) -> list[dict]:
    return [json.loads(line) for line in crible("export", "--case", case).stdout.splitlines()]


def by_path(found: list[dict], ending: str) -> dict:
    return next(line for line in found if any(path.endswith(ending) for path in line["paths"]))


def as_exported() -> list[dict]:
    return [json.loads(json.dumps(line)) for line in lines()]


def test_the_coordinator_loads_no_container_library() -> None:
    """They belong into the children; and they take 50 ms."""
    loads = "from crible.store.setup import ready; ready(); import crible.sift.run, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)
    assert not {"py7zr", "libarchive", "olefile", "pypdfium2", "pyhanko"} & set(done.stdout.split())


def test_everything_listed_ends_once(crible, case: Path) -> None:
    account = json.loads(crible("ledger", "--case", case, "--json").stdout)
    # 6 files, 3 + 1 mails, 2 members of the archive, 1 attachment
    assert account["in"] == account["out"] == 13
    assert account["balanced"]
    assert account["states"] == {"duplicate": 3, "ignored": 1, "read": 8, "unreadable": 1}
    assert {reason["code"] for reason in account["reasons"]} == {"empty", "no-reader"}


def test_same_bytes_are_one_document_with_every_path(exported: list[dict]) -> None:
    assert by_path(exported, "devis-copie.txt")["paths"] == [
        "leak/devis-copie.txt",
        "leak/archive.zip/devis-copie.txt",
        "leak/nguyen.mbox/000000/2~devis.txt",
    ]
    assert by_path(exported, "nguyen.mbox/000001")["paths"] == ["leak/ferrand.mbox/000000", "leak/nguyen.mbox/000001"]
    assert len({line["id"] for line in exported}) == len(exported) == 10


def test_signature_vouches_for_the_mail_and_what_it_carries(exported: list[dict]) -> None:
    assert by_path(exported, "nguyen.mbox/000000")["grade"]["level"] == "proven"
    assert "user-key" in by_path(exported, "nguyen.mbox/000000")["grade"]["badges"]
    assert by_path(exported, "devis-copie.txt")["grade"]["level"] == "partly-proven"
    assert by_path(exported, "nguyen.mbox/000001")["grade"]["level"] == "unattested"


def test_sifting_again_changes_nothing_and_weighs_nothing(case: Path, exported: list[dict]) -> None:
    begun: list[str] = []
    sift(Case.open(case), [], Options(jobs=1), Watch(stage=lambda name, _total: begun.append(name)))
    assert begun == ["take", "read"]
    with Case.open(case).facts():
        assert as_exported() == exported


def test_originals_are_left_as_they_were_and_the_manifest_checks(leak: Path, case: Path) -> None:
    checked = subprocess.run(["sha256sum", "-c", case / "custody" / "manifest.sha256"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(checked.stdout.splitlines()) == 6


def test_in_place_keeps_no_copy_and_says_the_same(leak: Path, key_file: Path, sifted, tmp_path: Path, exported) -> None:
    placed = sifted(tmp_path / "placed", leak, in_place=True, key_files=(key_file,))
    kept = {path.read_bytes() for path in (placed.folder / "blobs").rglob("*") if path.is_file()}
    assert not {path.read_bytes() for path in leak.iterdir() if path.suffix != ".txt"} & kept
    with placed.facts():
        assert as_exported() == exported


def test_older_readers_work_is_done_again_to_the_same_end(case: Path, tmp_path: Path, exported: list[dict]) -> None:
    shutil.copytree(case, tmp_path / "older")
    older = Case.open(tmp_path / "older")
    older.record("stages", {"read": "an older version", "weighed": ""})
    with older.facts(write=True):
        Document.objects.filter(state="unreadable").update(reason={"code": "no-reader", "params": {"type": "old/type"}})
    ended: list[int] = []
    sift(older, [], Options(jobs=1), Watch(tick=lambda n, _size: ended.append(n)))
    assert sum(ended) > 6
    with older.facts():
        assert as_exported() == exported


def test_a_second_coordinator_is_told_who_holds_the_case(crible, case: Path) -> None:
    with (case / "case.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(f"{os.getpid()} (here)")
        lock.flush()
        done = crible("sift", "--case", case, code=1)
    assert str(os.getpid()) in done.stderr
    assert "[case-locked]" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sift", "nowhere", "--case", "c"), "source-missing"),
        (("sift", "--case", "nowhere"), "case-missing"),
        (("weigh", "nowhere.eml"), "file-unreadable"),
    ],
)
def test_errors_are_one_sentence_with_a_code(crible, tmp_path: Path, monkeypatch, arguments, code: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"[{code}]" in crible(*arguments, code=1).stderr


def test_a_whole_sift_connects_to_nothing(leak: Path, tmp_path: Path) -> None:
    refuse = (
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event in ('socket.connect', 'socket.bind', 'socket.getaddrinfo', 'socket.gethostbyname'):\n"
        "        print('CONNECTED', event, args); raise RuntimeError(event)\n"
        "sys.addaudithook(refuse)\n"
        "from crible.cli.main import run\n"
        f"sys.argv = ['crible', 'sift', {str(leak)!r}, '--case', {str(tmp_path / 'offline')!r}]\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", refuse], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "CONNECTED" not in done.stdout


def test_interrupted_it_finishes_its_batch_and_the_next_run_goes_on(tmp_path: Path) -> None:
    mails = [mail(f"Mail {n}", f"Texte {n}.\n" * 1300, serial=n) for n in range(MAILS)]
    box = mbox(tmp_path / "grande.mbox", mails)
    command = [sys.executable, "-m", "crible", "sift", str(box), "--case", str(tmp_path / "case"), "--jobs", "1"]
    process = subprocess.Popen([*command, "--json"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:  # one event a line; the second of reading says that mails are coming back
        if '"read"' in line:
            break
    case = Case.open(tmp_path / "case")
    _wait_for(case, 50)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    with case.facts():
        done = Document.objects.filter(state="read").count()
        assert 50 < done < MAILS + 1
        assert not Document.objects.exclude(attempts=0).exists()
    sift(case, [], Options(jobs=2), Watch())
    with case.facts():
        assert Document.objects.filter(state="read").count() == MAILS + 1
        assert not Document.objects.exclude(attempts=0).exists()
        assert ledger.account().balanced


def _wait_for(case: Case, documents: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with case.facts():
            if Document.objects.filter(state="read").count() > documents:
                return
        time.sleep(0.05)
    raise AssertionError("nothing was read")
