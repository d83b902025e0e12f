"""Decisions of a case, and its tags."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.deciding import DECISIONS, counts
from crible.review.models import Decision
from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.queries.names import named
from crible.web.queries.waiting import tags as tags_in_use
from crible.web.served import Served, of_case

PER_PAGE = 50


@require_safe
@of_case(Right.READ)
def decisions(request: HttpRequest, served: Served) -> HttpResponse:
    """Those that hold or wait, the last first."""
    wanted = request.GET.get("only", "")
    found = Decision.objects.filter(case=served.case.uuid, replaced=None).select_related("by", "second").order_by("-pk")
    if wanted in DECISIONS:
        found = found.filter(decision=wanted)
    elif wanted == "waiting":
        found = found.filter(two=True, second=None)
    number = page_number(request.GET)
    start = (number - 1) * PER_PAGE
    page = list(found[start : start + PER_PAGE + 1])
    about = named(one.document for one in page)
    context = {
        "page": "queue",
        "rows": [(one, about.get(one.document), counts(one)) for one in page[:PER_PAGE]],
        "total": found.count(),
        "kinds": DECISIONS,
        "only": wanted,
        **turning(request.GET, number, more=len(page) > PER_PAGE),
    }
    return render(request, "desk/decisions.html", context)


@require_safe
@of_case(Right.READ)
def tags(request: HttpRequest, served: Served) -> HttpResponse:
    """Every tag in use, with its documents."""
    return render(request, "desk/tags.html", {"page": "queue", "tags": tags_in_use(served.case.uuid)})
