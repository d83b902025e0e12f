"""Documents of one class, grade, question, signature or finding: what stands behind a figure of another page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.queries.listing import Wanted
from crible.web.queries.names import listed
from crible.web.served import Served, of_case

PER_PAGE = 50


@require_safe
@of_case(Right.READ)
def listing(request: HttpRequest, served: Served) -> HttpResponse:  # noqa: ARG001
    """By path, which is how a box is ordered."""
    wanted = Wanted.of(request.GET)
    documents = wanted.documents()
    number = page_number(request.GET)
    start = (number - 1) * PER_PAGE
    found = listed(documents[start : start + PER_PAGE + 1])
    others = request.GET.copy()
    for name in ("level", "page"):
        others.pop(name, None)
    context = {
        "documents": found[:PER_PAGE],
        "total": documents.count(),
        "wanted": wanted,
        "example": wanted.example,
        "without_level": others.urlencode(),
        "start": start + 1,
        "page": "overview",
        **turning(request.GET, number, more=len(found) > PER_PAGE),
    }
    return render(request, "desk/listing.html", context)
