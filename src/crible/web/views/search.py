"""Search: every state is in the address, errors are sentences, and nothing found says what was searched."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.model.errors import InputError
from crible.review.rights import Right
from crible.sift.texts import pages_unread
from crible.web.queries.searching import PER_PAGE, SORTS, Asked
from crible.web.queries.searching import search as ask
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def search(request: HttpRequest, served: Served) -> HttpResponse:
    """One page of hits with its facets."""
    asked = Asked.of(request.GET)
    context = {
        "asked": asked,
        "page": "search",
        "sorts": [(name, asked.address(sort=name)) for name in SORTS],
        "chosen": [(one, asked.address(chosen=tuple(c for c in asked.chosen if c != one))) for one in asked.chosen],
        "coverage": served.searcher().coverage,
        "unread": served.kept("pages-unread", pages_unread),
    }
    try:
        found = ask(served, asked)
    except InputError as error:
        return render(request, "desk/search.html", {**context, "error": error}, status=400)
    first = (asked.page - 1) * PER_PAGE + 1
    last = first + len(found.hits) - 1
    more = last < found.results.total_families
    context |= {
        "found": found,
        "first": first,
        "last": last,
        "before": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "after": asked.address(page=asked.page + 1) if more else "",
    }
    return render(request, "desk/search.html", context)
