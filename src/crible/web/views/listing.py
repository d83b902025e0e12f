"""Documents of one class and level: what stands behind a figure of the overview."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.model.grade import Level
from crible.review.rights import Right
from crible.sift.tally import CLASSES
from crible.store.models import Document
from crible.web.paging import page_number, turning
from crible.web.queries.names import listed
from crible.web.served import Served, of_case

PER_PAGE = 50


@require_safe
@of_case(Right.READ)
def listing(request: HttpRequest, served: Served) -> HttpResponse:  # noqa: ARG001
    """By path, which is how a box is ordered."""
    kind, level = request.GET.get("class", ""), request.GET.get("level", "")
    if (kind and kind not in CLASSES) or (level and level not in set(Level)):
        raise Http404
    wanted = {"weighing__correspondence": kind, "weighing__level": level}
    documents = Document.objects.filter(
        weighing__isnull=False, **{name: value for name, value in wanted.items() if value}
    )
    number = page_number(request.GET)
    start = (number - 1) * PER_PAGE
    found = listed(documents.order_by("path")[start : start + PER_PAGE + 1])
    context = {
        "documents": found[:PER_PAGE],
        "total": documents.count(),
        "class": kind,
        "level": level,
        "start": start + 1,
        "page": "overview",
        **turning(request.GET, number, more=len(found) > PER_PAGE),
    }
    return render(request, "desk/listing.html", context)
