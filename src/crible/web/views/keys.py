"""The keys that this case's signatures rest on, those that they lack, and what to do about it. It changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.queries.planned import planned
from crible.web.queries.ring import Named, selectors
from crible.web.served import Served, of_case

PER_PAGE = 100


@require_safe
@of_case(Right.READ)
def keys(request: HttpRequest, served: Served) -> HttpResponse:
    """Several keys of one name first, then those at hand, then those that are not; each the most used first."""
    found = served.kept("keys", lambda: sorted(selectors(served.case), key=_order))
    number = page_number(request.GET)
    page = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    context = {
        "conflicts": [one for one in page if len(one.keys) > 1],
        "held": [one for one in page if len(one.keys) == 1],
        "lacking": [one for one in page if not one.keys],
        "total": len(found),
        "without": sum(not one.keys for one in found),
        "unanchored": sum(not key.anchored for one in found for key in one.keys),
        "plan": served.kept("plan", lambda: planned(served.case)) if number == 1 else None,
        "as_of": served.as_of("keys"),
        "page": "keys",
        **turning(request.GET, number, more=len(found) > number * PER_PAGE),
    }
    return render(request, "desk/keys.html", context)


def _order(one: Named) -> int:
    return 0 if len(one.keys) > 1 else 1 if one.keys else 2
