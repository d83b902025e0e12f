"""Does the file keep tracked changes and comments, and by how many hands?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

SHOWN = 5


def look(reading: Reading) -> Iterator[Evidence]:
    """Notes: who worked on it as the file says, and whether deleted words are still in it, which privacy asks."""
    marks = reading.file.marks if reading.file else ()
    if not marks:
        return
    authors = sorted({excerpt(mark.author, 60) for mark in marks if mark.author})
    params: Params = {"count": len(marks), "other": len(authors), "names": authors[:SHOWN]}
    yield Evidence(Says.UNTESTABLE, "changes-tracked" if authors else "changes-unnamed", params, "comments, revisions")
    deleted = [mark for mark in marks if mark.kind == "deletion" and mark.text.strip()]
    if deleted:
        yield Evidence(Says.UNTESTABLE, "changes-deleted", {"count": len(deleted)}, "w:del")


CHECK = Check(
    id="office.tracked-changes",
    version=1,
    question="Does the file keep tracked changes and comments, and by how many hands?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="ECMA-376 part 1 §17.13",
    messages=("changes-tracked", "changes-unnamed", "changes-deleted"),
    look=look,
)
