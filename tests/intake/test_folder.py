import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.intake import folder
from crible.intake.folder import walk_folder
from crible.model.ledger import State


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * len(name))


def test_files_come_sorted_by_the_bytes_of_their_path(tmp_path):
    put(tmp_path, "b", "a/z", "a-b", "a/b/c", "A", "é")
    found = list(walk_folder(tmp_path))
    assert [file.name for file in found] == ["A", "a-b", "a/b/c", "a/z", "b", "é"]
    assert [file.raw_name for file in found] == sorted(file.raw_name for file in found)
    assert [file.size for file in found] == [1, 3, 5, 3, 1, 1]
    assert all(file.path.read_bytes() and file.state is None for file in found)


def test_the_time_of_a_file_is_given(tmp_path):
    put(tmp_path, "a")
    os.utime(tmp_path / "a", (1, 1492680600))
    assert next(walk_folder(tmp_path)).mtime == 1492680600


def test_links_sockets_and_pipes_are_reported_and_not_followed(tmp_path):
    put(tmp_path, "outside/secret", "in/a")
    inside = tmp_path / "in"
    (inside / "file").symlink_to(tmp_path / "outside" / "secret")
    (inside / "folder").symlink_to(tmp_path / "outside")
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(inside / "sock"))
        found = {file.name: file.reason.code for file in walk_folder(inside) if file.state is State.IGNORED}
    assert found == {"file": "link", "folder": "link", "loop": "link", "pipe": "device", "sock": "device"}


def test_cur_and_new_of_a_maildir_hold_mails_and_tmp_files(tmp_path):
    put(tmp_path, "box/cur/1:2,S", "box/new/2", "box/tmp/3", "box/dovecot-uidlist", "box/cur/deep/4", "cur/5", "new/6")
    mails = {file.name: file.mail for file in walk_folder(tmp_path)}
    assert [name for name, mail in mails.items() if mail] == ["box/cur/1:2,S", "box/new/2"]
    assert len(mails) == 7


def test_names_that_deceive_are_cleaned_and_names_as_they_are_kept_beside(tmp_path):
    raw = os.fsencode(tmp_path)
    for name in (b"a\nb", b"caf\xe9", b"caf\xc3\xa9", b"x\\y"):
        try:
            Path(os.fsdecode(raw + b"/" + name)).write_bytes(b"x")
        except OSError:  # a file system that holds only UTF-8
            pytest.skip("file system without free names")
    found = {file.raw_name: file.name for file in walk_folder(tmp_path)}
    assert found == {b"a\nb": "a%0Ab", b"caf\xc3\xa9": "café", b"caf\xe9": "café~2", b"x\\y": "x%5Cy"}


def test_a_folder_that_may_not_be_listed_is_a_row(tmp_path, monkeypatch):
    put(tmp_path, "a", "closed/b", "z")
    (tmp_path / "closed").chmod(0)
    try:
        if os.access(tmp_path / "closed", os.R_OK):  # root reads everything
            real = os.scandir
            monkeypatch.setattr(folder.os, "scandir", lambda path: _deny(path) or real(path))
        found = {file.name: file.reason and file.reason.code for file in walk_folder(tmp_path)}
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert found == {"a": None, "closed": "permission", "z": None}


def _deny(path: bytes) -> None:
    if path.endswith(b"closed"):
        raise PermissionError(13, "Permission denied")


def test_a_folder_deeper_than_any_path_may_be_ends_as_a_row(tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(60):
        os.mkdir("d" * 100, dir_fd=here)
        deeper = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    (found,) = walk_folder(tmp_path)
    assert (found.state, found.reason.code) == (State.UNREADABLE, "file-unreadable")


@given(st.sets(st.text("ab-/.", min_size=1, max_size=6), max_size=8))
def test_every_file_is_met_once(tmp_path_factory, names):
    root = tmp_path_factory.mktemp("leak")
    made = set()
    for name in sorted(names):
        path = root / name.strip("/")
        if ".." not in name.split("/") and not any(p.is_file() for p in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
            made.add(os.path.normpath(path.relative_to(root)))
    found = [os.fsdecode(file.raw_name) for file in walk_folder(root)]
    assert found == sorted(made, key=os.fsencode)
