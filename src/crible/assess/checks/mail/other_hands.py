"""Was the account that signed the mail in other hands by then?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """What the case file says of the account: the signature stays, what it says of the writer does not."""
    own = relations.standing
    if reading.mail is None or own is None or not own.spoiled:
        return
    params: Params = {"domain": excerpt(own.domain), "when": moment(own.signed_at)}
    yield Evidence(Says.UNTESTABLE, "other-hands", params, "From")


CHECK = Check(
    id="mail.other-hands",
    version=1,
    question="Was the account that signed the mail in other hands by then?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="case.toml: since when, and in which boxes, others had access",
    messages=("other-hands",),
    innocent=("innocent-owner-wrote-too",),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
