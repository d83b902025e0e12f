"""Does the signer's clock agree with the Date the mail bears?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment, where
from crible.assess.relations import Relations
from crible.assess.standing import from_signer, proves, sound
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import MailFacts, Reading
from crible.model.instant import Instant
from crible.model.signature import SignatureResult

HOUR, DAY = 3600, 86400
NOTE = HOUR
"""68 of 6,593 real signatures are further from the Date than this, none further than a day."""
QUEUED = 5 * DAY
"""How long a server may keep trying (RFC 5321 §4.5.4.1): a longer way from Date to signature asks why."""
MODERATED = 30 * DAY
"""The same for a signer that is not the sender's: lists sign when a moderator lets a mail pass."""
AHEAD = 2 * DAY
"""How far a Date may lie after the signature; wrong clocks and zones stay under it."""
UNKNOWN_ZONE = 14 * HOUR


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """For the best sound signature with t=; without one t= is anybody's. A stranger's clock is a weak word."""
    mail = reading.mail
    if mail is None or mail.date is None or mail.counts.get("date", 1) > 1:
        return
    passed = [result for result in relations.signatures if sound(result) and result.facts.timestamp is not None]
    # A stranger may put a signature of his own on top, with any t=: the one that vouches most is asked.
    passed.sort(key=lambda result: (not proves(result, mail), not from_signer(result, mail)))
    for result in passed[:1]:
        yield from _compared(result, mail, mail.date, result.facts.timestamp or 0)


def _compared(result: SignatureResult, mail: MailFacts, date: Instant, signed: int) -> Iterator[Evidence]:
    slack = UNKNOWN_ZONE if date.offset is None else 0
    late = int(signed - date.seconds)
    apart = abs(late) - slack
    if apart <= NOTE:
        return
    params: Params = {
        "domain": excerpt(result.facts.domain),
        "signed": moment(signed),
        "written": excerpt(date.raw) or date.iso(),
        "count": apart // DAY if apart >= DAY else apart // HOUR,
    }
    most = AHEAD if late < 0 else QUEUED if from_signer(result, mail) else MODERATED
    side = "after" if late > 0 else "before"
    if apart > most:
        strength = None if from_signer(result, mail) else Strength.WEAK
        yield Evidence(Says.QUESTIONS, f"clock-days-{side}", params, where(result), strength=strength)
    else:
        unit = "days" if apart >= DAY else "hours"
        yield Evidence(Says.UNTESTABLE, f"clock-note-{unit}-{side}", params, where(result), strength=Strength.NONE)


CHECK = Check(
    id="mail.signer-clock",
    version=2,
    question="Does the signer's clock agree with the Date that the mail bears?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="RFC 6376 §3.5 (t=); RFC 5321 §4.5.4.1",
    messages=(
        "clock-days-after",
        "clock-days-before",
        "clock-note-hours-after",
        "clock-note-hours-before",
        "clock-note-days-after",
        "clock-note-days-before",
    ),
    innocent=("innocent-sent-later", "innocent-wrong-clock", "innocent-queue"),
    needs=frozenset({"signatures"}),
    group="date",
    look_around=look_around,
)
