"""Search: every state is in the address, errors are sentences, and nothing found says what was searched."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from crible.model.errors import InputError
from crible.review.rights import Right
from crible.review.searches import ran
from crible.sift.texts import pages_unread
from crible.web.language import language
from crible.web.person import person
from crible.web.queries.asked import PER_PAGE, SORTS, Asked, fields
from crible.web.queries.chips import chips
from crible.web.queries.examples import examples
from crible.web.queries.searching import Found
from crible.web.queries.searching import search as ask
from crible.web.queries.spread import narrowed
from crible.web.served import Served, of_case

_PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2})?")


@require_safe
@of_case(Right.READ)
def search(request: HttpRequest, served: Served) -> HttpResponse:
    """One page of hits with its facets; two months given in fields lead to the address of that span."""
    asked = Asked.of(request.GET)
    if "since" in request.GET or "until" in request.GET:
        since, until = (_period(request.GET.get(name, "")) for name in ("since", "until"))
        return redirect(reverse("search", args=[served.slug]) + narrowed(asked, since, until))
    unread = served.kept("pages-unread", pages_unread)
    context = {
        "asked": asked,
        "page": "search",
        "sorts": [(name, asked.address(sort=name)) for name in SORTS],
        "fields": fields(asked),
        "examples": examples(language()),
        "coverage": served.searcher().coverage,
        "unread": unread,
    }
    try:
        found = ask(served, asked)
        context["chips"] = chips(served, asked)
    except InputError as error:
        return render(request, "desk/search.html", {**context, "error": error}, status=400)
    _record(request, served, asked, found, unread)
    return render(request, "desk/search.html", {**context, "found": found, **_turning(asked, found)})


def _record(request: HttpRequest, served: Served, asked: Asked, found: Found, unread: int) -> None:
    """That it was searched, and what was found, is part of the case; pages turned and links of strangers are not."""
    elsewhere = request.headers.get("Sec-Fetch-Site", "") == "cross-site" or "Sec-Purpose" in request.headers
    if asked.page > 1 or asked.more or elsewhere or not asked.anything:
        return
    searched = served.searcher().coverage.documents
    ran(
        person(request),
        served.case.uuid,
        asked.kept,
        found=found.results.total_families,
        searched=searched,
        unread=unread,
    )


def _turning(asked: Asked, found: Found) -> dict[str, object]:
    first = (asked.page - 1) * PER_PAGE + 1
    last = first + len(found.hits) - 1
    more = last < found.results.total_families
    return {
        "first": first,
        "last": last,
        "before": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "after": asked.address(page=asked.page + 1) if more else "",
    }


def _period(text: str) -> str:
    return text if _PERIOD.fullmatch(text) else ""
