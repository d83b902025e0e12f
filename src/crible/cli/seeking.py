"""The line on standard error while a key is sought: whose, how long, how long still."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from crible.cli.context import say
from crible.cli.progress import err
from crible.cli.terminal import one_line

if TYPE_CHECKING:
    from crible.proof.recover import Progress as Told
    from crible.sift.wanted import Wanted


class Seeking:
    """A moving line where standard error is a terminal, else one line for each key; cleared at the end."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), TextColumn("{task.fields[left]}"))
        self._progress = Progress(*columns, TimeElapsedColumn(), console=err, transient=True)
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, wanted: "Wanted") -> "Told":
        """One key is now sought."""
        name = one_line(say("key-of", selector=wanted.selector, domain=wanted.domain))
        if not err.is_terminal:
            err.print(say("recover-seeking", name=name, count=len(wanted.intact)), markup=False, highlight=False)
            return lambda _seconds, _of: None
        self._progress.start()
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=None, left="")
        return self._move

    def _move(self, seconds: float, of: float) -> None:
        if self._task is None:
            return
        left = say("recover-left", seconds=round(max(of - seconds, 1))) if of else ""
        self._progress.update(self._task, completed=min(seconds, of * 0.99), total=of or None, left=left)
