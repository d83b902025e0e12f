"""How far a sift is, in a small file of the case folder, for whoever looks on: the desk reads it, nothing needs it.

progress.json   {"format": 1, "pid": 4711, "started": 1790000000.0, "stage": "read", "begun": …, "at": …, "done": 1200,
                 "total": 30000, "read": 1200}

Replaced whole and at most once a second, removed when the sift ends. One that a killed sift left is told by its pid:
the case's lock, which dies with its holder, names another or nobody.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import ParamSpec

import msgspec

from crible.sift.watch import Watch

P = ParamSpec("P")

NAME = "progress.json"
EVERY = 1.0
"""Seconds between two writings."""
LONGEST = 4_096
"""Bytes of the file that are read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sift stood when it last said so. Moments are Unix seconds."""

    pid: int
    started: float
    stage: str
    begun: float
    """When the stage began."""
    at: float
    done: int = 0
    """Documents of the stage that have ended."""
    total: int = 0
    """Documents known to be in the stage; 0 where that is not known."""
    read: int = 0
    """Documents read since the sift began."""
    format: int = 1

    @property
    def rate(self) -> float:
        """Documents a second, of the stage so far."""
        return self.done / max(self.at - self.begun, 0.001)

    @property
    def left(self) -> int | None:
        """Seconds for what is known to be left at the rate so far; None before there is a rate."""
        if not self.total or not self.done:
            return None
        return round(max(self.total - self.done, 0) / self.rate)

    @property
    def share(self) -> float | None:
        """Per cent of the stage that is done; None where its size is not known."""
        return min(100.0, 100 * self.done / self.total) if self.total else None


def progress(folder: Path) -> Progress | None:
    """What the sift that holds the case at hand says; None where it says nothing or the file is another's."""
    try:
        with (folder / NAME).open("rb") as file:
            found = msgspec.json.decode(file.read(LONGEST), type=Progress)
        holder = (folder / "case.lock").read_text(errors="replace").partition(" ")[0]
    except (OSError, msgspec.MsgspecError):
        return None
    return found if holder == str(found.pid) else None


@contextmanager
def told(folder: Path, watch: Watch) -> Iterator[Watch]:
    """The watch of a run, told as before, with the file kept beside it; the file is gone when the block ends."""
    teller = _Teller(folder / NAME)
    stage, tick, expect = watch.stage, watch.tick, watch.expect
    try:
        yield Watch(_both(stage, teller.stage), _both(tick, teller.tick), watch.stop, _both(expect, teller.expect))
    finally:
        with suppress(OSError):
            teller.path.unlink()


class _Teller:
    def __init__(self, path: Path) -> None:
        now = time.time()
        self.path = path
        self._now = Progress(os.getpid(), now, "", now, now)
        self._written = 0.0

    def stage(self, name: str, total: int) -> None:
        now = time.time()
        self._now = replace(self._now, stage=name, begun=now, at=now, done=0, total=total)
        self._write()

    def tick(self, documents: int, size: int) -> None:  # noqa: ARG002
        read = documents if self._now.stage == "read" else 0
        self._now = replace(self._now, done=self._now.done + documents, read=self._now.read + read)
        if time.monotonic() - self._written >= EVERY:
            self._write()

    def expect(self, documents: int) -> None:
        self._now = replace(self._now, total=self._now.done + documents)

    def _write(self) -> None:
        self._written = time.monotonic()
        self._now = replace(self._now, at=time.time())
        fresh = self.path.with_suffix(".new")
        with suppress(OSError):  # a full disk stops the sift where it loses something, not here
            fresh.write_text(json.dumps(asdict(self._now)), encoding="utf-8")
            fresh.replace(self.path)


def _both(one: Callable[P, None], other: Callable[P, None]) -> Callable[P, None]:
    def both(*args: P.args, **kwargs: P.kwargs) -> None:
        one(*args, **kwargs)
        other(*args, **kwargs)

    return both
