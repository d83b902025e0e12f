"""One document: fields, text, neighbours, and the evidence read top-down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crible.assess.check import Check
from crible.assess.checks import every
from crible.assess.grade import RANK
from crible.model.evidence import Says, Weighed
from crible.model.grade import Level
from crible.model.instant import Instant
from crible.sift.dossier import Dossier
from crible.sift.edges import Edge, edges
from crible.sift.said import Said, said
from crible.sift.siblings import held_by, siblings
from crible.sift.signed import signed
from crible.sift.texts import confidence, text_of
from crible.web.queries.names import Named
from crible.web.queries.neighbours import Compared, Neighbours, neighbours
from crible.web.queries.one import by_id
from crible.web.queries.passages import page
from crible.web.served import Served, of_case
from crible.web.views.picture import drawn

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


@require_safe
@of_case
def document(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """By whole id; a beginning of one leads there."""
    dossier = by_id(name)
    if dossier.id != name:
        return redirect("document", slug=served.slug, name=dossier.id)
    around = neighbours(dossier)
    against = _against(around)
    original = signed(dossier.pk) if dossier.weighed else None
    signed_first = original is not None and bool(original.text) and not original.words and "stored" not in request.GET
    number = request.GET.get("text", "1")
    changes = original.words if original and original.words else against.changes if against else ()
    shown = original.text if original and signed_first else text_of(dossier.pk)
    text = page(shown, int(number[:6]) if number.isdigit() else 1, changes)
    context = {
        "page": "",
        "dossier": dossier,
        "confidence": confidence(dossier.pk),
        "drawn": drawn(request, dossier),
        "mail": dossier.reading.mail if dossier.reading else None,
        "file": dossier.reading.file if dossier.reading else None,
        "said": _said(dossier),
        "defects": _defects(dossier),
        "grade": dossier.grade,
        "text": text,
        "against": against if text.placed and not (original and original.words) else None,
        "original": original,
        "signed_first": signed_first,
        "keep": "&stored=1" if "stored" in request.GET else "",
        "around": around,
        "reasons": _reasons(dossier, around),
        "versions": siblings(dossier.pk),
        "held_by": held_by(dossier.pk),
        "reached": [Reached(edge, around.about.get(edge.other)) for edge in edges(dossier)],
        "vouched": _whole(dossier),
        "sifting": served.sifting(),
    }
    return render(request, "desk/document.html", context)


@dataclass(frozen=True, slots=True)
class Reached:
    """One hop by which proof, or doubt, comes from another document."""

    edge: Edge
    other: Named | None


def _against(around: Neighbours) -> Compared | None:
    """The copy that the text is set against: a signed one that differs."""
    return next((one for one in around.compared if one.changes and one.signed), None) or next(
        (one for one in around.compared if one.changes), None
    )


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


def _said(dossier: Dossier) -> list[tuple[Said, bool]]:
    """What a file says of itself, each with whether it is a moment."""
    file = dossier.reading.file if dossier.reading else None
    return [(one, isinstance(one.value, Instant)) for one in said(file)] if file else []


def _defects(dossier: Dossier) -> tuple[str, ...]:
    facts = dossier.reading and (dossier.reading.mail or dossier.reading.file)
    return facts.defects if facts else ()


def _whole(dossier: Dossier) -> bool:
    grade = dossier.grade
    return grade is not None and grade.level in (Level.PROVEN, Level.PARTLY_PROVEN) and grade.content.message in WHOLE
