"""How many other mails did the same unknown signer sign?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.cohorts import counted, of
from crible.assess.covered import named, where
from crible.assess.relations import Relations
from crible.assess.standing import verifies
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note for each signature that verifies under a key which nobody has tied to its domain.

    It vouches for nothing: whoever invented a signer for a whole domain signed every mail of it.
    """
    if reading.mail is None:
        return
    for result in relations.signatures:
        if result.used is None or result.used.anchored or not verifies(result):
            continue
        cohort = of(result, relations.cohorts)
        if cohort is None or cohort.mails < 2:
            yield Evidence(Says.UNTESTABLE, "cohort-alone", named(result), where(result))
        else:
            others = counted(cohort) | {"count": cohort.mails - 1}
            yield Evidence(Says.UNTESTABLE, "cohort", named(result) | others, where(result))


CHECK = Check(
    id="mail.cohort",
    version=1,
    question="How many other mails did the same unknown signer sign?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="Plötzli 2018, keys recovered by gcd; Grades, anchor: what ties a modulus to a selector",
    messages=("cohort", "cohort-alone"),
    needs=frozenset({"signatures", "cohorts"}),
    look_around=look_around,
)
