"""What was typed in sessions that an earlier document of the same descent does not know?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

MOST = 0.2
"""Share of the text beyond which it was written rather than edited in those sessions."""
SHOWN = 5


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note that locates the edit. Word lists sessions by value, not by time: only a relative tells late from early.

    All of 96 real lists are in ascending order, so "the last of the list" says nothing.
    """
    office = reading.file.office if reading.file else None
    before = [one for one in relations.lineage.relatives if one.order == "before"] if relations.lineage else []
    if office is None or not before:
        return
    nearest = max(before, key=lambda one: (one.sessions, one.id))
    late = [passage for passage in office.passages if passage.session in nearest.added and passage.text]
    whole = sum(passage.characters for passage in office.passages)
    typed = sum(passage.characters for passage in late)
    if not late or typed > MOST * whole:
        return
    params: Params = {
        "count": typed,
        "names": [excerpt(passage.text, 60) for passage in late[:SHOWN]],
    }
    yield Evidence(Says.UNTESTABLE, "late-session", params, f"rsid {late[0].session}", refs=(nearest.id,))


CHECK = Check(
    id="office.late-session",
    version=1,
    question="What was typed in sessions that an earlier document of the same descent does not know?",
    bears_on=Bears.CONTENT,
    strength=Strength.NONE,
    source="ECMA-376 part 1 §17.15.1.70, §17.3.2.25 (rsidR of runs)",
    messages=("late-session",),
    needs=frozenset({"lineage"}),
    look_around=look_around,
)
