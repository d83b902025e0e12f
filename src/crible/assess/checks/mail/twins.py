"""Does the same mail, but for mbox quoting and line ends, stand proven elsewhere in the dump?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, clock, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A twin is the same message on the wire, so its proof is this one's too: only neutral repairs lie between."""
    if reading.mail is None or (relations.standing and relations.standing.full):
        return
    for twin in sorted(relations.twins, key=lambda twin: twin.id):
        if twin.full and not twin.spoiled:
            params: Params = {"domain": excerpt(twin.domain), "when": moment(twin.signed_at), "signed": clock(twin)}
            yield Evidence(Says.SUPPORTS, "twin-proven", params, refs=(twin.id,))
            return


CHECK = Check(
    id="mail.twins",
    version=1,
    question="Does the same mail, but for mbox quoting and line ends, stand proven elsewhere in the dump?",
    bears_on=Bears.CONTENT,
    strength=Strength.DECISIVE,
    source="RFC 4155; mboxrd and mboxo quoting",
    messages=("twin-proven",),
    needs=frozenset({"signatures", "twins"}),
    look_around=look_around,
)
