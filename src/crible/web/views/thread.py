"""A conversation, as far as it is here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.queries.one import by_id
from crible.web.queries.threads import PER_PAGE
from crible.web.queries.threads import thread as of
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def thread(request: HttpRequest, served: Served, name: str) -> HttpResponse:  # noqa: ARG001
    """Of the mail with that id, which is marked in it."""
    dossier = by_id(name)
    if not dossier.thread:
        raise Http404
    number = page_number(request.GET)
    found = of(dossier.thread, number)
    if not found.lines:
        raise Http404
    more = number * PER_PAGE < found.documents
    context = {
        "page": "",
        "dossier": dossier,
        "found": found,
        "number": number,
        "pages": -(-found.documents // PER_PAGE),
    }
    return render(request, "desk/thread.html", context | turning(request.GET, number, more=more))
