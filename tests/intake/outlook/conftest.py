"""Outlook files of our own making, opened as a sift opens them."""

import tempfile
from collections.abc import Callable, Iterator

import pytest

from crible.intake.budget import Budget
from crible.intake.walk import walk
from crible.model.entry import Begin, Closed, Entry, Slice
from crible.sandbox.window import Window


class Opened:
    """What a walk gave: bytes by name, refusals by name, the account."""

    def __init__(self, entries: Iterator[Entry], window: Window) -> None:
        self.data: dict[str, bytes] = {}
        self.refused: dict[str, str] = {}
        self.mails: set[str] = set()
        self.closed = Closed(-1)
        ordinals = []
        name = ""
        for entry in entries:
            if isinstance(entry, bytes):
                self.data[name] += entry
            elif isinstance(entry, Closed):
                self.closed = entry
            elif isinstance(entry, Slice):
                ordinals.append(entry.ordinal)
                self.data[entry.name] = window.read(entry.offset, entry.length)
            elif isinstance(entry, Begin):
                ordinals.append(entry.ordinal)
                name = entry.name
                self.data[name] = b""
                self.mails |= {name} if entry.mail else set()
            elif hasattr(entry, "reason"):
                self.refused[entry.name] = entry.reason.code
                self.data.pop(entry.name, None)
                ordinals += [] if entry.ordinal in ordinals else [entry.ordinal]
        assert ordinals == list(range(self.closed.listed))

    @property
    def remainder(self) -> str:
        return self.closed.remainder.code if self.closed.remainder else ""


@pytest.fixture
def opened() -> Iterator[Callable[..., Opened]]:
    with tempfile.TemporaryFile() as file:

        def open_(kind: str, data: bytes, name: str = "objet.msg", budget: Budget | None = None) -> Opened:
            file.seek(0)
            file.truncate()
            file.write(data)
            file.flush()
            window = Window.whole(file.fileno())
            return Opened(walk(kind, window, name, budget or Budget()), window)

        yield open_
