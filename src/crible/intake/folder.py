"""Folders on the real file system: which files are there. Names and sizes only; nothing is opened or followed.

Runs in the coordinator, as no sandboxed child may open a file.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crible.intake import names
from crible.model.ledger import Reason, State

_MAILDIR = frozenset((b"cur", b"new", b"tmp"))
_BOXES = frozenset((b"cur", b"new"))


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file of a folder, or what stands there instead of one."""

    path: Path
    name: str
    """Cleaned path from the folder walked, unique in it."""
    raw_name: bytes
    """The same as the file system has it."""
    size: int = 0
    mtime: float | None = None
    mail: bool = False
    """It lies in `cur` or `new` of a maildir."""
    state: State | None = None
    """Set where there is nothing to read, with `reason`."""
    reason: Reason | None = None


def walk_folder(path: Path) -> Iterator[FoundFile]:
    """Every file below a folder, sorted by the bytes of its path; a link, socket, device as such, never followed.

    A folder that cannot be listed is a row with its reason. Files in a maildir's `tmp`, half delivered, are files like
    others. Not recursive: a chain of folders may be as deep as the file system allows.
    """
    unique = names.Unique()
    pending = [(b"", True, False)]
    while pending:
        below, folder, mail = pending.pop()
        full = os.path.join(os.fsencode(path), below)  # noqa: PTH118 bytes: names need not be text
        try:
            if folder:
                pending += _children(full, below, mail=mail)
                continue
            status = os.lstat(full)
        except OSError as error:
            state, reason = State.UNREADABLE, _failure(error)
            yield FoundFile(_path(full), unique(names.clean(below)), below, state=state, reason=reason)
            continue
        name, kind = unique(names.clean(below)), stat.S_IFMT(status.st_mode)
        if kind == stat.S_IFREG:
            yield FoundFile(_path(full), name, below, status.st_size, status.st_mtime, mail)
        else:
            reason = Reason("link" if kind == stat.S_IFLNK else "device")
            yield FoundFile(_path(full), name, below, state=State.IGNORED, reason=reason)


def _children(full: bytes, below: bytes, *, mail: bool) -> list[tuple[bytes, bool, bool]]:
    """(path, is a folder, is a mail or, of a folder, holds mails) of what a folder holds, last first."""
    with os.scandir(full) as listing:
        found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in listing]
    boxes = _BOXES if {name for name, folder in found if folder} >= _MAILDIR else frozenset[bytes]()
    found.sort(key=lambda item: item[0] + b"/" * item[1], reverse=True)  # as whole paths sort: `a-b` before `a/b`
    prefix = below + b"/" if below else b""
    return [(prefix + name, folder, name in boxes if folder else mail) for name, folder in found]


def _failure(error: OSError) -> Reason:
    if isinstance(error, PermissionError):
        return Reason("permission")
    return Reason("file-unreadable", {"detail": error.strerror or type(error).__name__})


def _path(full: bytes) -> Path:
    return Path(os.fsdecode(full))
