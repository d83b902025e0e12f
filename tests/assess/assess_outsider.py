"""A stranger's check, as its package would offer it by an entry point."""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import Reading


def look(reading: Reading) -> Iterator[Evidence]:
    yield from ()


CHECK = Check("outsider.example", 1, "Is there anything?", Bears.CONTENT, Strength.WEAK, "none", (), look=look)
