"""Slices of flat containers: spans of the parent, never copies."""

import io
import tarfile
from pathlib import Path

from sift_spans import strayed

SAME = b"Le meme mot, joint deux fois.\n" * 9


def tar(path: Path, *members: bytes) -> None:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for number, data in enumerate(members):
            member = tarfile.TarInfo(f"{number}.txt")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def test_the_same_bytes_in_two_flat_containers(crible, tmp_path: Path) -> None:
    """Both slices are listed in one commit: an offset of one with the other's parent points at strange bytes."""
    leak = tmp_path / "leak"
    leak.mkdir()
    tar(leak / "a.tar", b"court\n", SAME)
    tar(leak / "b.tar", b"long\n" * 900, b"autre\n" * 700, SAME)
    tar(leak / "c.tar", SAME)
    crible("sift", leak, "--case", tmp_path / "case")
    assert strayed(tmp_path / "case") == []
