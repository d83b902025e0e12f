"""Boxes: whose they seem to be and what is absent. Traces: what mails look like, by day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.assess.boxes.intrusion import INNOCENT
from crible.review.rights import Right
from crible.sift import boxed
from crible.web.paging import page_number, turning
from crible.web.queries.boxed import box, chart, line
from crible.web.served import Served, of_case

BOXES = 20
DAYS = 60


@require_safe
@of_case(Right.READ)
def boxes(request: HttpRequest, served: Served) -> HttpResponse:
    """Every box with mail, by name."""
    found = served.kept("boxes", boxed.boxes)
    number = page_number(request.GET)
    start = (number - 1) * BOXES
    context = {
        "boxes": [box(one, start + n) for n, one in enumerate(found[start : start + BOXES], 1)],
        "total": len(found),
        "as_of": served.as_of("boxes"),
        "page": "boxes",
        **turning(request.GET, number, more=len(found) > start + BOXES),
    }
    return render(request, "desk/boxes.html", context)


@require_safe
@of_case(Right.READ)
def traces(request: HttpRequest, served: Served) -> HttpResponse:
    """Days in order; what no clock places comes first."""
    found = served.kept("traces", boxed.traces)
    number = page_number(request.GET)
    start = (number - 1) * DAYS
    page = found[start : start + DAYS]
    context = {
        "days": [(day, [line(one) for one in said]) for day, said in page],
        "chart": chart(found, DAYS),
        "total": boxed.total(found),
        "days_total": sum(1 for day, _ in found if day),
        "innocent": list(dict.fromkeys(INNOCENT[one.message] for _, said in page for one in said)),
        "as_of": served.as_of("traces"),
        "page": "traces",
        **turning(request.GET, number, more=len(found) > start + DAYS),
    }
    return render(request, "desk/traces.html", context)
