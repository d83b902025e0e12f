"""The shell sessions of the documentation: found, run in a folder with the demo's case, compared, written anew.

A ```console block is a session. `$ ` begins a command, `> ` continues it, the lines after it are its output, in which a
line `…` stands for any lines and `…` within a line for any text. A page's sessions share one folder; the commands of a
block share one shell.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "/home/you"
"""What stands in the pages for the folder that a session runs in."""
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_END = "\x1e"
"""Printed between the outputs of two commands."""


def pages() -> list[Path]:
    """Every page with sessions in it."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in found if _BLOCK.search(page.read_text(encoding="utf-8"))]


@dataclass(frozen=True)
class Step:
    """One command of a session and the output that the page shows."""

    command: str
    output: tuple[str, ...]


def steps(block: str) -> list[Step]:
    """The commands of a session."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0].append(line[2:])
        else:
            found[-1][1].append(line)
    return [Step("\n".join(command), tuple(output)) for command, output in found]


def reference() -> str:
    """docs/cli.md as it should be: in English, at 80 columns."""
    program = "from crible.cli.pages import reference; print(reference(), end='')"
    environment = {**os.environ, "COLUMNS": "80", "CRIBLE_LANG": "en"}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout


def run(session: list[Step], folder: Path, programs: Path) -> list[list[str]]:
    """What each command really prints; raises where the shell stops on an error."""
    script = "set -euo pipefail\n" + "".join(f"{step.command}\nprintf '{_END}'\n" for step in session)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(folder),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        **{name: value for name, value in os.environ.items() if name == "PYTHONPATH"},
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise AssertionError(f"{done.stdout}\n{done.stderr}\nexit {done.returncode}")
    outputs = done.stdout.replace(str(folder), HOME).split(_END)[:-1]
    return [[line.rstrip() for line in output.rstrip("\n").split("\n")] if output.strip() else [] for output in outputs]


def agrees(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether the page's output, with its elisions, is what was printed."""
    pattern = ""
    for line in shown:
        parts = "[^\n]*".join(re.escape(part) for part in line.rstrip().split("…"))
        pattern += "(?:[^\n]*\n)*?" if line.strip() == "…" else parts + "\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def blocks(page: Path) -> list[list[Step]]:
    """The sessions of a page."""
    return [steps(block) for block in _BLOCK.findall(page.read_text(encoding="utf-8"))]


def make_programs(folder: Path) -> Path:
    """A folder for PATH with `crible` and `python` as this interpreter has them."""
    folder.mkdir(exist_ok=True)
    for name, call in (("crible", f'"{sys.executable}" -m crible "$@"'), ("python", f'"{sys.executable}" "$@"')):
        (folder / name).write_text(f"#!/bin/sh\nexec {call}\n")
        (folder / name).chmod(0o755)
    return folder


def renew(page: Path, folder: Path, programs: Path) -> bool:
    """Write the page's outputs as they are now, wherever what it shows does not agree; whether it changed."""
    text = page.read_text(encoding="utf-8")

    def renewed(match: re.Match[str]) -> str:
        session = steps(match[1])
        lines: list[str] = []
        for step, printed in zip(session, run(session, folder, programs), strict=True):
            first, *more = step.command.split("\n")
            lines += [f"$ {first}", *(f"> {line}" for line in more)]
            lines += step.output if agrees(step.output, printed) else printed
        return "```console\n" + "".join(line + "\n" for line in lines) + "```"

    fresh = _BLOCK.sub(renewed, text)
    page.write_text(fresh, encoding="utf-8")
    return fresh != text
