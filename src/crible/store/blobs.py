"""Bytes kept once, named by their SHA-256, written before any row that speaks of them.

Plain files: through obstore each cost 0.2 to 0.4 ms of work and the switch to a thread of its own, here 0.1 ms, and a
mailbox is thousands. What a folder in the cloud needs would take the place of this class.
"""

import hashlib
import os
from io import BufferedWriter
from pathlib import Path
from types import TracebackType


class Blobs:
    """A write-once store in a folder: `ab/cdef…`, two levels so that no folder grows past use."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._root = str(folder)
        self._serial = 0

    def path(self, sha256: bytes) -> Path:
        """Where the bytes lie."""
        return Path(self._named(sha256))

    def put(self, data: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Keep bytes at hand; their SHA-256 and size."""
        digest = hashlib.sha256(data).digest()
        if not os.path.exists(self._named(digest)):  # noqa: PTH110  (making a Path takes longer than asking)
            with self._draft() as file:
                file.write(data)
            self._keep(file.name, digest)
        return digest, len(data)

    def writing(self) -> "Writing":
        """Keep bytes that come in pieces."""
        return Writing(self)

    def sweep(self) -> None:
        """Remove what a killed run left half written. Call only under the case's lock."""
        for left in self._drafts.glob("*"):
            left.unlink()

    def open(self, sha256: bytes) -> int:
        """A read-only descriptor. The caller closes it."""
        return os.open(self._named(sha256), os.O_RDONLY | os.O_CLOEXEC)

    @property
    def _drafts(self) -> Path:
        return self.folder / "tmp"

    def _named(self, sha256: bytes) -> str:
        text = sha256.hex()
        return f"{self._root}/{text[:2]}/{text[2:]}"

    def _draft(self) -> BufferedWriter:
        """A file that nobody had before: not one that a killed run left, nor what a link leads to."""
        while True:
            self._serial += 1
            try:
                return (self._drafts / f"{os.getpid()}-{self._serial}").open("xb")
            except FileExistsError:
                continue
            except FileNotFoundError:  # not before it is needed: an older case may lie on a disk that is only read
                self._drafts.mkdir(exist_ok=True)

    def _keep(self, draft: str, sha256: bytes) -> None:
        """Give a finished draft its name."""
        named = self._named(sha256)
        try:
            os.replace(draft, named)  # noqa: PTH105
        except FileNotFoundError:
            Path(named).parent.mkdir(exist_ok=True)
            os.replace(draft, named)  # noqa: PTH105


class Writing:
    """A blob that is being written; nameless until `keep`, dropped unless kept."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._hash = hashlib.sha256()
        self._first = b""
        self._file: BufferedWriter | None = None
        self.size = 0
        self.sha256 = b""
        """Once they are kept."""
        self.going = True
        """Until they are kept or dropped."""

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Append. A single small chunk is held back, so that `keep` can write it in one go."""
        self.size += len(chunk)
        if self._file is None and self.size == len(chunk):
            self._first = bytes(chunk)
            return
        if self._file is None:
            self._spill()
        self._append(chunk)

    def keep(self) -> tuple[bytes, int]:
        """Name the bytes by their hash; their SHA-256 and size."""
        self.going = False
        if self._file is None:
            self.sha256, _ = self._blobs.put(self._first)
            return self.sha256, self.size
        self._file.close()
        self.sha256 = self._hash.digest()
        self._blobs._keep(self._file.name, self.sha256)
        self._file = None
        return self.sha256, self.size

    def peek(self) -> int:
        """A read-only descriptor on what has been written, and on what will be, after `flush`. The caller closes it."""
        if self._file is None:
            self._spill()
        self.flush()
        assert self._file is not None  # noqa: S101
        return os.open(self._file.name, os.O_RDONLY | os.O_CLOEXEC)

    def flush(self) -> None:
        """Let others see all that was written so far."""
        if self._file is not None:
            self._file.flush()

    def drop(self) -> None:
        """Forget the bytes."""
        self.going = False
        if self._file is not None:
            file, self._file = self._file, None
            try:
                file.close()
            finally:  # on a full disk closing fails
                Path(file.name).unlink()

    def _spill(self) -> None:
        self._file = self._blobs._draft()
        self._append(self._first)
        self._first = b""

    def _append(self, chunk: bytes | bytearray | memoryview) -> None:
        assert self._file is not None  # noqa: S101
        self._hash.update(chunk)
        self._file.write(chunk)

    def __enter__(self) -> "Writing":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.drop()
