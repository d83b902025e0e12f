"""The main job from the outside: source to ledger, grades and export."""

import json
import subprocess
from pathlib import Path

import pytest


def exported(crible, case: Path) -> list[dict]:
    return [json.loads(line) for line in crible("export", "--case", case).stdout.splitlines()]


def by_path(lines: list[dict], ending: str) -> dict:
    return next(line for line in lines if any(path.endswith(ending) for path in line["paths"]))


@pytest.fixture
def case(crible, leak: Path, signer, tmp_path: Path) -> Path:
    keys = signer.key_file(tmp_path / "keys.txt")
    crible("sift", leak, "--case", tmp_path / "case", "--keys", keys, "--jobs", 2)
    return tmp_path / "case"


def test_everything_listed_ends_once(crible, case: Path) -> None:
    account = json.loads(crible("ledger", "--case", case, "--json").stdout)
    # 6 files, 3 + 1 mails, 2 members of the archive, 1 attachment
    assert account["in"] == account["out"] == 13
    assert account["balanced"]
    assert account["states"] == {"duplicate": 3, "ignored": 1, "read": 8, "unreadable": 1}
    assert {reason["code"] for reason in account["reasons"]} == {"empty", "no-reader"}


def test_same_bytes_are_one_document_with_every_path(crible, case: Path) -> None:
    lines = exported(crible, case)
    devis = by_path(lines, "devis-copie.txt")
    assert devis["paths"] == [
        "leak/devis-copie.txt",
        "leak/archive.zip/devis-copie.txt",
        "leak/nguyen.mbox/000000/2~devis.txt",
    ]
    salle = by_path(lines, "nguyen.mbox/000001")
    assert salle["paths"] == ["leak/ferrand.mbox/000000", "leak/nguyen.mbox/000001"]
    assert len({line["id"] for line in lines}) == len(lines) == 10


def test_signature_vouches_for_the_mail_and_what_it_carries(crible, case: Path) -> None:
    lines = exported(crible, case)
    signed = by_path(lines, "nguyen.mbox/000000")
    assert signed["grade"]["level"] == "proven"
    assert by_path(lines, "devis-copie.txt")["grade"]["level"] == "partly-proven"
    assert by_path(lines, "nguyen.mbox/000001")["grade"]["level"] == "unattested"
    assert [line["id"] for line in lines] == sorted(line["id"] for line in lines)


def test_sifting_again_changes_nothing(crible, case: Path) -> None:
    before = crible("export", "--case", case).stdout
    crible("sift", "--case", case)
    assert crible("export", "--case", case).stdout == before


def test_a_key_that_comes_later_is_enough(crible, leak: Path, signer, tmp_path: Path) -> None:
    case = tmp_path / "later"
    crible("sift", leak, "--case", case)
    assert by_path(exported(crible, case), "nguyen.mbox/000000")["grade"]["level"] == "unattested"
    crible("keys", "add", signer.key_file(tmp_path / "mine.txt"), "--case", case)
    crible("sift", "--case", case)
    after = by_path(exported(crible, case), "nguyen.mbox/000000")
    assert after["grade"]["level"] == "proven"
    assert "user-key" in after["grade"]["badges"]


def test_originals_are_left_as_they_were_and_the_manifest_checks(crible, leak: Path, case: Path) -> None:
    checked = subprocess.run(["sha256sum", "-c", case / "custody" / "manifest.sha256"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(checked.stdout.splitlines()) == 6
    assert not (leak / "case").exists()


def test_in_place_keeps_no_copy_and_notices_a_change(crible, leak: Path, tmp_path: Path) -> None:
    case = tmp_path / "placed"
    crible("sift", leak, "--case", case, "--in-place")
    kept = {path.stat().st_size for path in (case / "blobs").rglob("*") if path.is_file()}
    assert (leak / "nguyen.mbox").stat().st_size not in kept
    same = tmp_path / "copied"
    crible("sift", leak, "--case", same)
    assert crible("export", "--case", case).stdout == crible("export", "--case", same).stdout


def test_a_second_coordinator_is_told_who_holds_the_case(crible, case: Path) -> None:
    import fcntl
    import os

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
        (("export", "--case", "nowhere"), "case-missing"),
        (("weigh", "nowhere.eml"), "file-unreadable"),
    ],
)
def test_errors_are_one_sentence_with_a_code(crible, tmp_path: Path, monkeypatch, arguments, code: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = crible(*arguments, code=1)
    assert f"[{code}]" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


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
    import sys

    done = subprocess.run([sys.executable, "-c", refuse], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "CONNECTED" not in done.stdout
