"""Was the key in DNS when the mail says it was signed?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from crible.assess.check import Check
from crible.assess.cohorts import rivals
from crible.assess.covered import Params, named, where
from crible.assess.relations import Cohort, Relations
from crible.assess.standing import signed_at, vouching
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import MailFacts, Reading
from crible.model.signature import SignatureResult

SLACK = 2
"""Days: zones, wrong clocks, and the time that a new record takes to be seen everywhere."""

Window = tuple[date, date]


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """For each signature that vouches, its time against the days on which somebody saw the key.

    Nobody watches DNS without a gap: a key stood there before it was first seen, and signs on after it was last seen.
    Outside of those days is therefore a note. It asks why only where another key was seen under the same name at that
    very time, and this one earlier or later only.
    """
    mail = reading.mail
    if mail is None:
        return
    for result in vouching(relations, mail):
        yield from _asked(result, mail, relations)


def _asked(result: SignatureResult, mail: MailFacts, relations: Relations) -> Iterator[Evidence]:
    day = _day(signed_at(result, mail))
    if result.used is None or day is None:
        return
    seen = _window(result.used.first_seen, result.used.last_seen)
    if seen is None:
        yield Evidence(Says.UNTESTABLE, "window-unobserved", named(result), where(result), strength=Strength.NONE)
        return
    if max((seen[0] - day).days, (day - seen[1]).days) <= SLACK:
        return
    params: Params = named(result) | {"signed": f"{day}", "first": f"{seen[0]}", "last": f"{seen[1]}"}
    if any(_stood(other, day, seen) for other in rivals(result, relations.cohorts)):
        yield Evidence(Says.QUESTIONS, "window-other-key", params, where(result))
        return
    message = "window-before" if day < seen[0] else "window-after"
    yield Evidence(Says.UNTESTABLE, message, params, where(result), strength=Strength.WEAK)


def _stood(other: Cohort, day: date, ours: Window) -> bool:
    """Whether another key was seen around that day, and not while ours was: two served at once bound nothing."""
    seen = _window(other.first_seen, other.last_seen)
    if seen is None or not other.anchored:
        return False
    return seen[0] <= day <= seen[1] and (seen[1] < ours[0] or ours[1] < seen[0])


def _window(first: str | None, last: str | None) -> Window | None:
    """Days of the first and the last observation; None where none was recorded."""
    days = [found for found in (_iso(first), _iso(last)) if found is not None]
    return (min(days), max(days)) if days else None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _day(seconds: int | None) -> date | None:
    """The day in UTC; None without a time, or for a year that no calendar has."""
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


CHECK = Check(
    id="mail.key-window",
    version=1,
    question="Was the key in DNS when the mail says it was signed?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="RFC 6376 §3.6 (keys in DNS); windows of key archives, which are observations and have gaps",
    messages=("window-unobserved", "window-before", "window-after", "window-other-key"),
    innocent=("innocent-keys-side-by-side", "innocent-wrong-clock", "innocent-sent-later"),
    needs=frozenset({"signatures", "cohorts"}),
    look_around=look_around,
)
