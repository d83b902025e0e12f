"""Does the document bear a date later than the last one that its publishers claim?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.instant import Clock, Instant

DAY, UNKNOWN_ZONE = 86_400, 14 * 3600


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Only where the case names a claim. Times of file systems and archives are the leakers' own, and do not count."""
    last = relations.claimed_last
    if last is None:
        return
    latest = max(_stated(reading), key=lambda one: one.seconds - _slack(one), default=None)
    if latest is not None and latest.seconds - _slack(latest) > last + DAY:
        params: Params = {"when": latest.iso(), "last": moment(last)[:10]}
        strength = Strength.WEAK if reading.mail is not None else None
        yield Evidence(Says.QUESTIONS, "later-than-claim", params, latest.clock, strength=strength)


def _stated(reading: Reading) -> list[Instant]:
    if reading.mail is not None:
        return [reading.mail.date] if reading.mail.date else []
    instants = reading.file.instants if reading.file else ()
    return [one for one in instants if one.clock not in (Clock.MTIME, Clock.ZIP)]


def _slack(instant: Instant) -> int:
    return UNKNOWN_ZONE if instant.offset is None else 0


CHECK = Check(
    id="corpus.later-than-claim",
    version=1,
    question="Does the document bear a date later than the last one that its publishers claim?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="case.toml: [custody] claimed_last; the claim of 5 May 2017 that nothing is later than 24 April",
    messages=("later-than-claim",),
    innocent=("innocent-file-clock", "innocent-hosting", "innocent-converted"),
    needs=frozenset({"claim"}),
    look_around=look_around,
)
