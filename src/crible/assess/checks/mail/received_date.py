"""Does the Date fit the moments at which servers took the mail in?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.dated import DAY, GROUP, apart, date, signer, slack
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

AHEAD = 4 * DAY
"""How far the Date may lie after the last Received: of 31,916 real mails three do by more than a day (one computer set
wrong, 70 h), none by more than three."""
QUEUED = 7 * DAY
"""How far it may lie before the first: queues give up after five days (RFC 5321 §4.5.4.1); two of them do by more."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """The Date against the whole chain: it must lie outside of all its moments."""
    mail = reading.mail
    stated = date(mail)
    moments = [(hop.seconds, n) for n, hop in enumerate(mail.hops) if hop.seconds is not None] if mail else []
    if stated is None or not moments:
        return
    (first, at_first), (last, at_last) = min(moments), max(moments)
    domain = signer(relations)
    kind = "-signed" if domain else ""
    if stated.seconds - last > AHEAD + slack(stated):
        params = apart(stated, last, f"Received[{at_last}]", domain)
        yield Evidence(Says.QUESTIONS, f"date-after-received{kind}", params, "Date")
    elif first - stated.seconds > QUEUED + slack(stated):
        params = apart(stated, first, f"Received[{at_first}]", domain)
        yield Evidence(Says.QUESTIONS, f"date-before-received{kind}", params, "Date")


CHECK = Check(
    id="mail.received-date",
    version=1,
    question="Does the Date fit the moments at which servers took the mail in?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="RFC 5321 §4.4 and §4.5.4.1; measured on public mail",
    messages=(
        "date-after-received",
        "date-before-received",
        "date-after-received-signed",
        "date-before-received-signed",
    ),
    innocent=("innocent-wrong-clock", "innocent-sent-later", "innocent-queue", "innocent-resent"),
    needs=frozenset({"signatures"}),
    group=GROUP,
    look_around=look_around,
)
