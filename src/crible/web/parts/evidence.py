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


def evidence(shown: Shown) -> dict[str, Any]:
    """The grade with its reasons and hops."""
    dossier, around = shown.dossier, shown.around
    return {
        "grade": dossier.grade,
        "reasons": _reasons(dossier, around),
        "reached": [Reached(edge, around.about.get(edge.other)) for edge in edges(dossier)],
        "vouched": _whole(dossier),
    }


@dataclass(frozen=True, slots=True)
class Reached:
    """One hop by which proof, or doubt, comes from another document."""

    edge: Edge
    other: Named | None


@dataclass(slots=True)
class Reason:
    """One answer; the same of several copies is told once, with all of them."""

    weighed: Weighed
    check: Check | None
    """Where it questions: the check, for its innocent causes."""
    others: list[Named]


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
        same = f"{one.check} {one.strength} {said.says} {said.message} {sorted(said.params.items(), key=str)}"
        reason = found.setdefault(same, Reason(one, check, []))
        reason.others += [around.about[ref] for ref in said.refs if ref in around.about]
    return list(found.values())


def _whole(dossier: Dossier) -> bool:
    grade = dossier.grade
    return grade is not None and grade.level in (Level.PROVEN, Level.PARTLY_PROVEN) and grade.content.message in WHOLE
