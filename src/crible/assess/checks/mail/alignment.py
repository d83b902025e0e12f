"""Is the domain that signed the mail the sender's own?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, where
from crible.assess.relations import Relations
from crible.assess.standing import cover, from_signer, sender_domains, sound
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.signature import Scheme


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note per domain that handled a mail which the sender's own domain did not sign."""
    mail = reading.mail
    if mail is None:
        return
    passed = [
        result
        for result in relations.signatures
        if result.facts.scheme is Scheme.DKIM and sound(result) and cover(result) != "none"
    ]
    if any(from_signer(result, mail) for result in passed):
        return
    sender = ", ".join(domain for domain in sender_domains(mail)[:3] if domain)
    for result in passed:
        if result.used and result.used.pattern:
            continue
        params: Params = {"domain": excerpt(result.facts.domain), "sender": excerpt(sender)}
        yield Evidence(Says.SUPPORTS, "handled-by" if sender else "handled-no-sender", params, where(result))


CHECK = Check(
    id="mail.alignment",
    version=1,
    question="Is the domain that signed the mail the sender's own?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="RFC 7489 §3.1.1",
    messages=("handled-by", "handled-no-sender"),
    innocent=("innocent-mailing-service", "innocent-list-changes"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
