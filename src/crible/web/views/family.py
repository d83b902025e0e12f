"""All copies of one message."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def family(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """Best grade first."""
    hits = served.searcher().family(name)
    if not hits:
        raise Http404
    return render(request, "desk/family.html", {"hits": hits, "page": "search"})
