"""Do other PDFs of the dump descend from the same first version as this one?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note that names them, with the base rate: versions to lay side by side, and nothing for or against any."""
    descent = relations.descent
    if reading.file is not None and descent is not None:
        params = {"count": descent.files, "of": descent.of}
        yield Evidence(Says.UNTESTABLE, "pdf-descent", dict(params), "ID", descent.others, Strength.NONE)


CHECK = Check(
    id="pdf.lineage",
    version=1,
    question="Do other PDFs of the dump descend from the same first version as this one?",
    bears_on=Bears.CONTENT,
    strength=Strength.NONE,
    source="ISO 32000-2 §14.4: the first file identifier stays, the second is renewed at each save",
    messages=("pdf-descent",),
    needs=frozenset({"descent"}),
    look_around=look_around,
)
