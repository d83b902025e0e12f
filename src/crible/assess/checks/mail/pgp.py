"""Is a part or a passage unchanged since somebody signed it with an OpenPGP key that the user holds?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.inside import passed, said, signs_as_sender
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import MailFacts, Reading
from crible.proof.enclosed import Vouched

NOTES = {"no-key": ("pgp-no-key", Strength.NONE), "altered": ("pgp-altered", Strength.WEAK)}


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per signature: over a part (RFC 3156), or over a text in the clear."""
    mail = reading.mail
    for one in relations.enclosed if mail else ():
        if mail is not None and one.enclosed.kind != "smime":
            yield _answer(one, mail)


def _answer(one: Vouched, mail: MailFacts) -> Evidence:
    if one.enclosed.word == "pass" and one.addresses:
        return passed("pgp-pass", one) if signs_as_sender(one, mail) else said("pgp-other-signer", one)
    message, strength = NOTES.get(one.enclosed.word, ("pgp-unreadable", Strength.NONE))
    return said(message, one, strength)


CHECK = Check(
    id="mail.pgp",
    version=1,
    question="Is a part or a passage unchanged since somebody signed it with an OpenPGP key that you hold?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="RFC 9580 §5.2, §7; RFC 3156 §5",
    messages=("pgp-pass", "pgp-other-signer", "pgp-no-key", "pgp-altered", "pgp-unreadable"),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites", "innocent-export-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
