"""zip archives, in the order of their central directory; where that is broken, by their local headers."""

import lzma
import stat
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from crible.intake import names, zip_crypto
from crible.intake.budget import Budget, Meter
from crible.intake.bzip2 import BZIP2
from crible.intake.decode import Decoder, Inflate, Source, Stream, digest, produced
from crible.intake.passwords import Passwords
from crible.intake.xz import XZ
from crible.intake.zip_directory import (
    LOCAL,
    Directory,
    Member,
    corrupt,
    find_directory,
    local_header,
    members,
)
from crible.model.entry import Begin, Closed, Entry, Refused, Resume, Slice
from crible.model.errors import Unreadable
from crible.model.ledger import Reason, State
from crible.sandbox.window import Window

STORED, DEFLATED, LZMA = 0, 8, 14
_METHODS: dict[int, Callable[[Budget], Decoder]] = {DEFLATED: lambda _: Inflate(-15), 12: BZIP2.make, 95: XZ.make}
"""Deflate64 (9), which Explorer writes beyond 2 GB, PPMd (98) and Zstandard (93) have no decoder here."""
_ENCRYPTED, _DESCRIPTOR = zip_crypto.ENCRYPTED, zip_crypto.DESCRIPTOR
_WINDOWS = (0, 10, 11)
"""Makers (FAT, NTFS, MVS) whose names may have backslashes between folders."""


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """Stored members as Slices of the archive, the others decompressed and checked against their CRC-32.

    With `resume` the members before it are listed again, not read again.
    """
    archive = _Archive(window, budget, resume.ordinal if resume else 0)
    try:
        directory = find_directory(window)
    except Unreadable as fault:
        yield from archive.by_local_headers(fault.reason)
        return
    yield from archive.by_directory(directory)


class _Archive:
    """One walk's state."""

    def __init__(self, window: Window, budget: Budget, first: int) -> None:
        self._window, self._budget, self._first = window, budget, first
        self._meter = Meter(budget)
        self._unique = names.Unique()
        self._ordinal = 0
        self._passwords = Passwords(budget.passwords)

    def by_directory(self, directory: Directory) -> Iterator[Entry]:
        """The members of the central directory, then Closed."""
        remainder = None
        spans = _Spans(self._window, directory, self._budget.entries)
        try:
            for member in members(self._window, directory):
                if self._ordinal >= self._budget.entries:
                    raise Unreadable("budget", which="entries", limit=self._budget.entries)
                yield from self._entry(member, spans.claim)
            if self._ordinal & 0xFFFF != directory.count & 0xFFFF:
                raise corrupt("entries in the central directory")
        except Unreadable as fault:
            remainder = fault.reason
        yield Closed(self._ordinal, remainder=remainder)

    def by_local_headers(self, reason: Reason) -> Iterator[Entry]:
        """What local headers tell, first to last, then Closed with `reason`.

        Goes on behind whatever was looked at, never back: no byte is decompressed twice.
        """
        at = _find(self._window, 0, self._budget.chunk)
        while at >= 0:
            if self._ordinal >= self._budget.entries:
                reason = Reason("budget", {"which": "entries", "limit": self._budget.entries})
                break
            try:
                member, data = local_header(self._window, at)
            except Unreadable:
                break
            if member.flags & _DESCRIPTOR and not member.packed:
                at = yield from self._unmeasured(member, data)
            else:
                yield from self._entry(member, lambda _, data=data: data)  # type: ignore[misc]
                at = min(data + member.packed, self._window.length)
            at = _find(self._window, at, self._budget.chunk)
        yield Closed(self._ordinal, remainder=reason)

    def _unmeasured(self, member: Member, data: int) -> Generator[Entry, None, int]:
        """A member whose sizes come after its data; returns where the data ended."""
        ordinal, name = self._next(member)
        wanted = ordinal >= self._first
        try:
            _refuse(member)
            if member.method != DEFLATED:
                raise corrupt("sizes unknown")
        except Unreadable as fault:
            if wanted:
                yield Refused(ordinal, name, fault.state, fault.reason, member.raw_name)
            return data
        stream = Stream(self._window, data, lambda: Inflate(-15), self._budget, "zip")
        begin = Begin(ordinal, name, member.raw_name, offset=data, instants=member.instants)
        chunks = self._meter.over(_described(stream, self._window), self._window.length - data)
        for entry in produced(begin, chunks):
            if wanted:
                yield entry
        return stream.end

    def _next(self, member: Member) -> tuple[int, str]:
        ordinal, self._ordinal = self._ordinal, self._ordinal + 1
        return ordinal, self._unique(_name(member, self._budget.name))

    def _entry(self, member: Member, claim: Callable[[Member], int]) -> Iterator[Entry]:
        """One member; `claim` says where its data begins, or raises Unreadable."""
        ordinal, name = self._next(member)
        try:
            _refuse(member)
            data = claim(member)
            if ordinal < self._first:
                self._meter.skip(member.size if member.method != STORED else 0, member.packed)
                return
            if data + member.packed > self._window.length:
                raise Unreadable("truncated")
            if member.flags & _ENCRYPTED:
                yield from self._encrypted(member, ordinal, name, data)
                return
            if member.method == STORED:
                yield self._stored(member, ordinal, name, data)
                return
            make, skip = _decoder(self._window, member, data, self._budget)
        except Unreadable as fault:
            if ordinal >= self._first:
                yield Refused(ordinal, name, fault.state, fault.reason, member.raw_name, member.size)
            return
        packed = self._window.within(data + skip, member.packed - skip)
        begin = Begin(ordinal, name, member.raw_name, member.size, data, member.packed, instants=member.instants)
        stream = Stream(packed, 0, make, self._budget, "zip")
        yield from produced(begin, self._meter.over(_checked(stream, member), member.packed))

    def _encrypted(self, member: Member, ordinal: int, name: str, data: int) -> Iterator[Entry]:
        """An encrypted member under the first password that fits. Raises Unreadable `encrypted` where none does."""
        clear, member, crc = _decrypted(self._window, member, data, self._passwords)
        begin = Begin(ordinal, name, member.raw_name, member.size, data, member.packed, instants=member.instants)
        if member.method == STORED:
            chunks = clear.chunks(self._budget.chunk)
        else:
            make, skip = _decoder(clear, member, 0, self._budget)
            chunks = Stream(clear, skip, make, self._budget, "zip").chunks()
        whole = _drained(_measured(chunks, member, crc=crc), clear)
        yield from produced(begin, self._meter.over(whole, member.packed))

    def _stored(self, member: Member, ordinal: int, name: str, data: int) -> Slice:
        sha256, crc = digest(self._window, data, member.packed, self._budget.chunk)
        if crc != member.crc:
            raise corrupt("CRC-32")
        return Slice(ordinal, name, data, member.packed, sha256, member.raw_name, instants=member.instants)


class _Spans:
    """Which bytes belong to which member, so that none is handed out twice.

    Overlapping members make a zip bomb whose size grows with the square of the file's (Fifield, "A better zip bomb",
    WOOT 2019). Eight bytes an entry are kept.
    """

    def __init__(self, window: Window, directory: Directory, limit: int) -> None:
        self._window = window
        offsets = array("Q")
        try:
            for member in members(window, directory):
                if len(offsets) > limit:
                    break
                offsets.append(min(member.offset, window.length))
        except Unreadable:  # the walk itself meets it again, at the same place, and says so
            pass
        offsets.append(directory.start)
        self._offsets = array("Q", sorted(offsets))
        self._taken = bytearray(len(self._offsets))

    def claim(self, member: Member) -> int:
        """Where the member's data begins. Raises Unreadable `overlap` where its bytes are also another's."""
        local, data = local_header(self._window, member.offset)
        if local.method != member.method:
            raise corrupt("local header")
        place = bisect_left(self._offsets, member.offset)
        following = bisect_right(self._offsets, member.offset)
        limit = self._offsets[following] if following < len(self._offsets) else self._window.length
        if self._taken[place] or data + member.packed > limit:
            raise Unreadable("overlap")
        self._taken[place] = 1
        return data


def _refuse(member: Member) -> None:
    """Raises Unreadable for what holds no bytes for us."""
    if not member.size and (member.raw_name.endswith((b"/", b"\\")) or member.attributes & 0x10):
        raise Unreadable("directory", State.IGNORED)
    if member.mode == stat.S_IFLNK:
        raise Unreadable("link", State.IGNORED)
    if member.mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Unreadable("device", State.IGNORED)
    if member.flags & zip_crypto.STRONG:
        raise Unreadable("encrypted", State.ENCRYPTED)


def _decrypted(
    window: Window, member: Member, data: int, passwords: Passwords
) -> tuple[zip_crypto.Clear, Member, bool]:
    """The member's compressed bytes in clear, the member as its own method has it, and whether its CRC-32 counts."""
    # AE-2 leaves the CRC-32 out: it would tell of the contents.
    if member.method == zip_crypto.AES:
        how = zip_crypto.aes(member)
        password = passwords.fitting(lambda one: zip_crypto.aes_fits(window, data, how, one))
        if password is None:
            raise Unreadable("encrypted", State.ENCRYPTED)
        pieces = zip_crypto.winzip(window, data, member.packed, how, password)
        clear = zip_crypto.Clear(pieces, member.packed - how.around)
        return clear, replace(member, method=how.method), how.version == 1
    password = passwords.fitting(lambda one: _opens(window, data, member, one))
    if password is None:
        raise Unreadable("encrypted", State.ENCRYPTED)
    pieces = zip_crypto.traditional(window, data, member.packed, password)
    return zip_crypto.Clear(pieces, member.packed - zip_crypto.HEADER), member, True


def _opens(window: Window, data: int, member: Member, password: str) -> bool:
    """Whether a password opens a member of the traditional cipher: its check byte, then the first of its bytes."""
    if not zip_crypto.traditional_fits(window, data, member, password):
        return False
    if member.method != DEFLATED:
        return True
    first = next(zip_crypto.traditional(window, data, min(member.packed, 4096), password), b"")
    try:
        zlib.decompressobj(-15).decompress(first, 1 << 16)
    except zlib.error:
        return False
    return True


def _name(member: Member, limit: int) -> str:
    raw = member.unicode_name or member.raw_name
    windows = member.system in _WINDOWS and b"/" not in raw
    return names.clean(raw, encodings=names.ZIP, backslash=windows, limit=limit)


def _decoder(window: Source, member: Member, data: int, budget: Budget) -> tuple[Callable[[], Decoder], int]:
    """How to make the member's decoder, and how many bytes of its data are the method's own header."""
    if member.method == LZMA:
        return _lzma(window.read(data, 9), budget), 9
    if member.method not in _METHODS:
        raise Unreadable("method", method=member.method)
    return lambda: _METHODS[member.method](budget), 0


def _lzma(head: bytes, budget: Budget) -> Callable[[], Decoder]:
    """APPNOTE §5.8.8: version, size of the properties (5), properties byte, dictionary size."""
    if len(head) < 9 or head[2:4] != b"\5\0" or head[4] >= 9 * 5 * 5:
        raise corrupt("LZMA properties")
    rest, lc = divmod(head[4], 9)
    pb, lp = divmod(rest, 5)
    size = int.from_bytes(head[5:9], "little")
    if size > budget.memory:
        raise Unreadable("budget", which="memory", limit=budget.memory)
    settings = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": max(size, 4096)}
    return lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[settings])


def _described(stream: Stream, window: Window) -> Iterator[bytes]:
    """A stream that must reach its own end and fit the CRC-32 in the data descriptor behind it (APPNOTE §4.3.9)."""
    crc = 0
    for chunk in stream.chunks():
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if not stream.complete:
        raise Unreadable("truncated")
    descriptor = window.read(stream.end, 8).removeprefix(b"PK\7\x08")
    if int.from_bytes(descriptor[:4], "little") != crc:
        raise corrupt("CRC-32")


def _checked(stream: Stream, member: Member) -> Iterator[bytes]:
    """The member's bytes; raises Unreadable where there are fewer or more of them than declared, or others.

    LZMA need not mark its end (flag bit 1), so only the size tells.
    """
    try:
        yield from _measured(stream.chunks(), member)
    except Unreadable as fault:
        raise (corrupt("size") if stream.complete else fault) if fault.code == "truncated" else fault from None


def _drained(chunks: Iterator[bytes], clear: zip_crypto.Clear) -> Iterator[bytes]:
    yield from chunks
    clear.drain()


def _measured(chunks: Iterator[bytes], member: Member, *, crc: bool = True) -> Iterator[bytes]:
    """The chunks, held against the declared size and, with `crc`, the CRC-32."""
    size, sum_ = 0, 0
    for chunk in chunks:
        size, sum_ = size + len(chunk), zlib.crc32(chunk, sum_)
        if size > member.size:
            raise corrupt("size")
        yield chunk
    if size < member.size:
        raise Unreadable("truncated")
    if crc and sum_ != member.crc:
        raise corrupt("CRC-32")


def _find(window: Window, at: int, chunk: int) -> int:
    """Offset of the next local header signature, -1 where there is none."""
    while data := window.read(at, chunk):
        found = data.find(LOCAL)
        if found >= 0:
            return at + found
        if at + len(data) >= window.length:
            break
        at += max(len(data) - len(LOCAL) + 1, 1)
    return -1
