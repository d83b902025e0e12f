"""Does text stand after the point up to which the mail was signed?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, where
from crible.assess.relations import Relations
from crible.assess.standing import cover, shown, sound
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """The border, where no verifying signature covers the whole body."""
    if reading.mail is None:
        return
    passed = [result for result in relations.signatures if sound(result)]
    if any(cover(result) == "whole" for result in passed):
        return
    for result in passed:
        facts = result.facts
        params: Params = {"domain": excerpt(facts.domain), "count": facts.body_length - (facts.length or 0)}
        message = "tail-unsigned" if shown(result, reading.mail) else "tail-all"
        yield Evidence(Says.UNTESTABLE, message, params, where(result))


CHECK = Check(
    id="mail.tail",
    version=1,
    question="Does text stand after the point up to which the mail was signed?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="RFC 6376 §8.2",
    messages=("tail-unsigned", "tail-all"),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
