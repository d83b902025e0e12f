"""Bytes are kept once, under their hash, whole or not at all."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.store.blobs import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def files(blobs: Blobs) -> list[Path]:
    return [path for path in blobs.folder.rglob("*") if path.is_file()]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6))
def test_in_whatever_pieces_they_come(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    blobs = Blobs(tmp_path_factory.getbasetemp() / "pieces")
    with blobs.writing() as writing:
        for piece in pieces:
            writing.write(piece)
        sha256, size = writing.keep()
    whole = b"".join(pieces)
    assert (sha256, size) == (hashlib.sha256(whole).digest(), len(whole))
    assert blobs.path(sha256).read_bytes() == whole
    assert not [path for path in files(blobs) if path.parent.name == "tmp"]


def test_the_same_bytes_are_kept_once_and_never_written_again(blobs: Blobs) -> None:
    sha256, size = blobs.put(b"once")
    inode = blobs.path(sha256).stat().st_ino
    assert blobs.put(b"once") == (sha256, size)
    assert blobs.path(sha256).stat().st_ino == inode
    assert len(files(blobs)) == 1


def test_large_bytes_kept_twice_leave_one_file(blobs: Blobs) -> None:
    for _ in range(2):
        with blobs.writing() as writing:
            for _ in range(3):
                writing.write(bytes(6 << 20))
            sha256, size = writing.keep()
    assert size == 18 << 20
    assert files(blobs) == [blobs.path(sha256)]


@pytest.mark.parametrize("pieces", [[b"small"], [bytes(6 << 20)] * 3])
def test_dropped_bytes_are_gone(blobs: Blobs, pieces: list[bytes]) -> None:
    with blobs.writing() as writing:
        for piece in pieces:
            writing.write(piece)
    assert files(blobs) == []


@pytest.mark.parametrize("first", [b"", b"small", bytes(6 << 20)])
def test_what_is_being_written_can_be_read_and_not_written(blobs: Blobs, first: bytes) -> None:
    with blobs.writing() as writing:
        writing.write(first)
        descriptor = writing.peek()
        assert os.pread(descriptor, 8 << 20, 0) == first
        writing.write(b"and more")
        writing.flush()
        assert os.pread(descriptor, 8 << 20, len(first)) == b"and more"
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.write(descriptor, b"x")
        assert (writing.going, writing.sha256) == (True, b"")
        sha256, _ = writing.keep()
    assert os.pread(descriptor, 8 << 20, 0) == blobs.path(sha256).read_bytes() == first + b"and more"
    os.close(descriptor)
    assert (writing.going, writing.sha256) == (False, sha256)
    assert files(blobs) == [blobs.path(sha256)]


def test_what_a_killed_run_left_is_swept(blobs: Blobs) -> None:
    kept, _ = blobs.put(b"kept")
    (blobs.folder / "tmp").mkdir(exist_ok=True)
    (blobs.folder / "tmp" / "99-1").write_bytes(b"half")
    blobs.sweep()
    assert files(blobs) == [blobs.path(kept)]


def test_a_descriptor_cannot_write(blobs: Blobs) -> None:
    sha256, _ = blobs.put(b"kept")
    descriptor = blobs.open(sha256)
    assert os.pread(descriptor, 9, 0) == b"kept"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.write(descriptor, b"x")
    os.close(descriptor)


def test_what_lies_at_a_drafts_name_is_left_alone(blobs: Blobs, tmp_path: Path) -> None:
    """A killed run had our process id, or somebody put a link there."""
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    drafts = blobs.folder / "tmp"
    drafts.mkdir()
    (drafts / f"{os.getpid()}-1").symlink_to(other)
    (drafts / f"{os.getpid()}-2").write_bytes(b"half")
    sha256, _ = blobs.put(b"kept")
    assert blobs.path(sha256).read_bytes() == b"kept"
    assert not blobs.path(sha256).is_symlink()
    assert other.read_bytes() == b"precious"


def test_two_that_write_in_one_folder_do_not_share_a_draft(blobs: Blobs) -> None:
    with blobs.writing() as writing:
        writing.write(b"a")
        writing.write(b"b")
        Blobs(blobs.folder).put(b"other")
        sha256, _ = writing.keep()
    assert blobs.path(sha256).read_bytes() == b"ab"


def test_looking_at_a_case_writes_nothing(blobs: Blobs) -> None:
    """One of an older version may lie on a disk that is only read."""
    assert not list(blobs.folder.iterdir())
