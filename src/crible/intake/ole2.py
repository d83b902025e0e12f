"""Names of the streams at the root of an OLE2 compound file ([MS-CFB]): enough to tell a .doc from an .msg."""

import struct

from crible.sandbox.window import Window

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_SECTORS = 4096
_NONE = 0xFFFFFFFF


def root_names(window: Window) -> frozenset[str]:
    """Names of the streams and storages directly below the root, lower case (§2.6.4: they compare without case).

    Empty where the directory cannot be followed.
    """
    header = window.read(0, 512)
    if len(header) < 512 or not header.startswith(SIGNATURE):
        return frozenset()
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        return frozenset()
    entries = _entries(_directory(window, header, 1 << shift))
    return frozenset(_below_root(entries)) if entries else frozenset()


def _directory(window: Window, header: bytes, size: int) -> bytes:
    """The directory stream, followed through the FAT sectors that the header lists (§2.2, §2.3, §2.6)."""
    fat_sectors = struct.unpack_from("<109I", header, 76)
    sector = struct.unpack_from("<I", header, 48)[0]
    pieces: list[bytes] = []
    seen: set[int] = set()
    per_sector = size // 4
    while sector < 0xFFFFFFFA and sector not in seen and len(seen) < _DIRECTORY_SECTORS:
        seen.add(sector)
        pieces.append(window.read((sector + 1) * size, size))
        page, slot = divmod(sector, per_sector)
        if page >= len(fat_sectors) or fat_sectors[page] >= 0xFFFFFFFA:
            break  # FAT sectors beyond the header's 109 begin at 7 MB: by then the root's own names were met
        pointer = window.read((fat_sectors[page] + 1) * size + 4 * slot, 4)
        sector = struct.unpack("<I", pointer)[0] if len(pointer) == 4 else _NONE
    return b"".join(pieces)


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """(name, left, right, child) of each 128-byte entry (§2.6.1)."""
    entries = []
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<III", directory, at + 68)
        entries.append((name, left, right, child))
    return entries


def _below_root(entries: list[tuple[str, int, int, int]]) -> set[str]:
    names: set[str] = set()
    seen: set[int] = set()
    todo = [entries[0][3]]
    while todo:
        at = todo.pop()
        if at >= len(entries) or at in seen:
            continue
        seen.add(at)
        name, left, right, _ = entries[at]
        names.add(name.lower())
        todo += [left, right]
    return names
