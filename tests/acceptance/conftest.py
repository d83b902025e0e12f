"""Real archives through the real program: one case per set of sources and session."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SECONDS = 900
"""A sift that takes longer hangs; the longest took 75 s on two quiet cores."""


@dataclass(frozen=True)
class Sifted:
    """A case that the program made, and what was seen of it as it ran."""

    room: Path
    """Working folder, home, TMPDIR and case of the run lie in here, and nothing else."""
    code: int
    errors: str
    seen: dict[str, Any]

    @property
    def case(self) -> Path:
        return self.room / "case"

    def crible(self, *arguments: object) -> str:
        """Standard output of a command on the case."""
        command = [sys.executable, "-m", "crible", *map(str, arguments), "--case", str(self.case)]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS).stdout

    @cached_property
    def account(self) -> dict[str, Any]:
        return json.loads(self.crible("ledger", "--json"))

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.crible("export").splitlines()]

    def items(self, state: str) -> list[dict[str, Any]]:
        """The ledger's lines in that state."""
        return json.loads(self.crible("ledger", "--json", "--state", state))["items"]


def sift(room: Path, *sources: Path) -> Sifted:
    """Run the program in a room of its own, watched."""
    for name in ("work", "home", "tmp"):
        (room / name).mkdir()
    report = room.parent / f"{room.name}.json"
    arguments = ["sift", *map(str, sources), "--case", str(room / "case"), "--jobs", "2"]
    done = subprocess.run(
        [sys.executable, HERE / "acceptance_watched.py", report, room / "case", *arguments],
        cwd=room / "work",
        env={**os.environ, "HOME": str(room / "home"), "TMPDIR": str(room / "tmp")},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    return Sifted(room, done.returncode, done.stderr, json.loads(report.read_text()))


@pytest.fixture(scope="session")
def sifted(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Sifted]:
    """Cases by the names of their sources, each sifted once."""
    known: dict[tuple[str, ...], Sifted] = {}

    def get(*names: str) -> Sifted:
        if names not in known:
            room = tmp_path_factory.mktemp("room")
            known[names] = sift(room, *(corpora / name for name in names))
        return known[names]

    return get
