"""Bytes left in place (`--in-place`): opened only as what they were when they were taken."""

import errno
import hashlib
import os
import stat
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from crible.model.errors import InputError

Stamp = tuple[int, int, int, int, int]


class Origins:
    """Opens files outside the case. Each is hashed at first, and again whenever it bears another stamp.

    Hashing nine gigabytes for every thirty mails in them would take days; what changes a file's bytes changes its
    size, inode or ctime, and ctime is not the user's to set.
    """

    def __init__(self) -> None:
        self._known: dict[str, Stamp] = {}

    def open(self, origin: str, sha256: bytes) -> int:
        """A read-only descriptor, the caller's to close. InputError `origin-unreadable` or `origin-changed`."""
        try:
            descriptor = os.open(parsed(origin), os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe must not hold us
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):  # too many files are open here: nothing said of this one
                raise
            raise InputError("origin-unreadable", path=origin, detail=error.strerror or "") from error
        stamp = _stamp(descriptor)
        if self._known.get(origin) == stamp:
            return descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) or _sha256(descriptor) != sha256:
            os.close(descriptor)
            raise InputError("origin-changed", path=origin)
        self._known[origin] = stamp
        return descriptor


def written(path: Path) -> str:
    """An absolute path as text that any database holds: as it is, or as a `file:` address where it is not UTF-8."""
    text = str(path)
    return path.as_uri() if any("\udc80" <= character <= "\udcff" for character in text) else text


def parsed(text: str) -> Path:
    """The path that `written` wrote."""
    if text.startswith("file:"):  # an absolute path never does
        return Path(os.fsdecode(unquote_to_bytes(urlsplit(text).path)))
    return Path(text)


def _sha256(descriptor: int) -> bytes:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _stamp(descriptor: int) -> Stamp:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
