"""What every dump has too: locked, broken, empty and unheard-of files, so that the ledger has reasons to give."""

import hashlib
import struct
import zlib

from crible.demo.vessels import zip_of

PASSWORD = b"parapluie"
"""Of `coffre.zip`."""


def odd_files() -> dict[str, bytes]:
    """Path from the dump's root → bytes."""
    contacts = b"nom;ville\nFontanel;Clairmont\nLe Goadec;Port-Lannec\n"
    return {
        "pieces/divers/coffre.zip": locked_zip("contacts-confidentiels.csv", contacts, PASSWORD),
        "pieces/divers/photos-meeting.zip": cut_zip(),
        "pieces/divers/plan-tribune.skq": b"SKQ1\x00\x00\x00\x02" + hashlib.shake_256(b"plan").digest(3000),
        "pieces/divers/vide.txt": b"",
    }


def cut_zip() -> bytes:
    """A zip whose second member lost bytes in the middle: its directory is whole, its stream is not."""
    noise = hashlib.shake_256(b"meeting").digest(6000)
    whole = zip_of({"lisez-moi.txt": "Photos du 18 mars, à trier.\n".encode(), "meeting-001.raw": noise})
    at = whole.index(noise[:64]) if noise[:64] in whole else len(whole) // 2
    return whole[: at + 900] + b"\x00" * 2400 + whole[at + 3300 :]


def locked_zip(name: str, data: bytes, password: bytes) -> bytes:
    """A zip with one stored member under traditional encryption (APPNOTE.TXT 6.1); the standard library reads only."""
    check = zlib.crc32(data)
    cipher = _Cipher(password)
    head = hashlib.sha256(name.encode()).digest()[:11] + bytes([check >> 24])
    body = cipher.encrypt(head + data)
    raw = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0x9000, 0x4AA5, check, len(body), len(data), len(raw), 0)
    local = b"PK\x03\x04" + common + raw + body
    central = b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


class _Cipher:
    """PKWARE's stream cipher; long broken, still what people lock zips with."""

    def __init__(self, password: bytes) -> None:
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self._update(byte)

    def encrypt(self, data: bytes) -> bytes:
        out = bytearray()
        for byte in data:
            pad = (self.keys[2] & 0xFFFF) | 2
            out.append(byte ^ ((pad * (pad ^ 1) >> 8) & 0xFF))
            self._update(byte)
        return bytes(out)

    def _update(self, byte: int) -> None:
        first = _crc_step(self.keys[0], byte)
        second = ((self.keys[1] + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.keys = [first, second, _crc_step(self.keys[2], second >> 24)]


def _crc_step(crc: int, byte: int) -> int:
    # zlib inverts before and after; the cipher's CRC does not.
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
