"""A sift that stops where a test says, run in a process of its own: what a desk shows meanwhile is no pretence."""

import sys
import time
from pathlib import Path

from crible.store.setup import ready


def main(leak: Path, folder: Path, gate: Path) -> None:
    """Sift; wait before weighing until `gate` exists. A sift counts as long from its first moment."""
    ready()
    from crible.sift import early, run
    from crible.sift.watch import Options, Watch
    from crible.store.case import Case

    early.LONG = 0.0
    relate = run.relate

    def held(*args: object) -> None:
        gate.with_suffix(".reached").touch()
        while not gate.exists():
            time.sleep(0.02)
        relate(*args)  # type: ignore[arg-type]

    run.relate = held  # type: ignore[assignment]
    run.sift(Case.create(folder, title="Long"), [leak], Options(jobs=1), Watch())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
