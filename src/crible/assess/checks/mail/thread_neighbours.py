"""Does the mail stand in its thread between two that are proven?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Weak, and never a reason by itself: an invented mail can be hung on a genuine answer that does not quote."""
    if reading.mail is None or (relations.standing and relations.standing.full):
        return
    sides = {one.side: one.mail for one in relations.neighbours if one.mail.full and not one.mail.spoiled}
    before, after = sides.get("before"), sides.get("after")
    if before is None or after is None:
        return
    params: Params = {
        "domain": excerpt(before.domain),
        "when": moment(before.signed_at),
        "other": excerpt(after.domain),
        "written": moment(after.signed_at),
    }
    yield Evidence(Says.SUPPORTS, "between-proven", params, refs=(before.id, after.id))


CHECK = Check(
    id="mail.thread-neighbours",
    version=1,
    question="Does the mail stand in its thread between two that are proven?",
    bears_on=Bears.TIME,
    strength=Strength.WEAK,
    source="RFC 5322 §3.6.4 (Message-ID, In-Reply-To)",
    messages=("between-proven",),
    needs=frozenset({"neighbours"}),
    look_around=look_around,
)
