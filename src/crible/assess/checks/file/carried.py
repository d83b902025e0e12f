"""Is a file of the same bytes attached to a mail that a domain signed?"""

from collections.abc import Iterator

from crible.assess.carriage import carried
from crible.assess.check import Check
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """The carriers of a file, by SHA-256 of the decoded attachment."""
    if reading.mail is None:
        yield from carried(relations, "file")


CHECK = Check(
    id="file.carried",
    version=1,
    question="Is a file of the same bytes attached to a mail that a domain signed?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="RFC 6376 §3.7: the body hash covers attachments; SHA-256 of the decoded bytes",
    messages=("carried-file", "carried-file-handled", "carried-file-made"),
    needs=frozenset({"carriers"}),
    look_around=look_around,
)
