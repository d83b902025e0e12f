"""The evidence of one document on paper."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.assess.checks import every
from crible.review.rights import Right
from crible.web.parts import Shown
from crible.web.parts.evidence import evidence as parts
from crible.web.queries.neighbours import neighbours
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def evidence(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """Everything about the grade, whole and unfolded; of other documents their ids, titles and grades."""
    dossier = by_id(name)
    shown = Shown(request, served, dossier, neighbours(dossier))
    checks = {check.id: check for check in every()}
    context = {
        "page": "",
        "dossier": dossier,
        "mail": dossier.reading.mail if dossier.reading else None,
        "around": shown.around,
        "sifting": served.sifting(),
        "printed": datetime.now(UTC).timestamp(),
        "asked": [checks[one.check] for one in {row.check: row for row in dossier.weighed}.values()],
        "on_paper": True,
    }
    return render(request, "desk/evidence/paper.html", context | parts(shown))
