"""Which PDFs share their permanent file identifier: each later save keeps it and renews the other."""

from collections import defaultdict

from crible.assess.descent import Descent
from crible.model.facts import Reading

SHORTEST = 16
"""Hex digits of an identifier; what is shorter, or one digit over and over, is a program's constant."""
NAMED = 10


class Descents:
    """A surveyor. Keeps three short values for each PDF with identifiers."""

    def __init__(self) -> None:
        self._families: defaultdict[bytes, list[tuple[int, bytes, bytes]]] = defaultdict(list)
        self._files = 0

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002
        """Keep a PDF under its permanent identifier."""
        ids = reading.file.pdf.ids if reading.file and reading.file.pdf else ()
        if len(ids) == 2 and len(ids[0]) >= SHORTEST and len(set(ids[0])) > 2:
            self._files += 1
            self._families[bytes.fromhex(ids[0])].append((pk, bytes.fromhex(id), bytes.fromhex(ids[1])))

    def found(self) -> dict[int, Descent]:
        """Of each PDF whose permanent identifier stands beside another changing one in the dump."""
        descents: dict[int, Descent] = {}
        for family in self._families.values():
            if len({changing for _, _, changing in family}) > 1:
                descents |= {pk: self._descent(family, changing) for pk, _, changing in family}
        return descents

    def _descent(self, family: list[tuple[int, bytes, bytes]], own: bytes) -> Descent:
        others = [name for _, name, changing in family if changing != own]
        return Descent(len(others), self._files, tuple(name.hex() for name in sorted(others[: 5 * NAMED])[:NAMED]))
