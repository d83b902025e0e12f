"""A disk that fills up is the commonest end of a long sift: it is said, nothing is lost, and the next run goes on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "full_disk.py"
FULL = "crible: No space is left on the disk. Make room, then run the same command again: crible sift goes on where it"


@pytest.mark.slow
def test_a_sift_into_a_disk_that_is_too_small_goes_on_once_it_is_larger(
    crible, mounting, demo_case: Path, tmp_path: Path
) -> None:
    """However often it stops, and at whichever stage, the export is byte for byte that of a calm run."""
    disk, exported = tmp_path / "disk", tmp_path / "exported.jsonl"
    disk.mkdir()
    done = mounting(sys.executable, SCRIPT, disk, demo_case / "leak", exported)
    assert done.returncode == 0, done.stderr
    *stopped, ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert ended[0] == 0
    assert [said for code, said in stopped if code != 1 or not said[-1].startswith(FULL)] == []
    assert {said[-2] for _, said in stopped} >= {"Taking the sources in", "Reading"}
    crible("sift", demo_case / "leak", "--no-ocr", "--case", tmp_path / "calm")
    assert exported.read_text() == crible("export", "--case", tmp_path / "calm").stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["export", "ledger"])
def test_output_that_finds_no_room_is_said(case: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        arguments = [sys.executable, "-m", "crible", command, "--case", case]
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, text=True, env={"CRIBLE_LANG": "en"})
    assert done.returncode == 1
    assert done.stderr.startswith(FULL)
    assert done.stderr.count("\n") == 1
