"""Which other documents of the corpus descend from the same one, and in what order?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

TEMPLATE = 12
"""Documents of one descent beyond which they share a template rather than a text."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note: descent is no edit of one by the other, and inclusion of sessions orders versions, not moments."""
    lineage = relations.lineage
    if reading.file is None or lineage is None or lineage.documents < 2:
        return
    where = "rsidRoot"
    if lineage.documents > TEMPLATE:
        yield Evidence(Says.UNTESTABLE, "lineage-template", {"count": lineage.documents - 1}, where)
        return
    params: Params = {
        "count": lineage.documents - 1,
        "first": sum(relative.order == "before" for relative in lineage.relatives),
        "last": sum(relative.order == "after" for relative in lineage.relatives),
    }
    refs = tuple(sorted(relative.id for relative in lineage.relatives))
    yield Evidence(Says.UNTESTABLE, "lineage", params, where, refs=refs)


CHECK = Check(
    id="office.lineage",
    version=1,
    question="Which other documents descend from the same one, and in what order?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="ECMA-376 part 1 §17.15.1.70 to 72 (rsidRoot, rsids); Spennemann 2023",
    messages=("lineage", "lineage-template"),
    needs=frozenset({"lineage"}),
    look_around=look_around,
)
