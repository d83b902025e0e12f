"""Sparse members of tar archives: files with holes, of which only the runs between the holes are stored.

Four ways to write down where the runs go: the old GNU header, and pax versions 0.0, 0.1 and 1.0 (GNU tar manual,
"Storing Sparse Files").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from crible.intake.budget import Budget
from crible.intake.decode import plain
from crible.intake.tar_header import BLOCK, Header, corrupt, number, rounded
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

Run = tuple[int, int]
"""Offset in the file, and size."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """How a sparse member is laid out."""

    runs: list[Run]
    data: int
    """Where the first run is stored; the others follow."""
    end: int
    """Behind the last stored byte."""
    size: int
    """Of the file, holes included."""


def layout(header: Header, window: Window, budget: Budget) -> Sparse | None:
    """The layout of a sparse member, None for any other. Raises Unreadable where it makes no sense."""
    records = header.records
    if header.kind == b"S":
        return _old_gnu(header, window)
    if records.get(b"GNU.sparse.major") == b"1" and b"GNU.sparse.realsize" in records:
        runs, data = _map_in_data(window, header, budget)
        return Sparse(runs, data, header.data + header.size, _digits(records[b"GNU.sparse.realsize"]))
    if b"GNU.sparse.size" in records:
        flat = [_digits(value) for value in records.get(b"GNU.sparse.map", b"").split(b",") if value]
        runs = list(zip(flat[::2], flat[1::2], strict=False)) if flat else header.sparse
        return Sparse(runs, header.data, header.data + header.size, _digits(records[b"GNU.sparse.size"]))
    return None


def expand(sparse: Sparse, window: Window, chunk: int) -> Iterator[bytes]:
    """The file's bytes, holes as zeros. Raises Unreadable where runs overlap, or go beyond what is stored."""
    at, data = 0, sparse.data
    for offset, size in sparse.runs:
        if offset < at or offset + size > sparse.size or data + size > sparse.end:
            raise corrupt("sparse map")
        yield from _zeros(offset - at, chunk)
        got = 0
        for piece in plain(window, data, size, chunk):
            got += len(piece)
            yield piece
        if got < size:
            raise Unreadable("truncated")
        at, data = offset + size, data + size
    yield from _zeros(sparse.size - at, chunk)


def _zeros(size: int, chunk: int) -> Iterator[bytes]:
    full, rest = divmod(size, chunk)
    zeros = bytes(min(size, chunk))
    for _ in range(full):
        yield zeros
    if rest:
        yield zeros[:rest]


def _old_gnu(header: Header, window: Window) -> Sparse:
    """Four runs in the header itself, then blocks of 21 as long as each says that another follows."""
    runs = _runs(header.block[386:482])
    data, more = header.data, header.block[482]
    while more:
        block = window.read(data, BLOCK)
        if len(block) < BLOCK:
            raise Unreadable("truncated")
        runs += _runs(block[:504])
        more = block[504]
        data += BLOCK
    return Sparse(runs, data, data + header.size, number(header.block[483:495]))


def _runs(fields: bytes) -> list[Run]:
    starts = range(0, len(fields) + 1, 12)
    numbers = [number(fields[a:b]) for a, b in pairwise(starts)]
    return [(offset, size) for offset, size in zip(numbers[::2], numbers[1::2], strict=True) if size]


def _map_in_data(window: Window, header: Header, budget: Budget) -> tuple[list[Run], int]:
    """Version 1.0: count, then offset and size of each run, one decimal number a line, padded to a block."""
    stored = window.read(header.data, min(header.size, budget.header))
    at, wanted = 0, 1
    numbers: list[int] = []
    while len(numbers) < wanted:
        end = stored.find(b"\n", at, at + 24)
        if end < 0:
            raise corrupt("sparse map")
        numbers.append(_digits(stored[at:end]))
        wanted = 1 + 2 * numbers[0]
        at = end + 1
    return list(zip(numbers[1::2], numbers[2::2], strict=True)), header.data + rounded(at)


def _digits(text: bytes) -> int:
    if not 0 < len(text) < 20 or not text.isdigit():
        raise corrupt("sparse map")
    return int(text)
