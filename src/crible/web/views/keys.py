"""The keys that this case's signatures rest on, and those they lack."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.queries.ring import selectors
from crible.web.served import Served, of_case

PER_PAGE = 100


@require_safe
@of_case(Right.READ)
def keys(request: HttpRequest, served: Served) -> HttpResponse:
    """With a key first, then without; each the most used first."""
    found = served.kept("keys", lambda: selectors(served.case))
    number = page_number(request.GET)
    ordered = sorted(found, key=lambda one: not one.keys)
    page = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    context = {
        "held": [one for one in page if one.keys],
        "lacking": [one for one in page if not one.keys],
        "total": len(found),
        "without": sum(not one.keys for one in found),
        "page": "keys",
        **turning(request.GET, number, more=len(ordered) > number * PER_PAGE),
    }
    return render(request, "desk/keys.html", context)
