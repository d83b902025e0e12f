"""Is the text encoded as programs encode it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

UNEVEN, EIGHT = "uneven", "eight-bit-in-seven"
"""The trait `lines` and the defect of the reading."""


def look(reading: Reading) -> Iterator[Evidence]:
    """What an editor leaves behind that wrote into encoded text; gateways leave the same, so it weighs little."""
    mail = reading.mail
    if mail is None:
        return
    if mail.traits.get("lines") == UNEVEN:
        params: Params = {"name": "base64", "fields": ["Content-Transfer-Encoding"]}
        yield Evidence(Says.QUESTIONS, "encoding-uneven", params, "Content-Transfer-Encoding")
    elif mail.traits.get("lines") == "long":
        params = {"name": "quoted-printable", "count": 76}
        yield Evidence(Says.QUESTIONS, "encoding-long", params, "Content-Transfer-Encoding", strength=Strength.NONE)
    if EIGHT in mail.defects:
        params = {"name": "7bit"}
        yield Evidence(
            Says.QUESTIONS, "encoding-eight-bit", params, "Content-Transfer-Encoding", strength=Strength.NONE
        )


CHECK = Check(
    id="mail.encoding",
    version=1,
    question="Is the text encoded as programs encode it?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="RFC 2045 §6.2, §6.7 and §6.8; line lengths measured on public mail",
    messages=("encoding-uneven", "encoding-long", "encoding-eight-bit"),
    innocent=("innocent-gateway-rewrites", "innocent-odd-mailer", "innocent-list-changes"),
    group="client",
    look=look,
)
