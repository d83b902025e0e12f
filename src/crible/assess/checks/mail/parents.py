"""Is the mail younger than the one it answers, and older than its answers?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.dated import DAY, GROUP, date, signer, slack
from crible.assess.relations import Parent, Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.instant import Instant

EARLY = DAY
"""How much younger the answered mail may be: 12 h is the most in 26,057 real answers, for clocks and zones."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Against the earliest copy of the mail that In-Reply-To names, and the earliest answer to ours.

    Where a signature holds the Date of one of the two, the other is asked: it is the one that anybody can date.
    """
    stated = date(reading.mail)
    if stated is None:
        return
    held, parent, answer = bool(signer(relations)), relations.parent, relations.answer
    if parent and parent.seconds - stated.seconds > EARLY + slack(stated):
        weak = held or not parent.related
        message = "answer-before" if parent.related else "answer-before-unrelated"
        yield _asked(message, "In-Reply-To", stated, parent, weak=weak)
    if answer and stated.seconds - answer.seconds > EARLY + slack(stated):
        yield _asked("answered-before", "Date", stated, answer, weak=held or not (answer.signed and answer.related))


def _asked(message: str, where: str, stated: Instant, other: Parent, *, weak: bool) -> Evidence:
    params: Params = {
        "written": excerpt(stated.raw) or stated.iso(),
        "when": moment(other.seconds),
        "name": excerpt(other.subject),
        "count": int(abs(other.seconds - stated.seconds) // DAY),
    }
    strength = Strength.WEAK if weak else Strength.MODERATE
    return Evidence(Says.QUESTIONS, message, params, where, refs=(other.id,), strength=strength)


CHECK = Check(
    id="mail.parents",
    version=1,
    question="Is the mail younger than the one it answers, and older than its answers?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6.4; measured on public mail",
    messages=("answer-before", "answer-before-unrelated", "answered-before"),
    innocent=("innocent-wrong-clock", "innocent-identifier-reused", "innocent-resent"),
    needs=frozenset({"parent"}),
    group=GROUP,
    look_around=look_around,
)
