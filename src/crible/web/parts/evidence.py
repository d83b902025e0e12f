"""The evidence, read top-down: the answer, the reasons strongest first, what reached it from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crible.assess.check import Check
from crible.assess.checks import every
from crible.assess.grade import RANK
from crible.model.evidence import Says, Weighed
from crible.model.grade import Level
from crible.sift.dossier import Dossier
from crible.sift.edges import Edge, edges
from crible.web.parts import Shown
from crible.web.queries.names import Named
from crible.web.queries.neighbours import Neighbours

WHOLE = frozenset(
    {
        "content-unchanged",
        "content-twin",
        "content-covered",
        "content-part",
        "content-handled",
        "content-google",
        "content-same-text",
        "content-carried",
        "content-carried-handled",
    }
)
"""What a grade says of the content where the whole text is vouched for: the line in the margin runs along it."""
SAYS = (Says.QUESTIONS, Says.SUPPORTS, Says.UNTESTABLE, Says.SILENT)
OTHERS = 8
"""Other documents that are named beside one reason."""


def evidence(shown: Shown) -> dict[str, Any]:
    """The grade with its reasons and hops."""
    dossier, around = shown.dossier, shown.around
    reasons = _reasons(dossier, around)
    return {
        "grade": dossier.grade,
        "differs": _differs(dossier, reasons),
        "reasons": reasons,
        "reached": [Reached(edge, around.about.get(edge.other)) for edge in edges(dossier)],
        "vouched": vouched(dossier),
    }


@dataclass(frozen=True, slots=True)
class Reached:
    """One hop by which proof, or doubt, comes from another document."""

    edge: Edge
    other: Named | None

    @property
    def closed(self) -> bool:
        """The other lies on the closed shelf: that there is a hop is said, nothing of what it says."""
        return self.other is None or self.other.closed


@dataclass(slots=True)
class Reason:
    """One answer; the same of several copies is told once, with all of them."""

    weighed: Weighed
    check: Check | None
    """Where it questions: the check, for its innocent causes."""
    others: list[Named]

    @property
    def closed(self) -> bool:
        """It rests on the closed shelf, whose words its sentence may repeat."""
        return any(other.closed for other in self.others)

    @property
    def named(self) -> list[Named]:
        """The first of the others."""
        return self.others[:OTHERS]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(0, len(self.others) - OTHERS)


@dataclass(frozen=True, slots=True)
class Differs:
    """The difference that the answer turns on."""

    ours: str
    theirs: str
    other: Named | None
    """The signed copy; None where the document's own signature led back to the signed text."""


def _reasons(dossier: Dossier, around: Neighbours) -> list[Reason]:
    """What entered the level first, then the strongest; questions before supports of the same strength."""
    entered: Sequence[str] = dossier.grade.reasons if dossier.grade else ()
    checks = {check.id: check for check in every()}
    found: dict[str, Reason] = {}

    def order(one: Weighed) -> tuple[bool, int, int]:
        key = f"{one.check}:{one.evidence.message}"
        return key not in entered, RANK.index(one.strength), SAYS.index(one.evidence.says)

    for one in sorted(dossier.weighed, key=order):
        said = one.evidence
        check = checks.get(one.check) if said.says is Says.QUESTIONS else None
        others = [around.about[ref] for ref in said.refs if ref in around.about]
        # What rests on the closed shelf is told apart: its sentence is not shown beside one that may be.
        hidden = any(other.closed for other in others)
        params = sorted(said.params.items(), key=str)
        same = f"{one.check} {one.strength} {said.says} {said.message} {hidden} {params}"
        found.setdefault(same, Reason(one, check, [])).others.extend(others)
    return list(found.values())


def _differs(dossier: Dossier, reasons: Sequence[Reason]) -> Differs | None:
    """Of a document that differs from a signed copy: the first passage, unless the copy is on the closed shelf."""
    if dossier.grade is None or dossier.grade.level is not Level.CONTRADICTED or not reasons or reasons[0].closed:
        return None
    params = reasons[0].weighed.evidence.params
    if not params.get("ours") or not params.get("theirs"):
        return None
    other = next((one for one in reasons[0].others if not one.closed), None)
    return Differs(str(params["ours"]), str(params["theirs"]), other)


def vouched(dossier: Dossier) -> bool:
    """Whether the whole text is vouched for."""
    grade = dossier.grade
    return grade is not None and grade.level in (Level.PROVEN, Level.PARTLY_PROVEN) and grade.content.message in WHOLE
