"""Can programs read the header in two ways, so that a reader may be shown fields or text that nobody signed?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.assess.standing import ambiguous, vouching
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Asked where a signature verifies over one of the readings; without one nothing is vouched for anyway."""
    mail = reading.mail
    if mail is None or not ambiguous(mail):
        return
    passed = [result.facts for result in vouching(relations, mail)]
    if not passed:
        return
    params: Params = {"domain": excerpt(passed[0].domain)}
    yield Evidence(Says.QUESTIONS, "header-ambiguous", params)


CHECK = Check(
    id="mail.ambiguous-header",
    version=2,
    question="Can the header be read in two ways, so that a reader may be shown what nobody signed?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 5322 §2.2, §4.2 (bare CR, lines of blanks); 2 of 15,119 list mails, under no signature that holds",
    messages=("header-ambiguous",),
    innocent=("innocent-odd-mailer", "innocent-export-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
