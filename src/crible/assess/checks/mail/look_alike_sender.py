"""Is the sender's domain one that may be taken for another, frequent one?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.lookalike import looks_like
from crible.assess.relations import Relations
from crible.assess.standing import sender_domains
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A remark for the first From domain that looks like one the dump is full of; a valid signature changes nothing."""
    for domain in sender_domains(reading.mail)[:5] if reading.mail else ():
        likeness = looks_like(domain, relations.domains)
        if likeness:
            params: Params = {"domain": excerpt(domain), "other": excerpt(likeness.domain), "count": likeness.count}
            yield Evidence(Says.QUESTIONS, "look-alike", params, "From")
            return


CHECK = Check(
    id="mail.look-alike-sender",
    version=1,
    question="Is the sender's domain one that may be taken for another, frequent one?",
    bears_on=Bears.ORIGIN,
    strength=Strength.MODERATE,
    source="UTS #39 (confusables); RFC 7489 §3.2",
    messages=("look-alike",),
    innocent=("innocent-own-second-domain", "innocent-unrelated-name"),
    needs=frozenset({"domains"}),
    look_around=look_around,
)
