"""7z archives (7-Zip's 7zFormat.txt): py7zr reads the directory and decodes, one solid block after the other.

Its own extraction is not used: it refuses an archive for one name with `..`, and pushes bytes where the ledger wants
to pull them.
"""

import lzma
import stat
import zlib
from collections.abc import Iterator
from typing import Any

import py7zr
from py7zr.compressor import SupportedMethods
from py7zr.exceptions import ArchiveError, CrcError, PasswordRequired, UnsupportedCompressionMethodError

from crible.intake import names
from crible.intake.budget import Budget, Meter
from crible.intake.decode import produced
from crible.intake.passwords import Passwords
from crible.model.entry import Begin, Closed, Entry, Refused, Resume
from crible.model.errors import Unreadable
from crible.model.instant import Clock, Instant
from crible.model.ledger import State
from crible.sandbox.window import Window

MAGIC = b"7z\xbc\xaf\x27\x1c"
EPOCH = 11_644_473_600
"""Seconds from 1601, where FILETIME begins, to 1970."""
DIRECTORY, REPARSE_POINT = 0x10, 0x400
STUCK = 1000
"""Calls of a decoder in a row that give no byte, before it is taken to be in a circle."""
FAULTS = (ArchiveError, PasswordRequired, lzma.LZMAError, zlib.error, OSError, EOFError, ValueError, LookupError,
          TypeError, ArithmeticError, AttributeError, AssertionError, RuntimeError)  # fmt: skip
"""What py7zr raises for what bytes can say."""

Archive = Any  # py7zr's types leave out the directory that is used here
File = Any


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """Each member, then Closed. With `resume` those before are decoded again, not given again.

    Raises Unreadable `encrypted` where not even the directory can be read, `corrupt` where there is none.
    """
    archive, password = _open(window, Passwords(budget.passwords))
    first = resume.ordinal if resume else 0
    wanted = True
    for entry in _Walk(archive, budget, locked=password is None and archive.password_protected).entries():
        if isinstance(entry, (Begin, Refused)):
            wanted = entry.ordinal >= first
        if wanted or isinstance(entry, Closed):
            yield entry


def _open(window: Window, passwords: Passwords) -> tuple[Archive, str | None]:
    """The archive with the password that opens it, if it takes one and one does."""
    try:
        archive = py7zr.SevenZipFile(window.stream())
        if not archive.password_protected:
            return archive, None
    except PasswordRequired:
        archive = None
    except UnsupportedCompressionMethodError as error:
        raise Unreadable("method", method="7z") from error
    except FAULTS as error:
        raise Unreadable("corrupt", reader="7z", detail=str(error)[:200]) from error
    password = passwords.fitting(lambda one: _opens(window, one))
    if password is not None:
        return py7zr.SevenZipFile(window.stream(), password=password), password
    if archive is None:
        raise Unreadable("encrypted", State.ENCRYPTED)
    return archive, None


def _opens(window: Window, password: str) -> bool:
    """Whether the directory opens, and then the first encrypted member's bytes have its CRC-32."""
    try:
        archive = py7zr.SevenZipFile(window.stream(), password=password)
        for number, folder in enumerate(_folders(archive)):
            if SupportedMethods.needs_password(folder.coders):
                for _ in _Folder(archive, number, 1 << 20).first():
                    pass
                return True
    except FAULTS:
        return False
    return True


def _folders(archive: Archive) -> list[Any]:
    streams = archive.header.main_streams
    return list(streams.unpackinfo.folders) if streams is not None else []


class _Folder:
    """One solid block: its members' bytes come in their order only."""

    def __init__(self, archive: Archive, number: int, chunk: int) -> None:
        streams = archive.header.main_streams
        self._folder = streams.unpackinfo.folders[number]
        self._file, self._chunk = archive.fp, chunk
        self._file.seek(archive.afterheader + streams.packinfo.packpositions[number])
        self.files: list[File] = list(self._folder.files or ())
        self._packed = streams.packinfo.packsizes[number]

    @property
    def encrypted(self) -> bool:
        """Whether it wants a password."""
        return bool(SupportedMethods.needs_password(self._folder.coders))

    @property
    def packed(self) -> int:
        """Bytes of the whole block as stored."""
        return int(self._packed)

    def first(self) -> Iterator[bytes]:
        """The first member's bytes."""
        return self.bytes_of(self.files[0]) if self.files else iter(())

    def bytes_of(self, file: File) -> Iterator[bytes]:
        """The next member's bytes; to be asked for each in turn. Raises what py7zr raises, CrcError at the end."""
        decoder = self._folder.get_decompressor(file.compressed)
        left, crc, idle = file.uncompressed, 0, 0
        while left > 0:
            at = self._file.tell()
            piece = decoder.decompress(self._file, min(left, self._chunk))
            idle = 0 if piece else idle + 1
            if (not piece and self._file.tell() == at) or idle > STUCK:
                raise EOFError("no more bytes come out")
            left -= len(piece)
            crc = zlib.crc32(piece, crc)
            yield bytes(piece)  # some decoders give a bytearray
        if file.crc32 is not None and crc != file.crc32:
            raise CrcError(crc, file.crc32, "")


class _Walk:
    """One walk's state."""

    def __init__(self, archive: Archive, budget: Budget, *, locked: bool) -> None:
        self._archive, self._budget, self._locked = archive, budget, locked
        self._meter = Meter(budget)
        self._unique = names.Unique()
        self._ordinal = 0

    def entries(self) -> Iterator[Entry]:
        """The members in the archive's own order: those of a block as it is decoded, the others between them."""
        files = list(self._archive.files)
        for number in range(len(_folders(self._archive))):
            try:
                folder = _Folder(self._archive, number, self._budget.chunk)
            except FAULTS as error:
                yield from self._rest(files, len(files), _corrupt(error))
                break
            broken: Unreadable | None = None
            if self._locked and folder.encrypted:
                broken = Unreadable("encrypted", State.ENCRYPTED)
            for file in folder.files:
                yield from self._rest(files, file.id, None)
                for entry in self._member(file, folder, broken):
                    broken = _met(entry) or broken
                    yield entry
        yield from self._rest(files, len(files), None)
        yield Closed(self._ordinal)

    def _rest(self, files: list[File], until: int, fault: Unreadable | None) -> Iterator[Entry]:
        """Members without bytes in any block, up to the one of that number: folders, and empty files."""
        for file in files[self._ordinal : until]:
            yield from self._empty(file, fault)

    def _empty(self, file: File, fault: Unreadable | None) -> Iterator[Entry]:
        begin = self._begin(file)
        reason = _unwanted(file) or fault
        if reason is None and not file.emptystream:
            reason = Unreadable("corrupt", reader="7z", detail="no block holds it")
        if reason is None:
            yield from produced(begin, iter(()))
        else:
            yield Refused(begin.ordinal, begin.name, reason.state, reason.reason, begin.raw_name, begin.declared)

    def _member(self, file: File, folder: _Folder, broken: Unreadable | None) -> Iterator[Entry]:
        begin = self._begin(file)
        fault = broken
        if fault is None and (unwanted := _unwanted(file)):
            fault = unwanted
            try:
                for _ in folder.bytes_of(file):  # a link's target: in the way of what follows
                    pass
            except FAULTS as error:
                fault = _corrupt(error)
        if fault is not None:
            yield Refused(begin.ordinal, begin.name, fault.state, fault.reason, begin.raw_name, begin.declared)
            return
        yield from produced(begin, self._meter.over(_told(folder.bytes_of(file)), folder.packed))

    def _begin(self, file: File) -> Begin:
        ordinal, self._ordinal = self._ordinal, self._ordinal + 1
        raw = str(file.filename).encode("utf-8", "surrogateescape")
        name = self._unique(names.clean(raw, limit=self._budget.name))
        size = None if file.emptystream else file.uncompressed
        return Begin(ordinal, name, raw, size, instants=_instants(file))


def _told(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except FAULTS as error:
        raise _corrupt(error) from error


def _met(entry: Entry) -> Unreadable | None:
    """What ends a whole block: once one member cannot be decoded, neither can those behind it."""
    if not isinstance(entry, Refused) or entry.state is State.IGNORED or entry.reason.params.get("detail") == "CRC-32":
        return None
    return Unreadable(entry.reason.code, entry.state, **entry.reason.params)


def _corrupt(error: Exception) -> Unreadable:
    if isinstance(error, UnsupportedCompressionMethodError):
        return Unreadable("method", method="7z")
    if isinstance(error, PasswordRequired):
        return Unreadable("encrypted", State.ENCRYPTED)
    return Unreadable("corrupt", reader="7z", detail="CRC-32" if isinstance(error, CrcError) else str(error)[:200])


def _unwanted(file: File) -> Unreadable | None:
    attributes = file.file_properties().get("attributes") or 0
    kind = stat.S_IFMT(attributes >> 16) if attributes & 0x8000 else 0
    if attributes & DIRECTORY or kind == stat.S_IFDIR or (file.emptystream and file.is_directory):
        return Unreadable("directory", State.IGNORED)
    if kind == stat.S_IFLNK or attributes & REPARSE_POINT:
        return Unreadable("link", State.IGNORED)
    return Unreadable("device", State.IGNORED) if kind not in (0, stat.S_IFREG) else None


def _instants(file: File) -> tuple[Instant, ...]:
    """When it was last written (FILETIME, UTC)."""
    stamp = file.lastwritetime
    if not stamp:
        return ()
    seconds = int(stamp) / 10_000_000 - EPOCH
    return (Instant(seconds, 0, Clock.ZIP),) if -62_135_510_400 < seconds < 253_402_214_400 else ()
