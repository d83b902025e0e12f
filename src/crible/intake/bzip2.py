"""bzip2 files: one compressed file, perhaps in several streams joined (as pbzip2 writes them)."""

import bz2
from collections.abc import Iterator

from crible.intake.budget import Budget
from crible.intake.single import Compression, walk_single
from crible.model.entry import Entry, Resume
from crible.sandbox.window import Window

MAGICS = tuple(b"BZh%d" % level + block for level in range(1, 10) for block in (b"1AY&SY", b"\x17rE8P\x90"))
"""The header with the start of the first block (digits of pi), or of the end of an empty stream (root of pi)."""
BZIP2 = Compression("bzip2", MAGICS, (".bz2", ".bz", ".tbz", ".tbz2", ".tb2"), lambda _: bz2.BZ2Decompressor())


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """The child."""
    return walk_single(BZIP2, window, name, budget)
