"""Thread-Index: when a conversation was begun, which it is, and when each reply was written (MS-OXOMSG §2.2.1.3)."""

import binascii
from dataclasses import dataclass

HEADER, CHILD = 22, 5
"""Bytes of the header block and of each reply's block."""
CHILDREN = 100
EPOCH = 11_644_473_600
"""Seconds from 1601, where FILETIME begins, to 1970."""
COARSE = (1 << 23) / 1e7
FINE = (1 << 18) / 1e7
"""Seconds that one unit of a reply's block is worth."""
_WRAP = 1 << 31
_CAP = 2_000
_FIRST, _LAST = 788_918_400, 2_208_988_800
"""1995 and 2040: outside, the block holds no time. Programs fill it with a hash when they answer a mail without one."""


@dataclass(frozen=True, slots=True)
class ThreadIndex:
    """One decoded field."""

    root: float
    """When the conversation was begun, Unix seconds."""
    guid: str
    """Which conversation, 32 hex digits."""
    replies: tuple[float, ...] = ()
    """When each reply was written, Unix seconds, as far as the blocks make sense."""
    within: float = FINE
    """Precision of `replies` in seconds."""


def thread_index(raw: bytes) -> ThreadIndex | None:
    """The field's value decoded, None where it holds no time.

    Two headers are met: the upper six bytes of the FILETIME, or a reserved byte 01 and five of them. In the second,
    programs count the first reply from the header misread as the first kind, modulo 2^31 units: 196 of 197 real
    replies then lie within a day of their Date, none if it is read as the specification has it. Later replies count
    from the one before.
    """
    try:
        block = binascii.a2b_base64(raw[:_CAP])
    except binascii.Error:
        return None
    if len(block) < HEADER:
        return None
    reserved = block[:2] == b"\1\1"
    root = _unix(int.from_bytes(block[1:6]) << 24 if reserved else int.from_bytes(block[:6]) << 16)
    if not _FIRST <= root < _LAST:
        return None
    misread = _unix(int.from_bytes(block[:6]) << 16) if reserved else root
    replies, coarse = _replies(block[HEADER:], root, misread)
    return ThreadIndex(root, block[6:HEADER].hex(), replies, COARSE if coarse else FINE)


def _replies(blocks: bytes, root: float, misread: float) -> tuple[tuple[float, ...], bool]:
    moments: list[float] = []
    at, coarse = root, False
    for start in range(0, min(len(blocks) - CHILD + 1, CHILDREN * CHILD), CHILD):
        word = int.from_bytes(blocks[start : start + 4])
        steps = word % _WRAP
        if word < _WRAP:
            at += steps * FINE
        else:
            coarse = True
            at = _first(steps, root, misread) if not moments else at + _signed(steps) * COARSE
        if not _FIRST <= at < _LAST:
            break
        moments.append(at)
    return tuple(moments), coarse


def _first(steps: int, root: float, misread: float) -> float:
    """The one moment in the 57 years from the root on that a first block of coarse units may mean."""
    period = _WRAP * COARSE
    return root + (misread + steps * COARSE - root) % period


def _signed(steps: int) -> int:
    return steps - _WRAP if steps >= _WRAP // 2 else steps


def _unix(filetime: int) -> float:
    return filetime / 1e7 - EPOCH
