"""One document: what it says, what stands around it, what people marked, and the evidence read top-down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.parts import Part, Shown
from crible.web.parts.beside import beside
from crible.web.parts.body import body
from crible.web.parts.evidence import evidence
from crible.web.parts.related import related
from crible.web.parts.review import review
from crible.web.queries.neighbours import neighbours
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case

PARTS: tuple[Part, ...] = (beside, review, body, related, evidence)


@require_safe
@of_case(Right.READ)
def document(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """By whole id; a beginning of one leads there."""
    dossier = by_id(name)
    if dossier.id != name:
        return redirect("document", slug=served.slug, name=dossier.id)
    shown = Shown(request, served, dossier, neighbours(dossier))
    context: dict[str, Any] = {
        "page": "",
        "dossier": dossier,
        "mail": dossier.reading.mail if dossier.reading else None,
        "file": dossier.reading.file if dossier.reading else None,
        "sifting": served.sifting(),
    }
    for part in PARTS:
        context |= part(shown)
    return render(request, "desk/document.html", context)
