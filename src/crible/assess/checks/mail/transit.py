"""Is the mail unchanged since a carrier handled it, whoever sent it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, body_spans, fields, iso, named, where
from crible.assess.relations import Relations
from crible.assess.standing import shown, sound
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.signature import Scheme, Word


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Google's transit signature, and signatures under a key that it shares among customers.

    Neither establishes a sender: a Workspace relay signs for any address, and the names of the shared key are not
    injective (`a-b` may be a.b or a-b).
    """
    mail = reading.mail
    if mail is None:
        return
    for result in relations.signatures:
        if result.facts.scheme is Scheme.TRANSIT and result.word is Word.NO_KEY:
            yield Evidence(Says.UNTESTABLE, "transit-no-key", named(result), where(result), strength=Strength.NONE)
        if not sound(result) or not shown(result, mail):
            continue
        if result.facts.scheme is Scheme.TRANSIT:
            message = "transit-google"
        elif result.used and result.used.pattern:
            message = "transit-shared-key"
        else:
            continue
        params: Params = named(result) | {"fields": fields(result, mail), "signed": iso(result.facts.timestamp)}
        yield Evidence(Says.SUPPORTS, message, params, where(result), spans=body_spans(result, mail))


CHECK = Check(
    id="mail.transit",
    version=1,
    question="Is the mail unchanged since Google handled it, whoever sent it?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="X-Google-DKIM-Signature, d=1e100.net: eight of eight real mails verify with the header hashed as "
    "dkim-signature",
    messages=("transit-google", "transit-shared-key", "transit-no-key"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
