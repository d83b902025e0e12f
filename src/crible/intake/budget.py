"""How much a container may make us do. Everything here counts work, never seconds, so that results repeat."""

from collections.abc import Iterator
from dataclasses import dataclass

from crible.model.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one container. A hit is a row or a remainder with the reason `budget`, never an exception."""

    entries: int = 5_000_000
    """Members listed."""
    ratio: int = 1000
    """Bytes produced per encoded byte of a member; asked only after `RATIO_FREE` bytes. Deflate ends at 1,032."""
    produced: int = 64 << 30
    """Decompressed bytes of all members together."""
    member: int = 16 << 30
    """Decompressed bytes of one member."""
    name: int = 1024
    """Bytes of a cleaned name; longer ones are shortened with a hash."""
    memory: int = 256 << 20
    """Bytes of a decompressor's dictionary; `xz -9` needs 65 MB."""
    header: int = 4 << 20
    """Bytes of one extended header (pax, GNU long name)."""
    chunk: int = 1 << 18
    """Bytes of a chunk of a decoded member, and of a read; with a megabyte, 74 MB of xz took 6 % longer to unpack."""
    passwords: tuple[str, ...] = ()
    """What encrypted members may be tried with, in this order."""


RATIO_FREE = 10_000_000
"""Bytes that a member may produce at any ratio: an empty table of a few megabytes packs a thousandfold."""


class Meter:
    """Counts what one container's members produce against its budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._total = 0

    def over(self, chunks: Iterator[bytes], encoded: int) -> Iterator[bytes]:
        """The chunks of a member of `encoded` bytes; raises Unreadable `budget` before the one that goes too far."""
        budget = self.budget
        produced = 0
        for chunk in chunks:
            produced += len(chunk)
            self._total += len(chunk)
            if produced > RATIO_FREE and produced > budget.ratio * max(encoded, 1):
                raise Unreadable("budget", which="ratio", limit=budget.ratio)
            if produced > budget.member:
                raise Unreadable("budget", which="member", limit=budget.member)
            if self._total > budget.produced:
                raise Unreadable("budget", which="produced", limit=budget.produced)
            yield chunk

    def skip(self, declared: int, encoded: int) -> None:
        """Count what an earlier walk produced of a member: a resumed walk must stop where an undisturbed one would."""
        allowed = max(RATIO_FREE, self.budget.ratio * max(encoded, 1))
        self._total += min(declared, allowed, self.budget.member)
