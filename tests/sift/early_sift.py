"""A sift that counts as long from its first moment, so that it publishes what it has read again and again."""

import sys
from pathlib import Path

from crible.store.setup import ready


def main(leak: Path, folder: Path) -> None:
    """Sift; in a process of its own, to be killed."""
    ready()
    from crible.sift import early, run
    from crible.sift.watch import Options, Watch
    from crible.store.case import Case

    early.LONG, early.APART, early.CHEAP = 0.1, 2, 9.0
    run.sift(Case.create(folder), [leak], Options(jobs=2), Watch())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
