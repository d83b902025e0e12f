"""Runs crible as its user would, and writes down what it tried: sockets, files outside of the case, memory.

`python acceptance_watched.py REPORT CASE ARGUMENT…`: the report is JSON; the exit code is crible's own.
"""

import json
import os
import resource
import sys
from pathlib import Path

SOCKETS = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr", "socket.getnameinfo",
}  # fmt: skip
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.move"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


class Watch:
    """An audit hook: refuses sockets, notes every write outside of the allowed folders."""

    def __init__(self, *allowed: Path) -> None:
        self.connected: list[str] = []
        self.strayed: list[str] = []
        self._allowed = tuple(f"{folder.resolve()}/" for folder in allowed)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in SOCKETS:
            self.connected.append(f"{event} {arguments!r}")
            raise ConnectionRefusedError(event)
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
            self._written(arguments[0])
        elif event in CHANGES:
            below = arguments[-1]  # the descriptor of a folder that a relative name starts from, else -1
            start = str(Path(f"/proc/self/fd/{below}").readlink()) if isinstance(below, int) and below >= 0 else ""
            for path in arguments[:2]:
                self._written(path, start)

    def _written(self, path: object, start: str = "") -> None:
        if isinstance(path, (str, bytes, os.PathLike)) and os.fspath(path) != os.devnull:
            whole = f"{os.path.abspath(Path(start, os.fsdecode(os.fspath(path))))}/"  # noqa: PTH100 links stay links
            if not whole.startswith(self._allowed):
                self.strayed.append(whole)


def main() -> None:
    """Watch, run, report."""
    report, case = Path(sys.argv[1]), Path(sys.argv[2])
    sys.argv = ["crible", *sys.argv[3:]]
    sys.dont_write_bytecode = True
    watch = Watch(case, Path(os.environ["TMPDIR"]))
    sys.addaudithook(watch)
    from crible.cli.main import run

    try:
        run()
    finally:
        found = {
            "connected": list(watch.connected),
            "strayed": list(watch.strayed),
            "children_kb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
            "own_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
        report.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
