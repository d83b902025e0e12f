"""Bytes kept once, named by their SHA-256, written before any row that speaks of them."""

import hashlib
import os
from pathlib import Path
from types import TracebackType

import obstore
from obstore.store import LocalStore


class Blobs:
    """A write-once store in a folder: `ab/cdef…`, two levels so that no folder grows past use."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._store = LocalStore(folder)
        self._serial = 0

    def path(self, sha256: bytes) -> Path:
        """Where the bytes lie."""
        return self.folder / _name(sha256)

    def put(self, data: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Keep bytes at hand; their SHA-256 and size."""
        digest = hashlib.sha256(data).digest()
        if not self.path(digest).exists():
            obstore.put(self._store, _name(digest), bytes(data), use_multipart=False)
        return digest, len(data)

    def writing(self) -> "Writing":
        """Keep bytes that come in pieces."""
        self._serial += 1
        return Writing(self, f"tmp/{os.getpid()}-{self._serial}")

    def sweep(self) -> None:
        """Remove what a killed run left half written. Call only under the case's lock."""
        for left in (self.folder / "tmp").glob("*"):
            left.unlink()

    def open(self, sha256: bytes) -> int:
        """A read-only descriptor. The caller closes it."""
        return os.open(self.path(sha256), os.O_RDONLY | os.O_CLOEXEC)


class Writing:
    """A blob that is being written; nameless until `keep`, dropped unless kept."""

    def __init__(self, blobs: Blobs, name: str) -> None:
        self._blobs = blobs
        self._name = name
        self._hash = hashlib.sha256()
        self._first = b""
        self._file: obstore.WritableFile | None = None
        self.size = 0

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Append. A single small chunk is held back, so that `keep` can write it in one go."""
        self.size += len(chunk)
        if self._file is None and self.size == len(chunk):
            self._first = bytes(chunk)
            return
        if self._file is None:
            self._file = obstore.open_writer(self._blobs._store, self._name)
            self._append(self._first)
            self._first = b""
        self._append(chunk)

    def keep(self) -> tuple[bytes, int]:
        """Name the bytes by their hash; their SHA-256 and size."""
        if self._file is None:
            return self._blobs.put(self._first)
        self._file.close()
        self._file = None
        digest = self._hash.digest()
        obstore.rename(self._blobs._store, self._name, _name(digest))
        return digest, self.size

    def drop(self) -> None:
        """Forget the bytes."""
        if self._file is not None:
            self._file.close()
            self._file = None
            obstore.delete(self._blobs._store, self._name)

    def _append(self, chunk: bytes | bytearray | memoryview) -> None:
        assert self._file is not None  # noqa: S101
        self._hash.update(chunk)
        self._file.write(bytes(chunk))

    def __enter__(self) -> "Writing":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.drop()


def _name(sha256: bytes) -> str:
    text = sha256.hex()
    return f"{text[:2]}/{text[2:]}"
