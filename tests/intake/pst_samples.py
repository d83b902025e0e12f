"""A Unicode PST of one B-tree page each ([MS-PST]): folders and items without tables, as far as libpff needs them."""

import struct
import zlib

from outlook_samples import LONG, MOMENT, TEXT, Properties, filetime

STORE, NAMES, ROOT = 0x21, 0x61, 0x122
FIRST_FOLDER, FIRST_MESSAGE = 0x8022, 0x200024
FOLDER_STEP = MESSAGE_STEP = 0x20


def _crc(data: bytes) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF  # §5.3 starts from zero and inverts nothing


def _signature(offset: int, number: int) -> int:
    value = (offset ^ number) & 0xFFFFFFFF
    return (value >> 16) ^ (value & 0xFFFF)


def _heap(properties: Properties) -> bytes:
    """A property context (§2.3.3): a heap with one B-tree of values, sorted by property."""
    records, values = b"", []
    for (number, kind), value in sorted(properties.items()):
        if kind == LONG:
            held = struct.unpack("<I", struct.pack("<i", value))[0]
        else:
            raw = filetime(value) if kind == MOMENT else str(value).encode("utf-16-le") if kind == TEXT else value
            values.append(raw)
            held = (len(values) + 2) << 5 if raw else 0
        records += struct.pack("<HHI", number, kind, held)
    parts = [struct.pack("<BBBBI", 0xB5, 2, 6, 0, 0x40), records, *values]
    return _allocated(parts, 0xBC)


def _table(rows: list[int]) -> bytes:
    """A table context (§2.3.4) of row identifiers alone, as a folder lists what is in it."""
    columns = struct.pack("<HHHBB", 3, 0x67F2, 0, 4, 0) + struct.pack("<HHHBB", 3, 0x67F3, 4, 4, 1)
    info = struct.pack("<BBHHHHIII", 0x7C, 2, 8, 8, 8, 9, 0x40, 0x80 if rows else 0, 0) + columns
    index = b"".join(struct.pack("<II", row, place) for place, row in enumerate(sorted(rows)))
    matrix = b"".join(struct.pack("<IIB", row, 1, 0xC0) for row in sorted(rows))
    return _allocated([info, struct.pack("<BBBBI", 0xB5, 4, 4, 0, 0x60 if rows else 0), index, matrix], 0x7C)


def _allocated(parts: list[bytes], kind: int) -> bytes:
    """A heap on one block (§2.3.1), its root the first part."""
    offsets, at = [], 12
    for part in parts:
        offsets.append(at)
        at += len(part)
    body = b"".join(parts) + bytes(at % 2)
    table = struct.pack(f"<HH{len(offsets) + 1}H", len(parts), 0, *offsets, at)
    return struct.pack("<HBBI4x", 12 + len(body), 0xEC, kind, 0x20) + body + table


class _File:
    def __init__(self) -> None:
        self.data = bytearray(0x4600)
        self.nodes: list[tuple[int, int, int]] = []
        self.blocks: list[tuple[int, int, int]] = []

    def block(self, data: bytes) -> int:
        number, at = 4 * (len(self.blocks) + 1), len(self.data)
        self.blocks.append((number, at, len(data)))
        padded = data.ljust(-(-(len(data) + 16) // 64) * 64 - 16, b"\0")
        self.data += padded + struct.pack("<HHIQ", len(data), _signature(at, number), _crc(data), number)
        return number

    def node(self, identifier: int, parent: int, properties: Properties) -> None:
        self.nodes.append((identifier, self.block(_heap(properties)), parent))

    def table(self, identifier: int, rows: list[int]) -> None:
        self.nodes.append((identifier, self.block(_table(rows)), 0))

    def page(self, kind: int, entries: list[bytes], most: int) -> tuple[int, int]:
        self.data += bytes(-len(self.data) % 512)
        at, number = len(self.data), 4 * 1000 + 2 + 4 * kind
        body = b"".join(entries).ljust(488, b"\0") + struct.pack("<BBBB4x", len(entries), most, 488 // most, 0)
        self.data += body + struct.pack("<BBHIQ", kind, kind, _signature(at, number), _crc(body), number)
        return number, at

    def finished(self) -> bytes:
        nodes = [struct.pack("<QQQI4x", nid, block, 0, parent) for nid, block, parent in sorted(self.nodes)]
        blocks = [struct.pack("<QQHH4x", number, at, size, 2) for number, at, size in self.blocks]
        nbt, bbt = self.page(0x81, nodes, 15), self.page(0x80, blocks, 20)
        root = struct.pack("<IQQQQ", 0, len(self.data), 0x4400, 0, 0) + struct.pack("<QQQQ", *nbt, *bbt) + b"\2\0\0\0"
        inner = struct.pack("<2sHHBBIIQQI", b"SM", 23, 19, 1, 1, 0, 0, 0, 4 * 5000, 1) + struct.pack(
            "<32I", *[0x400] * 32
        )
        inner += bytes(8) + root + bytes(4) + b"\xff" * 256 + b"\x80\0\0\0" + struct.pack("<Q", 4 * 4000)
        header = b"!BDN" + struct.pack("<I", _crc(inner[:471])) + inner + struct.pack("<I", _crc(inner[:516]))
        self.data[: len(header)] = header
        return bytes(self.data)


def pst(folders: dict[str, list[Properties]], orphans: tuple[Properties, ...] = ()) -> bytes:
    """A store with its folders side by side, and items whose folder is gone; 15 nodes at most.

    An item with message flags (0x0E07) is one that its folder no longer lists.
    """
    file = _File()
    file.node(STORE, 0, {(0x3001, TEXT): "Horizon", (0x0FF9, 0x102): bytes(16)})
    file.node(NAMES, 0, {(1, LONG): 251, (2, 0x102): bytes(16), (3, 0x102): bytes(8), (4, 0x102): bytes(4)})
    file.node(ROOT, ROOT, {(0x3001, TEXT): "", (0x3602, LONG): 0})
    message = FIRST_MESSAGE
    for place, (name, items) in enumerate(folders.items()):
        folder = FIRST_FOLDER + place * FOLDER_STEP
        file.node(folder, ROOT, {(0x3001, TEXT): name, (0x3602, LONG): len(items)})
        listed = []
        for item in items:
            file.node(message, folder, item)
            if (0x0E07, LONG) not in item:
                listed.append(message)
            message += MESSAGE_STEP
        file.table(folder + 12, listed)
    for item in orphans:
        file.node(message, 0x9FFE2, item)
        message += MESSAGE_STEP
    return file.finished()


def letter(subject: str, text: str) -> Properties:
    """A sent mail."""
    return {
        (0x001A, TEXT): "IPM.Note", (0x0037, TEXT): "\x01\x01" + subject, (0x1000, TEXT): text,
        (0x0039, MOMENT): 1_492_673_400, (0x0C1A, TEXT): "Ada Ferrand", (0x0C1F, TEXT): "ada@horizon.example",
        (0x0E04, TEXT): "Karim Benali; karim@campagne.example",
    }  # fmt: skip
