"""tar archives: v7, ustar, pax and GNU. Members lie plain in the archive, so they are slices of it.

The archive is read to its last byte: blocks of zeros, which mark its end, are stepped over, so that archives joined by
`cat` are listed whole. What is no header after them is a remainder.
"""

from collections.abc import Iterator
from dataclasses import replace

from crible.intake import names
from crible.intake.budget import Budget, Meter
from crible.intake.decode import digest, produced
from crible.intake.tar_header import BLOCK, Header, Headers, is_header, rounded
from crible.intake.tar_sparse import Sparse, expand, layout
from crible.model.entry import Begin, Closed, Entry, Refused, Resume, Slice
from crible.model.errors import Unreadable
from crible.model.instant import Clock, Instant
from crible.model.ledger import Reason, State
from crible.sandbox.window import Window

_HOLLOW = {
    b"2": "link",
    b"3": "device",
    b"4": "device",
    b"5": "directory",
    b"6": "device",
    b"V": "volume-label",
}
"""Kinds of member without bytes. Any kind not known is read as a file (POSIX.1-2001, ustar typeflag)."""


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """Each member, then Closed. With `resume` those before are not read again.

    Headers, padding and end marks are framing. A last member that is cut off is a slice of what is there, and the
    account says that the rest is missing.
    """
    return _Archive(window, budget, resume.ordinal if resume else 0).entries()


class _Archive:
    """One walk's state."""

    def __init__(self, window: Window, budget: Budget, first: int) -> None:
        self._window, self._budget, self._first = window, budget, first
        self._meter = Meter(budget)
        self._unique = names.Unique()
        self._ordinal = 0
        self._covered = 0
        """Bytes that are members' own."""
        self._at = 0
        """Where the next header must be."""

    def entries(self) -> Iterator[Entry]:
        """What `walk` yields."""
        headers = Headers(self._window, self._budget)
        reason, rest, ended = None, 0, False
        try:
            while True:
                ended, more = self._skip_zeros()
                if not more:
                    break
                if self._ordinal >= self._budget.entries:
                    raise Unreadable("budget", which="entries", limit=self._budget.entries)
                yield from self._member(headers.read(self._at))
        except Unreadable as fault:
            reason, rest = fault.reason, max(self._window.length - self._at, 0)
            if ended and fault.code in ("corrupt", "truncated"):
                reason = Reason("after-last", {"count": rest})
        yield Closed(self._ordinal, self._window.length - rest - self._covered, reason, rest)

    def _skip_zeros(self) -> tuple[bool, bool]:
        """Step over end marks: whether there were any, and whether anything follows."""
        ended = False
        while block := self._window.read(self._at, BLOCK):
            if block.strip(b"\0"):
                return ended, True
            ended = True
            self._at += len(block)
        return ended, False

    def _member(self, header: Header) -> Iterator[Entry]:
        """One member; moves on to where the next header must be. Raises Unreadable where the archive ends within."""
        ordinal, self._ordinal = self._ordinal, self._ordinal + 1
        name = self._unique(names.clean(header.raw_name, limit=self._budget.name))
        if hollow := self._hollow(header):
            self._at = header.data
            if ordinal >= self._first:
                yield Refused(ordinal, name, State.IGNORED, hollow, header.raw_name, header.size)
            return
        begin = Begin(ordinal, name, header.raw_name, offset=header.data, length=header.size, instants=_written(header))
        begin, entries = self._with_bytes(header, begin)
        end = begin.offset + begin.length
        self._at = min(header.data + rounded(end - header.data), self._window.length)
        self._covered += max(min(end, self._window.length) - begin.offset, 0)
        if ordinal >= self._first:
            yield from entries
        else:
            self._meter.skip(begin.declared or 0, max(begin.length, BLOCK))
        if end > self._window.length:
            raise Unreadable("truncated")

    def _with_bytes(self, header: Header, begin: Begin) -> tuple[Begin, Iterator[Entry]]:
        """Where a member's bytes lie, and its entries. `declared` is the size of a sparse member, None of a plain one.

        The old GNU format puts blocks of its map between header and data.
        """
        try:
            sparse = layout(header, self._window, self._budget)
        except Unreadable as fault:
            return begin, iter([Refused(begin.ordinal, begin.name, fault.state, fault.reason, begin.raw_name)])
        if not sparse:
            return begin, self._plain(begin)
        begin = replace(begin, offset=sparse.end - header.size, declared=sparse.size)
        return begin, self._sparse(begin, sparse)

    def _hollow(self, header: Header) -> Reason | None:
        """Why a member has no bytes for us. Some hard links do carry a copy of the data (pax, cpio)."""
        kind = header.kind
        if kind == b"1":
            block = self._window.read(header.data, BLOCK)
            if header.size and block.strip(b"\0") and not is_header(block):
                return None
            return Reason("hard-link", {"target": names.clean(header.link, limit=self._budget.name)})
        if kind in (b"0", b"\0") and header.raw_name.endswith(b"/") and not header.size:
            return Reason("directory")
        return Reason(_HOLLOW[kind]) if kind in _HOLLOW else None

    def _plain(self, begin: Begin) -> Iterator[Entry]:
        length = min(begin.length, self._window.length - begin.offset)
        if length < begin.length and length <= 0:
            reason = Reason("truncated")
            yield Refused(begin.ordinal, begin.name, State.UNREADABLE, reason, begin.raw_name, begin.length)
            return
        sha256, _ = digest(self._window, begin.offset, length, self._budget.chunk)
        yield Slice(begin.ordinal, begin.name, begin.offset, length, sha256, begin.raw_name, instants=begin.instants)

    def _sparse(self, begin: Begin, sparse: Sparse) -> Iterator[Entry]:
        chunks = expand(sparse, self._window, self._budget.chunk)
        return produced(begin, self._meter.over(chunks, max(begin.length, BLOCK)))


def _written(header: Header) -> tuple[Instant, ...]:
    return (Instant(header.modified, 0, Clock.MTIME, f"{header.modified:.15g}"),) if header.modified else ()
