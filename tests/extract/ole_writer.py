"""Writes OLE2 compound files, property sets, and the records of the old Office formats, for tests."""

import struct

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams, clsids=None):  # noqa: C901 one file from front to back
    """A compound file ([MS-CFB], version 3) of these streams by path; storages are made as needed."""
    paths = {}
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(1, len(parts)):
            paths.setdefault("/".join(parts[:depth]), None)
        paths[path] = data
    names = ["", *paths]
    sectors, fat = [], []

    def chain(data):
        """Append data as sectors; the number of its first, END if it is empty."""
        count = -(-len(data) // 512)
        first = len(sectors)
        for at in range(count):
            sectors.append(data[at * 512 : at * 512 + 512].ljust(512, b"\0"))
            fat.append(first + at + 1 if at + 1 < count else END)
        return first if count else END

    mini, mini_fat, places = b"", [], {}
    for path, data in paths.items():
        if data is None:
            places[path] = (0, 0)
        elif len(data) >= 4096:
            places[path] = (chain(data), len(data))
        else:
            count, first = -(-len(data) // 64), len(mini_fat)
            mini += data.ljust(count * 64, b"\0")
            mini_fat += [first + at + 1 if at + 1 < count else END for at in range(count)]
            places[path] = (first if count else END, len(data))
    root_start = chain(mini)
    mini_start = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat))
    children = {}
    for number, path in enumerate(names[1:], 1):
        children.setdefault(path.rpartition("/")[0], []).append(number)
    directory = b""
    for number, path in enumerate(names):
        own = children.get(path, [])
        siblings = children.get(path.rpartition("/")[0], []) if number else []
        after = [each for each in siblings if each > number]
        name = (path.rpartition("/")[2] if number else "Root Entry").encode("utf-16-le")
        kind = 5 if not number else 1 if paths[path] is None else 2
        start, size = (root_start, len(mini)) if not number else places[path]
        directory += (
            name.ljust(64, b"\0")
            + struct.pack("<HBB", len(name) + 2, kind, 1)
            + struct.pack("<III", FREE, after[0] if after else FREE, own[0] if own else FREE)
            + (clsids or {}).get(path, bytes(16))
            + bytes(20)
            + struct.pack("<IQ", start, size)
        )
    directory_start = chain(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    pages = 1
    while pages * 128 < len(fat) + pages:
        pages += 1
    first = len(sectors)
    fat += [FAT] * pages
    fat += [FREE] * (pages * 128 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    sectors += [table[at * 512 : at * 512 + 512] for at in range(pages)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", pages, directory_start, 0, 4096, mini_start, 1, END, 0, first)
    header += struct.pack(f"<{108}I", *(range(first + 1, first + pages)), *[FREE] * (109 - pages))
    return header + b"".join(sectors)


def properties(values, page=1252):
    """A property set stream: identifier to text, int, or ("time", ticks)."""
    items = {1: struct.pack("<Ihh", 2, page if page < 32768 else page - 65536, 0)}
    for key, value in values.items():
        if isinstance(value, str):
            raw = value.encode({65001: "utf-8"}.get(page, f"cp{page}")) + b"\0"
            items[key] = struct.pack("<II", 30, len(raw)) + raw + bytes(-len(raw) % 4)
        elif isinstance(value, int):
            items[key] = struct.pack("<Ii", 3, value)
        else:
            items[key] = struct.pack("<IQ", 64, value[1])
    at, index, body = 8 + 8 * len(items), b"", b""
    for key, raw in items.items():
        index += struct.pack("<II", key, at + len(body))
        body += raw
    section = struct.pack("<II", at + len(body), len(items)) + index + body
    return b"\xfe\xff\0\0" + bytes(20) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + section


def ticks(seconds):
    """A FILETIME of Unix seconds."""
    return "time", (seconds + 11_644_473_600) * 10_000_000


def record(kind, body=b""):
    """One record of a workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def word(pieces, counts, spans=None, flags=0x0200, lid=0x040C, version=0xC1):
    """WordDocument and table streams of a Word 97 document: pieces as (text, wide), characters of each part."""
    data = bytearray(0x600)
    table = bytearray(4)
    struct.pack_into("<HH2xHHH", data, 0, 0xA5EC, version, lid, 0, flags)
    struct.pack_into("<8i", data, 0x4C, *(*counts, *[0] * (8 - len(counts))))
    places, descriptors, at = [0], b"", 0
    for text, wide in pieces:
        offset = len(data)
        data += text.encode("utf-16-le" if wide else "cp1252")
        descriptors += struct.pack("<HIH", 0, offset if wide else offset * 2 | 0x40000000, 0)
        at += len(text)
        places.append(at)
    plc = struct.pack(f"<{len(places)}I", *places) + descriptors
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(plc)) + plc
    for number, raw in {33: clx, **(spans or {})}.items():
        struct.pack_into("<II", data, 0x9A + 8 * number, len(table), len(raw))
        table += raw
    return bytes(data), bytes(table)


def sttb(texts):
    """An extended string table."""
    body = b"".join(struct.pack("<H", len(text)) + text.encode("utf-16-le") for text in texts)
    return struct.pack("<HHH", 0xFFFF, len(texts), 0) + body


def native(label, data):
    """An Ole10Native stream that wraps a file."""
    name = label.encode("cp1252")
    path = b"C:\\Temp\\" + name + b"\0"
    body = b"\2\0" + name + b"\0" + path + struct.pack("<HHI", 0, 3, len(path)) + path
    body += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body
