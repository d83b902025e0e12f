"""A list of names searched one by one: pasted, kept, counted, taken away as CSV."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from crible.model.errors import InputError
from crible.review import searches
from crible.review.models import TermList
from crible.review.rights import Right
from crible.sift.texts import pages_unread
from crible.web.person import person
from crible.web.queries.terms import Line, answer
from crible.web.served import Served, of_case
from crible.web.spreadsheet import attachment

LISTED = 20
COLUMNS = ("term", "messages_and_files", "documents", "grades", "error")


@require_http_methods(["GET", "HEAD", "POST"])
@of_case(Right.REVIEW)
def terms(request: HttpRequest, served: Served) -> HttpResponse:
    """Where a list is pasted, and the lists of before; what is pasted gets an address of its own."""
    context = {"page": "search", "most": searches.MOST_LINES, "longest": searches.LONGEST_LINE}
    if request.method == "POST":
        pasted, queries = request.POST.get("lines", ""), "queries" in request.POST
        try:
            kept = searches.keep_list(person(request), served.case.uuid, pasted, queries=queries)
        except InputError as error:
            context |= {"error": error, "pasted": pasted, "queries": queries, "before": _before(served)}
            return render(request, "desk/search/paste.html", context, status=400)
        return redirect("term-list", slug=served.slug, pk=kept.pk)
    return render(request, "desk/search/paste.html", {**context, "before": _before(served)})


@require_safe
@of_case(Right.READ)
def term_list(request: HttpRequest, served: Served, pk: int) -> HttpResponse:
    """One list with its counts."""
    kept = _kept(served, pk)
    context = {
        "page": "search",
        "kept": kept,
        "answer": answer(served, kept),
        "coverage": served.searcher().coverage,
        "unread": served.kept("pages-unread", pages_unread),
    }
    return render(request, "desk/search/terms.html", context)


@require_safe
@of_case(Right.READ)
def term_list_csv(request: HttpRequest, served: Served, pk: int) -> HttpResponseBase:  # noqa: ARG001
    """The same as CSV: the words somebody pasted, and numbers."""
    kept = _kept(served, pk)
    return attachment(f"list-{kept.pk}.csv", COLUMNS, _rows(answer(served, kept).lines))


def _rows(lines: list[Line]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        grades = " ".join(f"{level}={count}" for level, count in line.grades)
        error = line.error.code if line.error else "" if line.counted else "not-counted"
        yield (line.text, "" if error else line.families, "" if error else line.documents, grades, error)


def _kept(served: Served, pk: int) -> TermList:
    kept = TermList.objects.filter(case=served.case.uuid, pk=pk).select_related("by").first()
    if kept is None:
        raise Http404
    return kept


def _before(served: Served) -> list[TermList]:
    return list(TermList.objects.filter(case=served.case.uuid).select_related("by").order_by("-at", "-pk")[:LISTED])
