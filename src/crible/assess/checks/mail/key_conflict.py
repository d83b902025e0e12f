"""Do other mails bear the same selector and yet another key?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.cohorts import counted, of, rivals
from crible.assess.covered import named, where
from crible.assess.relations import Relations
from crible.assess.standing import verifies
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note for each other key under which mails verify; which of the two is the domain's, no count can tell."""
    if reading.mail is None:
        return
    for result in relations.signatures:
        if not result.conflict or not verifies(result):
            continue
        ours = of(result, relations.cohorts)
        for other in rivals(result, relations.cohorts):
            if not other.mails:
                continue
            params = named(result) | counted(other) | {"count": other.mails, "ours": ours.mails if ours else 1}
            message = "key-conflict-anchored" if other.anchored else "key-conflict-cohort"
            yield Evidence(Says.UNTESTABLE, message, params, where(result))


CHECK = Check(
    id="mail.key-conflict",
    version=1,
    question="Do other mails bear the same selector and yet another key?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="Grades, anchor: two moduli for one selector, neither preferred until one is anchored",
    messages=("key-conflict-cohort", "key-conflict-anchored"),
    innocent=("innocent-key-changed", "innocent-keys-side-by-side"),
    needs=frozenset({"signatures", "cohorts"}),
    look_around=look_around,
)
