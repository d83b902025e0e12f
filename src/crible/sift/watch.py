"""What a run is asked for, and whom it tells of its progress."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    key_files: tuple[Path, ...] = ()
    jobs: int = 0
    """Sandboxed children; 0 for one per core."""
    in_place: bool = False
    unsafe: bool = False
    repair: bool = True
    """Lead mails that do not verify back to what was signed."""
    recognise: bool = True
    """Read the text of pictures and of pages without text of their own, once all else is done."""
    password_files: tuple[Path, ...] = ()
    """Passwords to try on what is encrypted, one a line."""
    references: tuple[Path, ...] = ()
    """Sources that are not of the dump, to be compared with it."""


@dataclass
class Watch:
    """Whom the run tells of its progress, and who may stop it."""

    stage: Callable[[str, int], None] = lambda _name, _total: None
    """A stage begins; total 0 where it is not known."""
    tick: Callable[[int, int], None] = lambda _documents, _size: None
    stop: Callable[[], bool] = lambda: False
    expect: Callable[[int], None] = lambda _documents: None
    """So many documents of the stage are known to be left; more may be found in them."""
