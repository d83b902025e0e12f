"""Does a mail that a domain signed carry this very message inside it?"""

from collections.abc import Iterator

from crible.assess.carriage import carried
from crible.assess.check import Check
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """The carriers of a mail found as message/rfc822."""
    if reading.mail is not None:
        yield from carried(relations, "mail")


CHECK = Check(
    id="mail.carried",
    version=1,
    question="Does a mail that a domain signed carry this very message inside it?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="RFC 2046 §5.2.1: a message/rfc822 part lies unchanged in its mail",
    messages=("carried-mail", "carried-mail-handled", "carried-mail-made"),
    needs=frozenset({"carriers"}),
    look_around=look_around,
)
