"""Progress of a sift on standard error: a line with rate and estimate for people, events for machines."""

import json
import signal
import sys
import time
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from crible.cli.context import say
from crible.sift.watch import Watch

err = Console(stderr=True, highlight=False, soft_wrap=True)

EVERY = 1.0
"""Seconds between two events."""


class Interrupt:
    """Ctrl-C, or a polite kill: the first asks the run to finish its batch, the second ends it at once."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.asked

    def _ask(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        err.print(say("stopping"), markup=False)


class Shown:
    """Something that shows progress for as long as a run takes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.finish()

    def watch(self, stop: Interrupt) -> Watch:
        """The callbacks of a run."""
        return Watch(self.begin, self.count, stop)

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        raise NotImplementedError

    def count(self, documents: int, size: int) -> None:
        """So many more are done."""
        raise NotImplementedError

    def finish(self) -> None:
        """The run has ended, well or not."""
        raise NotImplementedError


@dataclass
class Events(Shown):
    """One JSON object a line: stage begun, count so far, rate per second."""

    stage: str = ""
    total: int = 0
    documents: int = 0
    size: int = 0
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def watch(self, stop: Interrupt) -> Watch:
        """The callbacks of a run."""
        return Watch(self.begin, self.count, stop, self.expect)

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        self.finish()
        self.stage, self.total, self.documents, self.size, self.began = stage, total, 0, 0, time.monotonic()
        self._tell()

    def count(self, documents: int, size: int) -> None:
        """So many more are done."""
        self.documents += documents
        self.size += size
        if time.monotonic() - self.told > EVERY:
            self._tell()

    def expect(self, documents: int) -> None:
        """So many are known to be left."""
        self.total = self.documents + documents

    def finish(self) -> None:
        """The last count of a stage."""
        if self.stage:
            self._tell()

    def _tell(self) -> None:
        self.told = time.monotonic()
        seconds = max(self.told - self.began, 0.001)
        event = {
            "format": 1,
            "event": "progress",
            "stage": self.stage,
            "documents": self.documents,
            "bytes": self.size,
            "total": self.total or None,
            "per_second": round(self.documents / seconds, 1),
            "seconds_left": self._left(seconds),
        }
        sys.stderr.write(json.dumps(event) + "\n")
        sys.stderr.flush()

    def _left(self, seconds: float) -> int | None:
        """An estimate from the rate so far, for what is known to be left; None before there is a rate."""
        if not self.total or not self.documents:
            return None
        return round(max(self.total - self.documents, 0) * seconds / self.documents)


class Bar(Shown):
    """A moving line for people; nothing but the stages' names where standard error is no terminal."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), TextColumn("{task.fields[count]}"))
        self._progress = Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=err, transient=True)
        self._task: TaskID | None = None
        self._began = time.monotonic()
        self._documents = 0

    def watch(self, stop: Interrupt) -> Watch:
        """The callbacks of a run."""
        return Watch(self.begin, self.count, stop, self.expect)

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        if not err.is_terminal:
            err.print(say(f"stage-{stage}"))
            return
        self._progress.start()
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(say(f"stage-{stage}"), total=total or None, count="")
        self._began, self._documents = time.monotonic(), 0

    def count(self, documents: int, size: int) -> None:  # noqa: ARG002
        """So many more are done."""
        self._documents += documents
        if self._task is not None:
            rate = self._documents / max(time.monotonic() - self._began, 0.001)
            count = say("count", count=self._documents, rate=round(rate))
            self._progress.update(self._task, advance=documents, count=count)

    def expect(self, documents: int) -> None:
        """So many are known to be left: the estimate is for these, and grows when containers among them are opened."""
        if self._task is not None:
            self._progress.update(self._task, total=self._documents + documents)

    def finish(self) -> None:
        """Clear the line."""
        self._progress.stop()
