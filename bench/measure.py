"""Runs a command to its end and says what it cost, by the operating system's own account."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. `cpu` sums the process and its children; `peak` is the largest single process, in MB."""

    wall: float
    cpu: float
    peak: float
    code: int


def run(command: Sequence[str], env: Mapping[str, str] | None = None, log: Path | None = None) -> Cost:
    """Run to the end; output goes to `log`, or nowhere."""
    with (log or Path(os.devnull)).open("wb") as out:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)
