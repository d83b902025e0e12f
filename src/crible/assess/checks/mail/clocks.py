"""Do the moments inside the mail's identifiers agree with its Date?"""

from collections.abc import Iterator
from dataclasses import dataclass

from crible.assess.check import Check
from crible.assess.dated import DAY, GROUP, apart, date, signer, slack
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading, Stamp

AGREES: dict[str, tuple[float, float]] = {
    "gmail-boundary": (DAY, DAY),
    "java-boundary": (DAY, DAY),
    "next-part": (DAY, DAY),
    "message-id": (DAY, DAY),
    "gmail-received": (2 * DAY, 7 * DAY),
    "exim-received": (3 * DAY, 7 * DAY),
    "arrival": (2 * DAY, 7 * DAY),
    "gm-msgid": (2 * DAY, 7 * DAY),
}
"""Seconds by which a moment may lie before and after the Date. What the sender's program writes lies within 12 h of it
in 15,540 of 15,542 real mails; what a server writes may lie as much later as queues and moderators take."""
NEVER_LATER: dict[str, float] = {"thread-index": DAY, "gm-thrid": 2 * DAY}
"""Moments that lie before the Date by their nature: a conversation may go on for years, but not begin after a mail."""
DOUBTFUL = frozenset({"gm-msgid", "gm-thrid"})
"""Google numbers imported mail by the day of the import: later than the Date, they ask weakly."""
HASHED = 3 * 365 * DAY
"""Outlook fills the Thread-Index of an answer to a mail without one with a hash, which reads as any moment: 3 of 1,073
real ones lie in the future, by 8 years and more. So far after the Date it asks weakly."""


@dataclass(frozen=True, slots=True)
class _Off:
    """A moment too far from the Date."""

    stamp: Stamp
    later: bool
    strength: Strength


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer however many identifiers disagree: one edit of the Date would set it against all of them."""
    mail = reading.mail
    stated = date(mail)
    if mail is None or stated is None or not mail.stamps:
        return
    off = [found for stamp in mail.stamps if (found := _held(stamp, stated.seconds, slack(stated)))]
    if not off:
        return
    first = next((found for found in off if found.strength is Strength.MODERATE), off[0])
    domain = signer(relations)
    names = list(dict.fromkeys(found.stamp.where for found in off if found.later == first.later))
    message = f"stamp-{'after' if first.later else 'before'}" + ("-signed" if domain else "")
    params = apart(stated, first.stamp.seconds, ", ".join(names), domain)
    yield Evidence(Says.QUESTIONS, message, params, first.stamp.where, strength=first.strength)


def _held(stamp: Stamp, seconds: float, unknown: float) -> _Off | None:
    """The moment held against the Date; None where it agrees."""
    late, spare = stamp.seconds - seconds, unknown + stamp.within
    if stamp.kind in NEVER_LATER:
        before, after = float("inf"), NEVER_LATER[stamp.kind]
    else:
        before, after = AGREES.get(stamp.kind, (float("inf"), float("inf")))
    if late > after + spare:
        weak = stamp.kind in DOUBTFUL or (stamp.kind == "thread-index" and late > HASHED)
        return _Off(stamp, later=True, strength=Strength.WEAK if weak else Strength.MODERATE)
    return _Off(stamp, later=False, strength=Strength.MODERATE) if late < -before - spare else None


CHECK = Check(
    id="mail.clocks",
    version=1,
    question="Do the moments that programs wrote into identifiers agree with the Date?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="MS-OXOMSG §2.2.1.3 (Thread-Index); Metaspike, 'Dates in hiding' (2020); measured on public mail",
    messages=("stamp-after", "stamp-before", "stamp-after-signed", "stamp-before-signed"),
    innocent=("innocent-wrong-clock", "innocent-draft-kept", "innocent-imported", "innocent-identifier-reused"),
    needs=frozenset({"signatures"}),
    group=GROUP,
    look_around=look_around,
)
