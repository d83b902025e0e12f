"""Streams of an OLE2 compound file ([MS-CFB]), as much of them as its sectors still give.

Own rather than olefile's: that recurses over siblings, holds each stream's chain as a list, and refuses files whose
last sector is cut off, which Word and every mail program still open.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from crible.extract.ole2 import SIGNATURE
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

ENTRIES = 50_000
"""Directory entries looked at; a presentation of 1,200 objects has 9,000."""
STREAM_CAP = 512 << 20
DEPTH = 40
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors (§2.1)."""
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(frozen=True, slots=True)
class Item:
    """One storage or stream."""

    path: str
    """Names from the root down, lower case, joined by `/`."""
    name: str
    """As written."""
    storage: bool
    start: int
    size: int
    clsid: bytes = bytes(16)


class Compound:
    """An open compound file. Raises ValueError where header or directory cannot be followed at all."""

    def __init__(self, window: Window) -> None:
        header = window.read(0, 512)
        if len(header) < 512 or not header.startswith(SIGNATURE):
            raise ValueError("no compound file header")
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            raise ValueError("sector size")
        self._window, self._size = window, 1 << shift
        self._sectors = -(-window.length // self._size)
        self._fat = self._table(self._fat_sectors(header))
        directory, first_mini = struct.unpack_from("<I", header, 48)[0], struct.unpack_from("<I", header, 60)[0]
        entries = self._entries(b"".join(self._chain(directory, ENTRIES * 128)))
        if not entries:
            raise ValueError("no directory")
        self._root = entries[0]
        self._mini_fat = array("I")
        self._mini_fat.frombytes(_whole_words(b"".join(self._chain(first_mini, window.length))))
        self._mini: bytes | None = None
        self._streams: dict[str, list[Item]] | None = None
        self.items = _tree(entries) or _orphans(entries)
        """By path, in the order of the tree."""

    def read(self, path: str, cap: int = STREAM_CAP) -> bytes:
        """A stream's bytes, short where its chain breaks off; KeyError if there is none of that name."""
        item = self.items[path.lower()]
        if item.storage:
            raise KeyError(path)
        return self.read_item(item, cap)

    def read_item(self, item: Item, cap: int = STREAM_CAP) -> bytes:
        """The same for an item at hand; Unreadable `budget` over `cap` bytes."""
        size = min(item.size, self._window.length)
        if size > cap:
            raise Unreadable("budget", which="part", limit=cap)
        if item.size >= 4096:
            return b"".join(self._chain(item.start, size))[:size]
        return self._small(item.start, size)

    def optional(self, path: str, cap: int = 1 << 20) -> bytes:
        """A stream's bytes, empty where it is absent or over `cap`."""
        try:
            return self.read(path, cap)
        except (KeyError, Unreadable):
            return b""

    def streams(self, folder: str) -> list[Item]:
        """Streams directly in a storage."""
        if self._streams is None:
            self._streams = {}
            for item in self.items.values():
                if not item.storage:
                    self._streams.setdefault(item.path.rpartition("/")[0], []).append(item)
        return self._streams.get(folder.lower(), [])

    def _fat_sectors(self, header: bytes) -> list[int]:
        """Sectors that hold the FAT: 109 in the header, the others in a chain of their own (§2.5)."""
        sectors = list(struct.unpack_from("<109I", header, 76))
        at, left = struct.unpack_from("<II", header, 68)
        seen: set[int] = set()
        while at < _END and left and at not in seen and at < self._sectors:
            seen.add(at)
            left -= 1
            page = self._sector(at)
            words = struct.unpack_from(f"<{len(page) // 4}I", page)
            sectors += words[:-1]
            at = words[-1] if words else _END
        return [sector for sector in sectors if sector < min(_END, self._sectors)]

    def _table(self, sectors: list[int]) -> "array[int]":
        fat = array("I")
        needed = -(-self._sectors * 4 // self._size) + 1
        for sector in sectors[:needed]:
            fat.frombytes(_whole_words(self._sector(sector).ljust(self._size, b"\xff")))
        return fat

    def _sector(self, sector: int) -> bytes:
        return self._window.read((sector + 1) * self._size, self._size)

    def _chain(self, sector: int, size: int) -> Iterator[bytes]:
        """Bytes of a chain, runs of neighbours at once, at most `size` and a sector more; a circle ends by that."""
        left = -(-size // self._size)
        fat, known = self._fat, len(self._fat)
        while left > 0 and sector < self._sectors:
            run = 1
            while run < left and sector + run <= known and fat[sector + run - 1] == sector + run:
                run += 1
            yield self._window.read((sector + 1) * self._size, run * self._size)
            left -= run
            last = sector + run - 1
            sector = fat[last] if last < known else _END

    def _small(self, sector: int, size: int) -> bytes:
        """A stream under 4,096 bytes lies in the root's own stream, 64 bytes a sector (§2.4)."""
        if self._mini is None:
            self._mini = b"".join(self._chain(self._root.start, min(self._root.size, self._window.length)))
        pieces = []
        while size > 0 and sector < _END:
            piece = self._mini[sector * 64 : sector * 64 + min(64, size)]
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
            sector = self._mini_fat[sector] if sector < len(self._mini_fat) else _END
        return b"".join(pieces)

    def _entries(self, directory: bytes) -> list["_Entry"]:
        big = self._size == 4096
        return [_entry(directory[at : at + 128], big) for at in range(0, len(directory) - 127, 128)]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    clsid: bytes
    start: int
    size: int


def _entry(raw: bytes, big: bool) -> _Entry:
    length = struct.unpack_from("<H", raw, 64)[0]
    name = raw[: min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<III", raw, 68)
    start, low, high = struct.unpack_from("<III", raw, 116)
    return _Entry(name, raw[66], left, right, child, raw[80:96], start, low | (high << 32 if big else 0))


def _tree(entries: list[_Entry]) -> dict[str, Item]:
    """Items by path, children after their storage; each entry at most once, whatever the links say (§2.6.4)."""
    found: dict[str, Item] = {}
    seen: set[int] = set()
    todo = [(entries[0].child, "", 0)]
    while todo:
        at, folder, depth = todo.pop()
        if at >= len(entries) or at in seen or depth > DEPTH:
            continue
        seen.add(at)
        entry = entries[at]
        if entry.kind in (_STORAGE, _STREAM):
            path = folder + entry.name.lower()
            found.setdefault(path, _item(path, entry))
            if entry.kind == _STORAGE:
                todo.append((entry.child, path + "/", depth + 1))
        todo += [(entry.left, folder, depth), (entry.right, folder, depth)]
    return found


def _orphans(entries: list[_Entry]) -> dict[str, Item]:
    """Where the tree cannot be followed: streams by their bare names, as if all lay at the root."""
    found: dict[str, Item] = {}
    for entry in entries:
        if entry.kind == _STREAM:
            found.setdefault(entry.name.lower(), _item(entry.name.lower(), entry))
    return found


def _item(path: str, entry: _Entry) -> Item:
    return Item(path, entry.name, entry.kind == _STORAGE, entry.start, entry.size, entry.clsid)


def _whole_words(data: bytes) -> bytes:
    return data[: len(data) & ~3]
