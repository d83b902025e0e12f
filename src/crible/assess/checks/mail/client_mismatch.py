"""Do the identifiers look as the program named in the header makes them?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

NEVER: dict[str, dict[str, frozenset[str]]] = {
    "apple": {
        "message-id": frozenset({"gmail", "outlook", "mozilla", "java"}),
        "boundary": frozenset({"outlook", "mozilla", "java", "gmail"}),
    },
    "apple-ios": {
        "message-id": frozenset({"gmail", "outlook", "mozilla", "java"}),
        "boundary": frozenset({"outlook", "mozilla", "java", "gmail"}),
    },
    "outlook": {
        "message-id": frozenset({"gmail", "mozilla", "apple", "java"}),
        "boundary": frozenset({"apple", "mozilla", "java"}),
    },
    "thunderbird": {
        "message-id": frozenset({"gmail", "outlook", "java"}),
        "boundary": frozenset({"apple", "outlook", "java"}),
    },
    "git": {"message-id": frozenset({"gmail", "outlook", "mozilla", "java"})},
    "mutt": {"boundary": frozenset({"apple", "outlook", "java"})},
}
"""What a program never writes by itself. Servers and lists write over both: Exchange gives ids of its own, Gmail and
Mailman boundaries of theirs, so those are not named here where real mail shows them."""


def look(reading: Reading) -> Iterator[Evidence]:
    """At most weak: any of the three is one line that a server rewrites and anybody types."""
    traits = reading.mail.traits if reading.mail else {}
    never = NEVER.get(traits.get("mailer", ""), {})
    odd = [name for name in ("message-id", "boundary") if traits.get(name) in never.get(name, frozenset())]
    if odd and reading.mail:
        params: Params = {
            "name": excerpt(reading.mail.mailer),
            "kinds": [traits[name] for name in odd],
            "fields": ["Message-ID" if name == "message-id" else "Content-Type" for name in odd],
        }
        yield Evidence(Says.QUESTIONS, "client-unlike", params, "X-Mailer")


CHECK = Check(
    id="mail.client-mismatch",
    version=1,
    question="Do the identifiers look as the program named in the header makes them?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="forms measured on public mail; Metaspike, 'Email forensics' (2020)",
    messages=("client-unlike",),
    innocent=("innocent-gateway-rewrites", "innocent-imported", "innocent-list-changes"),
    group="client",
    look=look,
)
