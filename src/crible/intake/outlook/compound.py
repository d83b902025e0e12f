"""Writes OLE2 compound files ([MS-CFB], version 3): a drawing embedded in a mail is stored as a storage, not a file."""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
"""Streams and storages by name, at most 31 characters each."""

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_DIFAT = 109
LARGEST = _DIFAT * (_SECTOR // 4) * _SECTOR
"""Bytes that the FAT sectors listed in the header reach: 7 MB. Larger storages are left out of a mail."""


class _Entry:
    def __init__(self, name: str, kind: int) -> None:
        self.name, self.kind = name, kind
        self.left = self.right = self.child = _NONE
        self.start, self.size = _END if kind != _STORAGE else 0, 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le", "replace")[:62]
        head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, self.kind, 1)
        links = struct.pack("<III", self.left, self.right, self.child)
        return head + links + bytes(36) + struct.pack("<IQ", self.start, self.size)


def written(tree: Tree, clsid: bytes = b"") -> bytes:
    """The compound file of `tree`; raises ValueError beyond `LARGEST` bytes."""
    return _Writer().write(tree, clsid)


class _Writer:
    def __init__(self) -> None:
        self._entries = [_Entry("Root Entry", _ROOT)]
        self._sectors: list[bytes] = []
        self._fat: list[int] = []
        self._mini = bytearray()
        self._mini_fat: list[int] = []

    def write(self, tree: Tree, clsid: bytes) -> bytes:
        root = self._entries[0]
        root.child = self._storage(tree)
        root.start, root.size = self._chain(bytes(self._mini)), len(self._mini)
        mini_fat = struct.pack(f"<{len(self._mini_fat)}I", *self._mini_fat)
        mini_start = self._chain(mini_fat, b"\xff")
        directory = b"".join(entry.packed() for entry in self._entries)
        directory = directory[:80] + clsid[:16].ljust(16, b"\0") + directory[96:]
        first = self._chain(directory + (_Entry("", 0).packed() * (-len(self._entries) % 4)))
        fat = self._table()
        header = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack("<III", 0, len(fat), first) + struct.pack("<II", 0, _CUTOFF)
        header += struct.pack("<II", mini_start, -(-len(mini_fat) // _SECTOR)) + struct.pack("<II", _END, 0)
        header += struct.pack(f"<{_DIFAT}I", *fat, *[_FREE] * (_DIFAT - len(fat)))
        return header + b"".join(self._sectors)

    def _storage(self, tree: Tree) -> int:
        """Entries of a storage's children as a balanced tree (§2.6.4: shorter names first, then by upper case)."""
        placed = []
        for name in sorted(tree, key=lambda name: (len(name), name.upper())):
            held = tree[name]
            entry = _Entry(name, _STREAM if isinstance(held, bytes) else _STORAGE)
            placed.append(len(self._entries))
            self._entries.append(entry)
            if isinstance(held, bytes):
                entry.size = len(held)
                entry.start = self._stream(held)
            else:
                entry.child = self._storage(held)
        return self._balanced(placed)

    def _balanced(self, placed: list[int]) -> int:
        if not placed:
            return _NONE
        middle = len(placed) // 2
        entry = self._entries[placed[middle]]
        entry.left, entry.right = self._balanced(placed[:middle]), self._balanced(placed[middle + 1 :])
        return placed[middle]

    def _stream(self, data: bytes) -> int:
        if not data:
            return _END
        if len(data) >= _CUTOFF:
            return self._chain(data)
        start, count = len(self._mini_fat), -(-len(data) // _MINI)
        self._mini_fat += [*range(start + 1, start + count), _END]
        self._mini += data.ljust(count * _MINI, b"\0")
        return start

    def _chain(self, data: bytes, fill: bytes = b"\0") -> int:
        if not data:
            return _END
        start, count = len(self._sectors), -(-len(data) // _SECTOR)
        if (start + count) * _SECTOR > LARGEST - (1 << 16):
            raise ValueError("storage too large")
        self._sectors += [data[at : at + _SECTOR].ljust(_SECTOR, fill) for at in range(0, len(data), _SECTOR)]
        self._fat += [*range(start + 1, start + count), _END]
        return start

    def _table(self) -> list[int]:
        """Writes the FAT itself; returns its sectors."""
        per = _SECTOR // 4
        count = 0
        while len(self._fat) + count > count * per:
            count += 1
        start = len(self._sectors)
        table = [*self._fat, *[_FAT] * count]
        table += [_FREE] * (count * per - len(table))
        for at in range(count):
            self._sectors.append(struct.pack(f"<{per}I", *table[at * per : (at + 1) * per]))
        return [start + at for at in range(count)]
