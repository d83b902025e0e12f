"""Does the file say that it was last saved by a name that nobody here bears?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Of files begun by somebody known here, with base rates. Weak where the name's script is rare, else a note."""
    hand = relations.hand
    if reading.file is None or hand is None or hand.name is None:
        return
    params: Params = {"name": excerpt(reading.file.last_author, 60), "count": hand.name.count, "of": hand.name.of}
    if hand.foreign:
        yield Evidence(Says.QUESTIONS, "stranger-script", params, "lastModifiedBy")
    else:
        yield Evidence(Says.UNTESTABLE, "stranger-name", params, "lastModifiedBy", strength=Strength.NONE)


CHECK = Check(
    id="corpus.saved-by-stranger",
    version=1,
    question="Does the file say that it was last saved by a name that nobody here bears?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="ECMA-376 part 2 §8.3.3 (lastModifiedBy); seen in the MacronLeaks, 27 March 2017",
    messages=("stranger-script", "stranger-name"),
    innocent=("innocent-homonym", "innocent-planted-trace", "innocent-bystander", "innocent-shared-computer"),
    needs=frozenset({"hands"}),
    group="office-hand",
    look_around=look_around,
)
