"""Versions: the list of clusters, and one cluster step by step."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.queries import clusters
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def versions(request: HttpRequest, served: Served) -> HttpResponse:
    """Those first whose figures, dates or names differ."""
    number = page_number(request.GET)
    found = clusters.clusters(served, number)
    more = number * clusters.PER_PAGE < found.total
    context = {"page": "versions", "found": found} | turning(request.GET, number, more=more)
    return render(request, "desk/versions.html", context)


@require_safe
@of_case(Right.READ)
def cluster(request: HttpRequest, served: Served, name: str) -> HttpResponse:  # noqa: ARG001
    """In order, each against the one before."""
    number = page_number(request.GET)
    steps, total = clusters.steps(name, number)
    if not steps:
        raise Http404
    more = number * clusters.STEPS < total
    context = {
        "page": "versions",
        "steps": steps,
        "total": total,
        "cluster": name,
        "start": (number - 1) * clusters.STEPS,
    }
    return render(request, "desk/version.html", context | turning(request.GET, number, more=more))
