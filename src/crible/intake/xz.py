"""xz files (the .xz file format 1.2.1): one compressed file, perhaps in several streams, padded with zeros."""

import lzma
from collections.abc import Iterator

from crible.intake.budget import Budget
from crible.intake.decode import Decoder
from crible.intake.single import Compression, walk_single
from crible.model.entry import Entry, Resume
from crible.sandbox.window import Window

MAGIC = b"\xfd7zXZ\0"


def _decoder(budget: Budget) -> Decoder:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=budget.memory)


XZ = Compression("xz", (MAGIC,), (".xz", ".txz"), _decoder, padded=True)


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """The child."""
    return walk_single(XZ, window, name, budget)
