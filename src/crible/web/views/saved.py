"""Searches kept under a name: one's own and those shared with everybody of the case."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from crible.model.errors import InputError
from crible.review import searches
from crible.review.rights import Right
from crible.web.paging import page_number, turning
from crible.web.person import person
from crible.web.queries import searched
from crible.web.queries.asked import Asked
from crible.web.served import Served, of_case

PER_PAGE = 25


@require_safe
@of_case(Right.READ)
def saved(request: HttpRequest, served: Served) -> HttpResponse:
    """With what each finds now, and how much of that is new to whoever asks."""
    return _page(request, served)


@require_POST
@of_case(Right.REVIEW)
def save(request: HttpRequest, served: Served) -> HttpResponse:
    """Keep the search that the form names."""
    asked = Asked.of(QueryDict(request.POST.get("asked", "")[:20_000]))
    name = request.POST.get("name", "") or asked.query
    try:
        searches.save(person(request), served.case.uuid, name, asked.address()[1:], shared="shared" in request.POST)
    except InputError as error:
        return _page(request, served, error)
    return redirect("saved", slug=served.slug)


@require_POST
@of_case(Right.REVIEW)
def change(request: HttpRequest, served: Served, pk: int) -> HttpResponse:
    """Rename it, share it or keep it to oneself."""
    role, name, shared = request.role, request.POST.get("name", ""), "shared" in request.POST  # type: ignore[attr-defined]
    try:
        if not searches.change(person(request), role, served.case.uuid, pk, name, shared=shared):
            raise Http404
    except InputError as error:
        return _page(request, served, error)
    return redirect("saved", slug=served.slug)


@require_POST
@of_case(Right.REVIEW)
def remove(request: HttpRequest, served: Served, pk: int) -> HttpResponse:
    """Forget it."""
    if not searches.remove(person(request), request.role, served.case.uuid, pk):  # type: ignore[attr-defined]
        raise Http404
    return redirect("saved", slug=served.slug)


def _page(request: HttpRequest, served: Served, error: InputError | None = None) -> HttpResponse:
    by, number = person(request), page_number(request.GET)
    start = (number - 1) * PER_PAGE
    rows = list(searches.saved(by, served.case.uuid)[start : start + PER_PAGE + 1])
    may = [row.pk for row in rows if searches.may_change(by, request.role, row)]  # type: ignore[attr-defined]
    context = {
        "page": "search",
        "kept": searched.kept(served, by, rows[:PER_PAGE], may),
        "error": error,
        **turning(request.GET, number, more=len(rows) > PER_PAGE),
    }
    return render(request, "desk/search/saved.html", context, status=400 if error else 200)
