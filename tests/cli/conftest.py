"""Runs the program as its user would."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Crible = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def crible() -> Crible:
    """`crible ARGUMENTS` at 80 columns in English, or as the named environment says; fails on any traceback."""

    def run(
        *arguments: object, code: int = 0, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        plain = {**os.environ, "COLUMNS": "80", "CRIBLE_LANG": "en", **environment}
        command = [sys.executable, "-m", "crible", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=plain, cwd=cwd)
        assert "Traceback" not in done.stderr or "--debug" in arguments, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def case(demo_case: Path) -> Path:
    """The demo's case; nobody writes to it."""
    return demo_case / "case"
