"""Is the mail younger than the one it answers?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.dated import DAY, GROUP, date, slack
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

EARLY = 2 * DAY
"""How much younger the answered mail may be: 12 h is the most in 26,057 real answers, for clocks and zones."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Against the earliest copy of the mail that In-Reply-To names."""
    stated, parent = date(reading.mail), relations.parent
    if stated is None or parent is None:
        return
    early = parent.seconds - stated.seconds
    if early <= EARLY + slack(stated):
        return
    params: Params = {
        "written": excerpt(stated.raw) or stated.iso(),
        "when": moment(parent.seconds),
        "name": excerpt(parent.subject),
        "count": int(early // DAY),
    }
    strength = Strength.MODERATE if parent.related else Strength.WEAK
    message = "answer-before" if parent.related else "answer-before-unrelated"
    yield Evidence(Says.QUESTIONS, message, params, "In-Reply-To", refs=(parent.id,), strength=strength)


CHECK = Check(
    id="mail.parents",
    version=1,
    question="Is the mail younger than the one it answers?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6.4; measured on public mail",
    messages=("answer-before", "answer-before-unrelated"),
    innocent=("innocent-wrong-clock", "innocent-identifier-reused", "innocent-resent"),
    needs=frozenset({"parent"}),
    group=GROUP,
    look_around=look_around,
)
