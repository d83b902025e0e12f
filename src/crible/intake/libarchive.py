"""Archives that the system's libarchive unpacks: rar (4 and 5), cab, iso9660, lha. No wheel does it for rar.

Read as a stream through callbacks on the window, so that no file is opened behind the sandbox's walls. libarchive knows
no way to decrypt rar: such members are listed as encrypted, whatever passwords are at hand.
"""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from crible.intake import names
from crible.intake.budget import Budget, Meter
from crible.intake.decode import produced
from crible.model.entry import Begin, Closed, Entry, Refused, Resume
from crible.model.errors import Unreadable
from crible.model.instant import Clock, Instant
from crible.model.ledger import State
from crible.sandbox.window import Window

try:
    import libarchive
    from libarchive import ffi
    from libarchive.exception import ArchiveError
except (ImportError, OSError, TypeError, AttributeError):  # the binding finds no library to bind
    libarchive = None

_RAR4, _RAR5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
MAGICS = {_RAR4: "rar", _RAR5: "rar", b"MSCF\0\0\0\0": "cab"}
_LHA = re.compile(rb"..-l[hz][0-9ds]-", re.DOTALL)
FORMATS = {"rar": ("rar", "rar5"), "cab": ("cab",), "iso9660": ("iso9660",), "lha": ("lha",)}
"""Names of libarchive's readers for each kind: only these look at the bytes."""
SUFFIX = "libarchive"
_OK, _EOF, _WARN, _FAILED = 0, 1, -20, -25
_DIRECTORY, _LINK, _FILE = 0o040000, 0o120000, 0o100000
_BLOCK = 1 << 16
_LOCKED = ("ncrypt",)
"""In what libarchive says of members that want a password."""


def kind_of(head: bytes, window: Window) -> str:
    """The kind of container that the bytes are, if it is one of these; else empty."""
    for magic, kind in MAGICS.items():
        if head.startswith(magic):
            return kind
    if _LHA.match(head):
        return "lha"
    return "iso9660" if not head.strip(b"\0") and window.read(32769, 5) == b"CD001" else ""


def rar_volume(head: bytes) -> bool:
    """Whether a rar is one of several volumes: flag 1 of its main header (RAR 4), of its archive flags (RAR 5)."""
    if head.startswith(_RAR5):
        at = 12
        fields = []
        for _ in range(5):  # size, type, flags, size of extra area where flag 1 says so, archive flags
            number = shift = 0
            while at < len(head):
                byte, at = head[at], at + 1
                number |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
            fields.append(number)
        _, kind, flags, extra, archive = fields
        return kind == 1 and bool((archive if flags & 1 else extra) & 1)
    return head.startswith(_RAR4) and len(head) > 12 and head[9] == 0x73 and bool(head[10] & 1)


def available() -> bool:
    """Whether this machine has the library (`apt install libarchive13`, `brew install libarchive`)."""
    return libarchive is not None


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """Each member, then Closed. With `resume` those before are gone through again, not given again.

    Raises Unreadable `no-library` where the machine lacks libarchive.
    """
    if not available():
        raise Unreadable("no-library", library="libarchive")
    first = resume.ordinal if resume else 0
    wanted = True
    with _Archive(window, budget) as archive:
        for entry in archive.entries():
            if isinstance(entry, (Begin, Refused)):
                wanted = entry.ordinal >= first
            if wanted or isinstance(entry, Closed):
                yield entry


class _Archive:
    """One archive, opened; libarchive's handle is freed in the end."""

    def __init__(self, window: Window, budget: Budget) -> None:
        self._window, self._budget = window, budget
        self._meter = Meter(budget)
        self._unique = names.Unique()
        self._ordinal = self._at = 0
        self._volume = rar_volume(window.read(0, 64))
        self._handle: Any = None
        self._entry: Any = ffi.entry_new()
        self._buffer = ctypes.create_string_buffer(_BLOCK)
        # Kept: libarchive calls them for as long as the handle lives.
        self._callbacks = (
            ffi.OPEN_CALLBACK(lambda *_: _OK),
            ffi.READ_CALLBACK(self._read),
            ffi.SEEK_CALLBACK(self._seek),
            ffi.CLOSE_CALLBACK(lambda *_: _OK),
        )

    def __enter__(self) -> "_Archive":
        opened, read, seek, closed = self._callbacks
        self._handle = ffi.read_new()
        for formats in FORMATS.values():
            for one in formats:
                ffi.get_read_format_function(one)(self._handle)
        ffi.read_set_seek_callback(self._handle, seek)
        try:
            ffi.read_open(self._handle, None, opened, read, closed)
        except ArchiveError as error:
            self.__exit__()
            raise self._fault(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        ffi.entry_free(self._entry)
        ffi.read_free(self._handle)

    def entries(self) -> Iterator[Entry]:
        """What `walk` yields."""
        fault: Unreadable | None = None
        while self._ordinal < self._budget.entries:
            try:
                if ffi.read_next_header2(self._handle, self._entry) == _EOF:
                    break
            except ArchiveError as error:
                fault = self._fault(error)
                break
            yield from self._member()
        else:
            fault = Unreadable("budget", which="entries", limit=self._budget.entries)
        if fault is None and self._volume:
            fault = Unreadable("volume")
        if fault is not None and not self._ordinal:
            raise fault
        yield Closed(self._ordinal, remainder=fault.reason if fault else None)

    def _member(self) -> Iterator[Entry]:
        ordinal, self._ordinal = self._ordinal, self._ordinal + 1
        raw = _name(self._entry)
        size = ffi.entry_size(self._entry) if ffi.entry_size_is_set(self._entry) else None
        name = self._unique(names.clean(raw, limit=self._budget.name))
        begin = Begin(ordinal, name, raw, size, instants=_instants(self._entry))
        kind = ffi.entry_filetype(self._entry)
        if kind != _FILE or ffi.entry_hardlink(self._entry):
            code = {_DIRECTORY: "directory", _LINK: "link", _FILE: "link"}.get(kind, "device")
            yield Refused(ordinal, name, State.IGNORED, Unreadable(code, State.IGNORED).reason, raw)
            return
        if _encrypted(self._entry):
            yield Refused(ordinal, name, State.ENCRYPTED, Unreadable("encrypted").reason, raw, size)
            return
        yield from produced(begin, self._meter.over(self._bytes(size), self._window.length))

    def _bytes(self, size: int | None) -> Iterator[bytes]:
        """The member's bytes; holes of a sparse one as zeros. Raises Unreadable."""
        count = 0
        while True:
            try:
                got = ffi.read_data(self._handle, self._buffer, _BLOCK)
            except ArchiveError as error:
                raise self._fault(error) from error
            if got <= 0:
                break
            count += got
            yield self._buffer.raw[:got]
        if size is not None and count < size:
            raise Unreadable("volume") if self._volume else Unreadable("truncated")

    def _fault(self, error: Exception) -> Unreadable:
        fault = _told(error)
        return Unreadable("volume") if self._volume and fault.state is State.UNREADABLE else fault

    def _read(self, _handle: Any, _data: Any, out: Any) -> int:
        piece = self._window.read(self._at, _BLOCK)
        self._at += len(piece)
        self._held = ctypes.create_string_buffer(piece, len(piece))
        out[0] = ctypes.cast(self._held, ctypes.c_void_p)
        return len(piece)

    def _seek(self, _handle: Any, _data: Any, offset: int, whence: int) -> int:
        base = {0: 0, 1: self._at, 2: self._window.length}[whence]
        self._at = max(0, min(base + offset, self._window.length))
        return self._at


def _encrypted(entry: Any) -> bool:
    return bool(ffi.libarchive.archive_entry_is_data_encrypted(ctypes.c_void_p(entry)))


def _name(entry: Any) -> bytes:
    """The path as UTF-8: rar and cab keep it in Unicode, and libarchive gives it as bytes only where the locale can."""
    wide = ffi.entry_pathname_w(entry)
    if wide is not None:
        return str(wide).encode("utf-8", "surrogatepass")
    return bytes(ffi.entry_pathname(entry) or b"")


def _instants(entry: Any) -> tuple[Instant, ...]:
    if not ffi.entry_mtime_is_set(entry):
        return ()
    seconds = float(ffi.entry_mtime(entry))
    return (Instant(seconds, 0, Clock.ZIP),) if -62_135_510_400 < seconds < 253_402_214_400 else ()


def _told(error: Exception) -> Unreadable:
    # The exception's own text names an address in memory: the ledger must say the same each time.
    text = str(getattr(error, "msg", "") or "")
    if any(mark in text for mark in _LOCKED):
        return Unreadable("encrypted", State.ENCRYPTED)
    return Unreadable("corrupt", reader=SUFFIX, detail=text[:200])
