"""Decryption of zip members: PKWARE's traditional cipher (APPNOTE §6.1) and WinZip's AES (AE-1, AE-2).

Neither protects much, and that is not ours to judge: the newsroom was given the password. The traditional cipher is a
byte-wise feedback that pure Python runs at 2.1 MB/s; archives of that kind are small or old, and a longer one
ends as a row at the child's limit of processor time.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from crible.intake.zip_directory import Member, extra_block
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

ENCRYPTED, STRONG, DESCRIPTOR = 0x1, 0x40, 0x8
AES = 99
"""Compression method that stands for WinZip AES; the real one is in extra field 0x9901."""
HEADER = 12
"""Bytes of the traditional cipher's header."""
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Aes:
    """Extra field 0x9901 (WinZip, "AES Encryption Information")."""

    version: int
    key: int
    """Bytes of the key: 16, 24 or 32."""
    method: int
    """Compression method beneath."""

    @property
    def salt(self) -> int:
        """Bytes of the salt."""
        return self.key // 2

    @property
    def around(self) -> int:
        """Bytes beside the encrypted data: salt, password check value, authentication code."""
        return self.salt + 2 + 10


def aes(member: Member) -> Aes:
    """How a member of method 99 is encrypted. Raises Unreadable `method` for what the field does not describe."""
    block = extra_block(member.extra, 0x9901)
    if len(block) < 7 or block[4] not in (1, 2, 3):
        raise Unreadable("method", method=AES)
    return Aes(int.from_bytes(block[:2], "little"), 8 + 8 * block[4], int.from_bytes(block[5:7], "little"))


class Traditional:
    """The state of the traditional cipher under one password."""

    def __init__(self, password: bytes) -> None:
        self._keys = (0x12345678, 0x23456789, 0x34567890)
        for byte in password:
            self._update(byte)

    def _update(self, byte: int) -> None:
        one, two, three = self._keys
        table = _TABLE
        one = (one >> 8) ^ table[(one ^ byte) & 0xFF]
        two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        three = (three >> 8) ^ table[(three ^ (two >> 24)) & 0xFF]
        self._keys = one, two, three

    def decrypt(self, data: bytes) -> bytes:
        """The next bytes in clear. Everything is a local variable: this loop is all the time there is."""
        one, two, three = self._keys
        table, out = _TABLE, bytearray(len(data))
        for n, byte in enumerate(data):
            mask = three | 2
            byte ^= ((mask * (mask ^ 1)) >> 8) & 0xFF
            one = (one >> 8) ^ table[(one ^ byte) & 0xFF]
            two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
            three = (three >> 8) ^ table[(three ^ (two >> 24)) & 0xFF]
            out[n] = byte
        self._keys = one, two, three
        return bytes(out)


def _crc_table() -> tuple[int, ...]:
    table = []
    for n in range(256):
        for _ in range(8):
            n = (n >> 1) ^ (0xEDB88320 if n & 1 else 0)
        table.append(n)
    return tuple(table)


_TABLE = _crc_table()


def traditional_fits(window: Window, data: int, member: Member, password: str) -> bool:
    """Whether the password's check byte agrees: one wrong password in 256 passes."""
    clear = Traditional(password.encode()).decrypt(window.read(data, HEADER))
    wanted = member.stamp[1] >> 8 if member.flags & DESCRIPTOR else member.crc >> 24
    return len(clear) == HEADER and clear[-1] == wanted & 0xFF


def aes_fits(window: Window, data: int, how: Aes, password: str) -> bool:
    """Whether the password check value agrees: one wrong password in 65,536 passes."""
    salt, check = window.read(data, how.salt), window.read(data + how.salt, 2)
    return _derived(password, salt, how.key)[2] == check


def traditional(window: Window, data: int, packed: int, password: str) -> Iterator[bytes]:
    """The member's compressed bytes in clear."""
    cipher = Traditional(password.encode())
    cipher.decrypt(window.read(data, HEADER))
    for piece in _pieces(window, data + HEADER, data + packed):
        yield cipher.decrypt(piece)


def winzip(window: Window, data: int, packed: int, how: Aes, password: str) -> Iterator[bytes]:
    """The same for AES; raises Unreadable `corrupt` where the authentication code does not fit in the end."""
    key, authentication, _ = _derived(password, window.read(data, how.salt), how.key)
    code = hmac.new(authentication, digestmod=hashlib.sha1)
    block, start, end = 1, data + how.salt + 2, data + packed - 10
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 the counter is ours: it is little-endian
    for piece in _pieces(window, start, end):
        code.update(piece)
        blocks = -(-len(piece) // 16)
        counters = b"".join((block + n).to_bytes(16, "little") for n in range(blocks))
        block += blocks
        stream = cipher.update(counters)[: len(piece)]
        clear = int.from_bytes(piece, "little") ^ int.from_bytes(stream, "little")
        yield clear.to_bytes(len(piece), "little")
    if not hmac.compare_digest(code.digest()[:10], window.read(end, 10)):
        raise Unreadable("corrupt", reader="zip", detail="authentication code")


def _derived(password: str, salt: bytes, size: int) -> tuple[bytes, bytes, bytes]:
    """Key, authentication key and check value (PBKDF2-HMAC-SHA1, 1,000 rounds)."""
    material = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 2 * size + 2)
    return material[:size], material[size : 2 * size], material[2 * size :]


def _pieces(window: Window, at: int, end: int) -> Iterator[bytes]:
    while at < end and (piece := window.read(at, min(_PIECE, end - at))):
        at += len(piece)
        yield piece


class Clear:
    """Decrypted bytes as a decompressor takes them from a window: read once, from front to back."""

    def __init__(self, pieces: Iterator[bytes], length: int) -> None:
        self.length = max(length, 0)
        self._pieces = pieces
        self._kept = b""
        self._at = 0

    def read(self, at: int = 0, size: int | None = None) -> bytes:
        """Up to `size` bytes from `at` on, which is where the last read ended."""
        if at != self._at:
            raise ValueError("decrypted bytes are read in order")
        wanted = self.length - at if size is None else min(size, self.length - at)
        while len(self._kept) < wanted and (piece := next(self._pieces, b"")):
            self._kept += piece
        data, self._kept = self._kept[:wanted], self._kept[wanted:]
        self._at += len(data)
        return data

    def chunks(self, size: int) -> Iterator[bytes]:
        """All that is left."""
        while data := self.read(self._at, size):
            yield data

    def drain(self) -> None:
        """Go to the end, where an authentication code may object."""
        for _ in self._pieces:
            pass
