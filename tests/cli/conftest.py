"""Runs the program as its user would."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Crible = Callable[..., Done]


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dict[str, object]], Done]]:
    """Asks the warm crible of cli_server.py."""
    folder = tmp_path_factory.mktemp("warm")
    command = [sys.executable, Path(__file__).parent / "cli_server.py"]
    environment = {**os.environ, "CRIBLE_LANG": "en", "DJANGO_SETTINGS_MODULE": "crible.store.settings"}
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def ask(request: dict[str, object]) -> Done:
        out, err = folder / "out", folder / "err"
        out.unlink(missing_ok=True)
        err.unlink(missing_ok=True)
        server.stdin.write(json.dumps({**request, "out": str(out), "err": str(err)}) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return Done(request["arguments"], code, _text(out), _text(err))

    yield ask
    server.stdin.close()
    server.wait(timeout=10)


@pytest.fixture(scope="session")
def crible(warm: Callable[[dict[str, object]], Done]) -> Crible:
    """`crible ARGUMENTS` at 80 columns in English, or as the named environment says; fails on any traceback."""

    def run(*arguments: object, code: int = 0, cwd: Path | None = None, **environment: str) -> Done:
        given = [str(argument) for argument in arguments]
        around = {**os.environ, "COLUMNS": "80", "CRIBLE_LANG": "en", **environment}
        around.pop("DJANGO_SETTINGS_MODULE", None)
        if "--help" in given or given[0] in ("demo", "serve"):
            # Help is in the language that the program began in; demo and serve choose their settings first.
            command = [sys.executable, "-m", "crible", *given]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=around, cwd=cwd)
        else:
            done = warm({"arguments": given, "environment": around, "cwd": str(cwd or Path.cwd())})
        assert "Traceback" not in done.stderr or "--debug" in given, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def mounting() -> Callable[..., Done]:
    """Runs a command that may mount disks of its own, or skips the test where none may: it exits 77 then."""

    def run(*command: object) -> Done:
        alone = ["unshare", "--map-root-user", "--mount", *map(str, command)]
        around = {**os.environ, "COLUMNS": "80", "CRIBLE_LANG": "en"}
        around.pop("DJANGO_SETTINGS_MODULE", None)
        try:
            done = subprocess.run(alone, capture_output=True, text=True, timeout=300, env=around)
        except FileNotFoundError:
            pytest.skip("needs unshare, of util-linux")
        if done.returncode == 77 or done.stderr.startswith("unshare: "):
            pytest.skip("needs a mount namespace of its own")
        return done

    return run


@pytest.fixture(scope="session")
def case(demo_case: Path) -> Path:
    """The demo's case; nobody writes to it."""
    return demo_case / "case"


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
