"""A case kept as evidence is on a disk that nobody may write to: all that only reads works there, and says the same."""

import shutil
import sys
from pathlib import Path

import pytest

COMMANDS = (("ledger",), ("find", "devis"), ("find", "budget", "--json"), ("export",), ("boxes",))
LAID_OUT = """
mount -t tmpfs tmpfs "$1" || exit 77
cp -r "$2" "$1/case"
mount -o remount,ro "$1" || exit 77
cd "$1"
"""


@pytest.mark.parametrize("log", [True, False])
def test_everything_that_reads_works(crible, mounting, case: Path, tmp_path: Path, log: bool) -> None:
    """With the empty log that a reader leaves beside the database, and without."""
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    shutil.copytree(case, copy)
    for path in () if log else copy.glob("db.sqlite3-*"):
        path.unlink()
    done = mounting(*script("; ".join(f"$crible {' '.join(one)} --case case" for one in COMMANDS)), disk, copy)
    assert done.stderr == ""
    assert done.stdout == "".join(crible(*command, "--case", case).stdout for command in COMMANDS)


def test_what_writes_says_why_it_cannot(mounting, case: Path, tmp_path: Path) -> None:
    done = mounting(*script("$crible sift --case case"), tmp_path, case)
    assert done.stderr.splitlines()[-1].endswith("case.lock: the disk is read-only. [system]")


def script(commands: str) -> tuple[str, ...]:
    """Shell commands on a read-only disk that holds the case as `case`; wants the places of both."""
    return "sh", "-ec", f"{LAID_OUT}crible='{sys.executable} -m crible'; {commands}", "sh"
