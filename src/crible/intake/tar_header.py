"""Headers of tar archives: v7, ustar, pax (POSIX.1-2001) and GNU, with their extended headers.

Ours instead of tarfile's: of the Python versions that we support some loop for ever on a negative size
(CVE-2025-8194) or backtrack over a pax header for minutes (CVE-2024-6232), and all read a header of any size whole.
"""

from dataclasses import dataclass, field

from crible.intake.budget import Budget
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

BLOCK = 512
_PAX, _PAX_GLOBAL, _LONG_NAME, _LONG_LINK = (b"x", b"X"), b"g", b"L", b"K"
_EXTENDED = frozenset((*_PAX, _PAX_GLOBAL, _LONG_NAME, _LONG_LINK))


@dataclass(slots=True)
class Header:
    """One member: its own header block, with what extended headers before it say instead."""

    block: bytes
    start: int
    """Of the first header block that belongs to it."""
    data: int
    """Where its data begins."""
    raw_name: bytes
    link: bytes
    size: int
    """Bytes stored."""
    modified: float
    records: dict[bytes, bytes] = field(default_factory=dict)
    """pax records in force."""
    sparse: list[tuple[int, int]] = field(default_factory=list)
    """pax sparse 0.0: (offset, size) of each stored run."""

    @property
    def kind(self) -> bytes:
        """The type flag."""
        return self.block[156:157]


def corrupt(detail: str) -> Unreadable:
    """The reason for a tar file that makes no sense."""
    return Unreadable("corrupt", reader="tar", detail=detail)


def is_header(block: bytes) -> bool:
    """Whether a block is a header, by its checksum, summed unsigned or, as some old tars did, signed."""
    if len(block) < BLOCK:
        return False
    try:
        stated = number(block[148:156])
    except Unreadable:
        return False
    total = sum(block) - sum(block[148:156]) + 8 * 0x20
    if total == stated:
        return stated != 8 * 0x20
    high = sum(byte >= 0x80 for byte in block[:148] + block[156:])
    return total - 256 * high == stated


def number(digits: bytes) -> int:
    """A numeric field: octal, or GNU base 256 where the first bit is set. Raises Unreadable for anything else."""
    if digits[0] & 0x80:
        value = int.from_bytes(digits, "big", signed=False) & ((1 << (8 * len(digits) - 1)) - 1)
        if digits[0] & 0x40:
            raise corrupt("negative number")
        return value
    text = digits.partition(b"\0")[0].strip()
    if not text:
        return 0
    if not all(0x30 <= digit <= 0x37 for digit in text):
        raise corrupt("number")
    return int(text, 8)


class Headers:
    """Reads one member's headers after the other; keeps what global pax headers set."""

    def __init__(self, window: Window, budget: Budget) -> None:
        self._window, self._cap = window, budget.header
        self._global: dict[bytes, bytes] = {}

    def read(self, at: int) -> Header:
        """The member whose headers begin at `at`. Raises Unreadable `corrupt` or `truncated`."""
        start = at
        records: dict[bytes, bytes] = {}
        sparse: list[tuple[int, int]] = []
        long: dict[bytes, bytes] = {}
        while True:
            block = self._window.read(at, BLOCK)
            if len(block) < BLOCK:
                raise Unreadable("truncated")
            if not is_header(block):
                raise corrupt("header")
            kind, size = block[156:157], number(block[124:136])
            if kind not in _EXTENDED:
                return self._header(block, start, at + BLOCK, {**self._global, **records}, sparse, long)
            data = self._extended(at + BLOCK, size)
            if kind in _PAX:
                _pax(data, records, sparse)
            elif kind == _PAX_GLOBAL:
                _pax(data, self._global, [])
            else:
                long[kind] = data.partition(b"\0")[0]
            at += BLOCK + rounded(size)

    def _extended(self, at: int, size: int) -> bytes:
        if size > self._cap:
            raise Unreadable("budget", which="header", limit=self._cap)
        data = self._window.read(at, size)
        if len(data) < size:
            raise Unreadable("truncated")
        return data

    def _header(
        self,
        block: bytes,
        start: int,
        data: int,
        records: dict[bytes, bytes],
        sparse: list[tuple[int, int]],
        long: dict[bytes, bytes],
    ) -> Header:
        name = block[:100].partition(b"\0")[0]
        prefix = block[345:500].partition(b"\0")[0] if block[257:263] == b"ustar\0" else b""
        name = long.get(_LONG_NAME) or (prefix + b"/" + name if prefix else name)
        name = records.get(b"GNU.sparse.name") or records.get(b"path") or name
        link = records.get(b"linkpath") or long.get(_LONG_LINK) or block[157:257].partition(b"\0")[0]
        size = _decimal(records[b"size"]) if b"size" in records else number(block[124:136])
        return Header(block, start, data, name, link, size, _modified(block, records), records, sparse)


def _modified(block: bytes, records: dict[bytes, bytes]) -> float:
    """Seconds since 1970, 0 where there is no sensible one."""
    try:
        stated = records.get(b"mtime", b"")
        seconds = float(stated[:32]) if stated else float(number(block[136:148]))
    except (ValueError, Unreadable):
        return 0.0
    return seconds if 0 < seconds < 253_402_300_800 else 0.0  # the year 10000


def _pax(data: bytes, records: dict[bytes, bytes], sparse: list[tuple[int, int]]) -> None:
    """Take up a pax header's records (length, key, value). Raises Unreadable where a length makes no sense."""
    at, run = 0, 0
    while at < len(data) and data[at] != 0:
        space = data.find(b" ", at, at + 20)
        end = at + _decimal(data[at:space]) if space > at else at
        if not at < space < end <= len(data):
            raise corrupt("pax header")
        key, _, value = data[space + 1 : end - 1].partition(b"=")
        if key == b"GNU.sparse.offset":
            run = _decimal(value)
        elif key == b"GNU.sparse.numbytes":
            sparse.append((run, _decimal(value)))
        elif key in _HEEDED:
            records[key] = value
        at = end


_HEEDED = frozenset(
    b"path linkpath size mtime GNU.sparse.major GNU.sparse.minor GNU.sparse.name GNU.sparse.size GNU.sparse.realsize "
    b"GNU.sparse.map".split()
)


def _decimal(digits: bytes) -> int:
    if not 0 < len(digits) < 20 or not digits.isdigit():
        raise corrupt("number")
    return int(digits)


def rounded(size: int) -> int:
    """A size with the padding to whole blocks."""
    return -(-size // BLOCK) * BLOCK
