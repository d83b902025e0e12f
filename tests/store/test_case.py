"""A case folder: made once, its file kept as its owner wrote it, its facts written by one and read by all."""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from crible.model.errors import CaseError
from crible.store.case import FORMAT, Case
from crible.store.lock import locked
from crible.store.models import Blob
from crible.store.router import FactsRouter
from crible.store.setup import check_current


@pytest.mark.parametrize("name", ["plain", 'a "quoted" \\ one', "line\nbreak", "été", os.fsdecode(b"latin-\xe9")])
def test_any_folder_name_makes_a_case(tmp_path: Path, name: str) -> None:
    case = Case.create(tmp_path / name)
    assert case.title == name.encode("utf-8", "replace").decode()
    assert Case.create(tmp_path / name).uuid == case.uuid
    assert case.settings["format"] == FORMAT


def test_a_folder_made_for_a_case_is_its_owners_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o750)
    assert stat.S_IMODE(Case.create(tmp_path / "made").folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(Case.create(shared).folder.stat().st_mode) == 0o750


def test_recording_leaves_the_owners_words(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    path = case.folder / "case.toml"
    path.write_text(path.read_text().replace('posted_by = ""', 'posted_by = "anonymous"   # as seen at 20:35'))
    case = Case.open(case.folder)
    case.record("stages", {"read": "1"})
    case.record("stages", {"weighed": "x"})
    again = Case.open(case.folder)
    assert again.settings["stages"] == {"read": "1", "weighed": "x"}
    assert 'posted_by = "anonymous"   # as seen at 20:35' in path.read_text()


@pytest.mark.parametrize(
    ("text", "code"),
    [("format = 99\n", "case-format"), ("format = \n", "case-broken"), ("format = 1\ntitle = '\udce9'", "case-broken")],
)
def test_what_is_no_case_of_ours_is_said(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "case.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CaseError, match=code):
        Case.open(tmp_path)


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_bytes(b"x")
    with pytest.raises(CaseError, match="case-folder-not-empty"):
        Case.create(tmp_path)
    with pytest.raises(CaseError, match="case-missing"):
        Case.open(tmp_path)
    with pytest.raises(CaseError, match="case-not-sifted"):
        check_current(Case.create(tmp_path / "new"))


def test_facts_are_written_in_the_case_at_hand_only(case: Case, tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        Blob.objects.count()
    with case.facts(write=True):
        Blob.objects.create(sha256=bytes(32), size=1)
    with case.facts():
        assert Blob.objects.count() == 1
        with pytest.raises(OperationalError, match="readonly"):
            Blob.objects.create(sha256=b"\1" * 32, size=1)


def test_each_table_has_its_side() -> None:
    router = FactsRouter()
    assert router.allow_migrate("case-x", "store")
    assert not router.allow_migrate("default", "store")
    assert not router.allow_migrate("case-x", "auth")
    assert router.allow_migrate("default", "auth")
    assert router.db_for_read(__import__("django.contrib.sessions.models").contrib.sessions.models.Session) is None


def test_the_lock_names_its_holder_and_dies_with_it(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from crible.store.lock import locked\n"
        f"with locked(Path({str(tmp_path)!r})): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CaseError, match="case-locked") as met, locked(tmp_path):
            pass
        assert str(met.value.params["holder"]).startswith(f"{holder.pid} (")
        holder.kill()
        holder.wait()
        with locked(tmp_path), pytest.raises(CaseError, match="case-locked"), locked(tmp_path):
            pass


@pytest.mark.parametrize("read", [False, True])
def test_once_written_the_database_alone_is_the_whole(case: Case, tmp_path: Path, read: bool) -> None:
    """Of a finished case only the file may be copied, or be sure to be on the disk; a reader keeps the log in place."""
    reader = sqlite3.connect(case.folder / "db.sqlite3") if read else None
    if reader:
        assert reader.execute("SELECT count(*) FROM store_blob").fetchall() == [(0,)]
    with case.writing():
        Blob.objects.create(sha256=bytes(32), size=1)
        with pytest.raises(CaseError, match="case-locked"), case.writing():
            pass
    assert (case.folder / "db.sqlite3-wal").exists() is read
    shutil.copy(case.folder / "db.sqlite3", tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT count(*) FROM store_blob").fetchall() == [(1,)]
    if reader:
        reader.close()


def test_a_full_disk_leaves_the_settings_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case.create(tmp_path / "case")
    before = (case.folder / "case.toml").read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as context:
        context.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="space"):
            case.record("stages", {"read": "1"})
        with pytest.raises(OSError, match="space"):
            Case.create(tmp_path / "new")
    assert (case.folder / "case.toml").read_bytes() == before
    assert [path.name for path in case.folder.iterdir() if path.name.startswith("case.toml")] == ["case.toml"]
    assert Case.create(tmp_path / "new").settings["format"] == FORMAT
