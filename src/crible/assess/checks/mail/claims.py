"""Did a server write that a signature verified on arrival which fails now, or whose key is lost?"""

from collections.abc import Iterator

from crible.assess import claimed
from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, named, where
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Claim, Reading
from crible.model.signature import Scheme, SignatureFacts, Word

NOTES = {
    Word.NO_KEY: "claims-key-lost",
    Word.KEY_MISMATCH: "claims-passed-then",
    Word.BODY_ALTERED: "claims-passed-then",
    Word.HEADERS_ALTERED: "claims-passed-then",
}


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note per signature: the line is signed by nobody, so it neither supports nor questions anything."""
    if reading.mail is None:
        return
    said = [claim for claim in reading.mail.claims if claimed.passed(claim)]
    for result in relations.signatures if said else ():
        if result.facts.scheme is not Scheme.DKIM or result.word not in NOTES:
            continue
        claim = next((claim for claim in said if _means(claim, result.facts)), None)
        if claim is not None:
            params: Params = named(result) | {"other": excerpt(claim.server) or "?"}
            yield Evidence(Says.UNTESTABLE, NOTES[result.word], params, where(result))


def _means(claim: Claim, facts: SignatureFacts) -> bool:
    """The domain agrees, and the selector and the beginning of b= where they are named; Microsoft names neither."""
    if claimed.domain(claim) != facts.domain:
        return False
    same_selector = claimed.selector(claim) in ("", facts.selector.lower())
    return same_selector and ("header.b" not in claim.properties or claimed.quotes(claim, facts))


CHECK = Check(
    id="mail.claims",
    version=1,
    question="Did a server write that a signature verified on arrival which fails now, or whose key is lost?",
    bears_on=Bears.CONTENT,
    strength=Strength.NONE,
    source="RFC 8601; anyone can write such a line",
    messages=("claims-passed-then", "claims-key-lost"),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites", "innocent-export-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
