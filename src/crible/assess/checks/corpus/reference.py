"""Is a file of the same bytes among what the user brought from outside the dump?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Param, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer, naming the first place: the bytes did not begin with this dump. Of their truth it says nothing."""
    del reading
    if relations.references and not relations.reference:
        params: dict[str, Param] = {"path": excerpt(relations.references[0], 160), "count": len(relations.references)}
        yield Evidence(Says.SUPPORTS, "reference-same-bytes", params)


CHECK = Check(
    id="corpus.reference",
    version=1,
    question="Is a file of the same bytes among what the user brought from outside the dump?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="FIPS 180-4: SHA-256 of the bytes, against sources given with --reference",
    messages=("reference-same-bytes",),
    needs=frozenset({"references"}),
    look_around=look_around,
)
