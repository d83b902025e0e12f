"""A warm crible: everything is imported once, and each command line runs in a fork, ten times as fast as from cold.

Reads one request a line (arguments, folder, environment, where output goes), answers with the exit code.
"""

import json
import os
import sys
from typing import Any

from crible.cli.main import run
from crible.store.setup import ready


def main() -> None:
    """Serve until the input ends."""
    ready()
    import crible.cli.answer
    import crible.cli.progress
    import crible.cli.summary
    import crible.index.search
    import crible.sift.membership
    import crible.sift.results
    import crible.sift.run  # noqa: F401

    for line in sys.stdin:
        child = os.fork()
        if not child:
            answer(json.loads(line))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def answer(request: dict[str, Any]) -> None:
    """Become the program that was asked for."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["cwd"])
    for descriptor, path in ((0, os.devnull), (1, request["out"]), (2, request["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), descriptor)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    sys.argv = ["crible", *request["arguments"]]
    code: Any = 1
    try:
        run()
    except SystemExit as done:
        code = done.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
