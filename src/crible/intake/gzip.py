"""gzip files (RFC 1952): one compressed file, perhaps in several members joined."""

from collections.abc import Iterator

from crible.intake.budget import Budget
from crible.intake.decode import Inflate
from crible.intake.single import Compression, walk_single
from crible.model.entry import Entry, Resume
from crible.model.instant import Clock, Instant
from crible.sandbox.window import Window

MAGIC = b"\x1f\x8b\x08"
GZIP = Compression("gzip", (MAGIC,), (".gz", ".tgz", ".taz", ".z"), lambda _: Inflate(31), padded=True)


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """The child, with the name and the time that the header may hold beside (RFC 1952 §2.3)."""
    raw_name, instants = _header(window.read(0, 4096))
    return walk_single(GZIP, window, name, budget, raw_name=raw_name, instants=instants)


def _header(head: bytes) -> tuple[bytes, tuple[Instant, ...]]:
    flags = head[3] if len(head) >= 10 else 0
    modified = int.from_bytes(head[4:8], "little")
    instants = (Instant(modified, 0, Clock.MTIME, str(modified)),) if modified else ()
    at = 10
    if flags & 4:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    end = head.find(b"\0", at) if flags & 8 else -1
    return (head[at:end] if end > at else b""), instants
