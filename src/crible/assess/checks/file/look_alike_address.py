"""Does a file name an address at a domain that may be taken for a frequent one?"""

from collections.abc import Iterator
from itertools import islice

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.lookalike import looks_like
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

ADDRESSES = 20
"""Of one file, the most frequent first."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note for the first such address; a file may quote the address that somebody was warned of."""
    if reading.mail is not None or reading.sorting is None:
        return
    named = (entity.text for entity in reading.sorting.entities if entity.kind == "email")
    for address in islice(named, ADDRESSES):
        likeness = looks_like(address.rpartition("@")[2], relations.domains)
        if likeness:
            params: Params = {"name": excerpt(address), "other": excerpt(likeness.domain), "count": likeness.count}
            yield Evidence(Says.QUESTIONS, "look-alike-address", params, "text", strength=Strength.NONE)
            return


CHECK = Check(
    id="file.look-alike-address",
    version=1,
    question="Does the file name an address at a domain that may be taken for a frequent one?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="UTS #39 (confusables)",
    messages=("look-alike-address",),
    innocent=("innocent-own-second-domain", "innocent-unrelated-name"),
    needs=frozenset({"domains"}),
    look_around=look_around,
)
