"""The closed shelf: what lies there, counted; one document's closed page; opening it with a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crible.model.errors import InputError
from crible.review import shelf as review
from crible.review.rights import Right, may
from crible.web.paging import page_number, turning
from crible.web.person import person
from crible.web.queries import shelf, shelved
from crible.web.queries.names import Named
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case

PER_PAGE = 50


@require_safe
@of_case(Right.READ)
def closed_shelf(request: HttpRequest, served: Served) -> HttpResponse:
    """Counts by reason and by box; with `?all` or a query, the closed documents: their places, and no word."""
    number = page_number(request.GET)
    given = request.GET
    query, why, box = given.get("q", "").strip(), given.get("why", ""), given.get("box", "")
    listing = bool("all" in given or why or box)
    context = {"page": "shelf", "sums": served.kept("shelf", shelved.sums), "taken": len(shelf.taken()), "query": query}
    try:
        found, total = _listed(served, number, query, why, box) if query or listing else ([], 0)
        if query and not may(request.role, Right.DECIDE):  # type: ignore[attr-defined]
            found = []  # which ones hold a word is a word of them: only who may open them is told
    except InputError as error:
        return render(request, "desk/shelf.html", {**context, "error": error}, status=400)
    more = total > number * shelved.PER_PAGE
    context |= {
        "documents": found,
        "total": total,
        "listing": listing,
        "why": why,
        "box": box,
        **turning(request.GET, number, more=more),
    }
    return render(request, "desk/shelf.html", context)


def _listed(served: Served, number: int, query: str, why: str, box: str) -> tuple[list[Named], int]:
    return shelved.matching(served, query, number) if query else shelved.some(number, why=why, box=box)


@require_http_methods(["POST"])
@of_case(Right.DECIDE)
def open_one(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """Take it from the shelf, with the reason given; one that is not there is simply shown."""
    try:
        by_id(name)
    except shelf.Closed as closed:
        try:
            review.open_document(person(request), served.case.uuid, closed.dossier.id, request.POST.get("reason", ""))
        except InputError as error:
            return closed_page(request, closed, error)
    return redirect("document", slug=served.slug, name=name)


@require_POST
@of_case(Right.DECIDE)
def close_one(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """Put it back."""
    review.close_document(person(request), served.case.uuid, by_id(name).id)
    return redirect("document", slug=served.slug, name=name)


def closed_page(request: HttpRequest, closed: shelf.Closed, error: InputError | None = None) -> HttpResponse:
    """What stands in place of a closed document, whatever of it was asked for."""
    context = {"dossier": closed.dossier, "error": error, "page": "shelf"}
    return render(request, "desk/closed.html", context, status=400 if error else 403)
