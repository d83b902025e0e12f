"""All copies of one message."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.queries.shelf import closed
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def family(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """Best grade first; those on the closed shelf are counted only."""
    found = served.searcher().family(name)
    if not found:
        raise Http404
    hits = [hit for hit in found if not closed(hit.record.id, private=hit.record.private)]
    return render(request, "desk/family.html", {"hits": hits, "closed": len(found) - len(hits), "page": "search"})
