"""Sources are taken once, under names that any file system, database and terminal holds; the manifest checks."""

import errno
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from crible.intake.folder import FoundFile
from crible.model.errors import InputError
from crible.model.ledger import Isolation, State
from crible.proof.keyring import KeyRing
from crible.sift import sources
from crible.sift.commit import Committer
from crible.sift.custody import write_manifest
from crible.sift.origins import parsed, written
from crible.store.blobs import Blobs
from crible.store.case import Case
from crible.store.models import Document, Entry, Source

ODD = [
    b"line\nbreak.txt",
    b"back\\slash.txt",
    b"latin-\xe9t\xe9.txt",
    b"return\rhere.txt",
    b" blank ",
    b"-rf",
    b"%2Fa",
    "été.txt".encode(),
]


def take(case: Case, *paths: Path, in_place: bool = False) -> None:
    sources.add(case, paths)
    sources.take(case, Committer(KeyRing.default(), Isolation.FULL), lambda _n, _size: None, in_place=in_place)
    write_manifest(case)


def odd(folder: Path) -> Path:
    (folder / "sub").mkdir(parents=True)
    for name in ODD:
        for below in (b"", b"sub"):
            (folder / os.fsdecode(below) / os.fsdecode(name)).write_bytes(b"in " + below + name)
    return folder


@pytest.mark.parametrize("in_place", [False, True])
def test_odd_names_are_taken_and_sha256sum_checks_them(blank: Case, tmp_path: Path, in_place: bool) -> None:
    take(blank, odd(tmp_path / "odd"), in_place=in_place)
    assert Entry.objects.count() == Document.objects.count() == 2 * len(ODD)
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", blank.folder / "custody" / "manifest.sha256"], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked
    assert checked.stdout.count(b": OK\n") == 2 * len(ODD)
    assert all(path.isprintable() for path in Entry.objects.values_list("path", flat=True))


def test_a_source_with_an_odd_name_of_its_own(blank: Case, tmp_path: Path) -> None:
    first = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9 \n.txt"))
    second = tmp_path / "d" / first.name
    second.parent.mkdir()
    for path in (first, second):
        path.write_bytes(b"a file")
    take(blank, first, second, first)
    labels = list(Source.objects.order_by("pk").values_list("label", flat=True))
    assert labels == ["é %0A.txt", "é %0A.txt~2"]
    assert parsed(Source.objects.get(pk=1).location) == first.resolve()
    assert Entry.objects.get(path=labels[0]).document == Entry.objects.get(path=labels[1]).document


@pytest.mark.parametrize("name", [b"plain", b"\xff", b"a%20b", "é".encode(), b"?#"])
def test_a_path_is_written_so_that_it_can_be_read_again(name: bytes) -> None:
    path = Path(os.fsdecode(b"/tmp/" + name))
    assert parsed(written(path)) == path
    written(path).encode()


def test_what_came_or_went_between_two_runs_shifts_nothing(blank: Case, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    for name in ("b", "c", "d"):
        (folder / name).write_bytes(name.encode())

    class KilledError(Exception):
        pass

    def kill(_files: int, _size: int) -> None:
        raise KilledError

    sources.add(blank, [folder])
    committer = Committer(KeyRing.default(), Isolation.FULL)
    with pytest.raises(KilledError):
        sources.take(blank, committer, kill, in_place=False)
    assert not Source.objects.get().taken
    (folder / "a").write_bytes(b"a")
    (folder / "b").unlink()
    take(blank, folder)
    assert list(Entry.objects.order_by("path").values_list("path", flat=True)) == ["s/a", "s/b", "s/c", "s/d"]
    assert Source.objects.get().listed == 4


def test_what_cannot_be_read_is_a_row(blank: Case, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "link").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    take(blank, folder)
    rows = Entry.objects.order_by("path").values_list("path", "state", "reason__code")
    assert list(rows) == [("s/link", "ignored", "link"), ("s/pipe", "ignored", "device")]


def test_times_of_taking_stay(blank: Case, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    take(blank, tmp_path / "a")
    taken = blank.folder / "custody" / "taken.jsonl"
    row = json.loads(taken.read_text())
    row["taken"] = "2017-05-05T20:35:00+00:00"
    taken.write_text(json.dumps(row) + "\n")
    take(blank, tmp_path / "b")
    first, second = map(json.loads, taken.read_text().splitlines())
    assert first["taken"] == "2017-05-05T20:35:00+00:00" != second["taken"]
    assert (first["path"], first["size"]) == ("a", 1)


@pytest.mark.parametrize(("path", "code"), [("nowhere", "source-missing"), (".", "source-holds-case")])
def test_what_cannot_be_a_source(blank: Case, tmp_path: Path, path: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        sources.add(blank, [blank.folder.parent / path])


@pytest.mark.parametrize(("what", "ends"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EIO, False)])
def test_a_full_disk_is_not_the_files_fault(
    blank: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: int, ends: bool
) -> None:
    (tmp_path / "a.txt").write_text("a")

    def fails(*_: object) -> None:
        raise OSError(what, os.strerror(what))

    monkeypatch.setattr(Blobs, "put", fails)
    if ends:
        with pytest.raises(OSError, match=os.strerror(what)):
            take(blank, tmp_path / "a.txt")
    else:
        take(blank, tmp_path / "a.txt")
        assert Entry.objects.get().state == State.UNREADABLE


def test_what_ends_one_copy_ends_the_others_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = sources._hashed

    def full(pieces: Iterator[bytes]) -> tuple[bytes, int]:
        if next(pieces) == b"x":
            raise OSError(errno.ENOSPC, "no room")
        return hashed(pieces)

    monkeypatch.setattr(sources, "_hashed", full)
    last = tmp_path / "last"
    last.write_bytes(b"x")
    endless = FoundFile(Path("/dev/zero"), "zero", b"zero")
    raised: list[OSError] = []

    def take_both() -> None:
        try:
            sources._all_kept(Blobs(tmp_path / "blobs"), [FoundFile(last, "last", b"last"), endless], in_place=True)
        except OSError as error:
            raised.append(error)

    thread = Thread(target=take_both, daemon=True)
    thread.start()
    thread.join(30)
    assert [error.errno for error in raised] == [errno.ENOSPC]
