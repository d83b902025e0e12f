"""Which local and network paths, servers and printers does the file name?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

SHOWN = 5


def look(reading: Reading) -> Iterator[Evidence]:
    """A note for a human who knows the house: does its own file server look like this?"""
    office = reading.file.office if reading.file else None
    if office is None or not office.paths:
        return
    params: Params = {"count": len(office.paths), "names": [excerpt(path) for path in office.paths[:SHOWN]]}
    yield Evidence(Says.UNTESTABLE, "paths-named", params, "relationships, printerSettings")


CHECK = Check(
    id="office.paths",
    version=1,
    question="Which local and network paths, servers and printers does the file name?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="ECMA-376 part 2 §6.5 (external relationships), part 1 §15.2.15; [MS-RPRN] §2.2.2.1 (DEVMODE)",
    messages=("paths-named",),
    look=look,
)
