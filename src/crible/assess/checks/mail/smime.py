"""Is a part of the mail unchanged since somebody signed it by S/MIME, and who vouches for the certificate?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.inside import passed, said, signs_as_sender
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import MailFacts, Reading
from crible.proof.enclosed import Vouched


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per signer. A certificate that only comes along with the mail is anybody's: a note."""
    mail = reading.mail
    for one in relations.enclosed if mail else ():
        if mail is not None and one.enclosed.kind == "smime":
            yield _answer(one, mail)


def _answer(one: Vouched, mail: MailFacts) -> Evidence:
    enclosed = one.enclosed
    if enclosed.word == "altered":
        return said("smime-altered", one, Strength.WEAK)
    if enclosed.word != "pass":
        return said("smime-unreadable", one)
    if signs_as_sender(one, mail):
        return passed("smime-pass", one)
    if one.addresses:
        return said("smime-other-signer", one)
    return said("smime-not-valid" if enclosed.valid_then is False else "smime-carried", one)


CHECK = Check(
    id="mail.smime",
    version=1,
    question="Is a part unchanged since somebody signed it by S/MIME, and who vouches for the certificate?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="RFC 8551, RFC 5652 §5; judged at the signing time that is stated",
    messages=(
        "smime-pass",
        "smime-other-signer",
        "smime-carried",
        "smime-not-valid",
        "smime-altered",
        "smime-unreadable",
    ),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites", "innocent-export-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
