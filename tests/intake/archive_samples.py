"""Archives written byte by byte, as far as storing goes: rar 4, cab, lha, and an image of a disc by libarchive."""

import struct
import zlib

RAR_MARK = b"Rar!\x1a\x07\x00"


def rar_block(kind: int, flags: int, fields: bytes, data: bytes = b"") -> bytes:
    """RAR 4: checksum, type, flags, size."""
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def rar_member(name: bytes, data: bytes, flags: int = 0x8000, attributes: int = 0x20) -> bytes:
    """A stored file."""
    sizes = struct.pack("<II", len(data), len(data))
    rest = struct.pack("<BIIBBHI", 2, zlib.crc32(data), 0x4A6E5000, 20, 0x30, len(name), attributes)
    return rar_block(0x74, flags, sizes + rest + name, data)


def rar(*members: bytes, volume: bool = False) -> bytes:
    """The archive."""
    return RAR_MARK + rar_block(0x73, int(volume), bytes(6)) + b"".join(members) + rar_block(0x7B, 0x4000, b"")


def cab(**members: bytes) -> bytes:
    """[MS-CAB]: one folder, not compressed, checksums left out."""
    data = b"".join(members.values())
    files = b""
    for at, (name, content) in zip(_offsets(members), members.items(), strict=True):
        files += struct.pack("<IIHHHH", len(content), at, 0, 0x4A6E, 0x5000, 0x20) + name.encode() + b"\0"
    block = struct.pack("<IHH", 0, len(data), len(data)) + data
    first = 36 + 8 + len(files)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, first + len(block), 0, 44, 0, 3, 1, 1, len(members), 0, 1, 0)
    return head + struct.pack("<IHH", first, 1, 0) + files + block


def _offsets(members: dict[str, bytes]) -> list[int]:
    found, at = [], 0
    for content in members.values():
        found.append(at)
        at += len(content)
    return found


def lha(**members: bytes) -> bytes:
    """Level 0 headers, method -lh0- (stored)."""
    out = b""
    for name, content in members.items():
        fields = b"-lh0-" + struct.pack("<IIHHBB", len(content), len(content), 0x5000, 0x4A6E, 0x20, 0)
        fields += bytes((len(name),)) + name.encode() + struct.pack("<H", _crc16(content))
        out += bytes((len(fields), sum(fields) & 0xFF)) + fields + content
    return out + b"\0"


def _crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def iso(**members: bytes) -> bytes:
    """ISO 9660, by the library that reads it."""
    import libarchive

    out = bytearray()
    with libarchive.custom_writer(lambda piece: out.extend(piece) or len(piece), "iso9660") as archive:
        for name, content in members.items():
            archive.add_file_from_memory(name, len(content), content)
    return bytes(out)
