"""The account: what came in, what became of each item, and whether the two agree, down to a single line."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible import words
from crible.model.ledger import FINAL, State
from crible.review.rights import Right
from crible.sift.ledger import Ended, account
from crible.store.models import Entry
from crible.web.language import language
from crible.web.paging import page_number, turning
from crible.web.queries import account as queries
from crible.web.queries.account import Narrow
from crible.web.queries.places import place, whole
from crible.web.served import Served, of_case
from crible.web.spreadsheet import attachment

HEADER = ("path", "state", "reason", "sentence", "id")
MOST_ROWS = 100_000
"""Lines of one CSV; `crible ledger` writes all of any number."""


@require_safe
@of_case(Right.READ)
def ledger(request: HttpRequest, served: Served) -> HttpResponse:
    """The sums, every source's balance, every container's."""
    number = page_number(request.GET)
    found, more = queries.containers(number)
    context = {
        "account": served.kept("account", account),
        "as_of": served.as_of("account"),
        "sources": queries.sources(),
        "containers": found,
        "custody": served.case.settings.get("custody", {}),
        "page": "ledger",
        **turning(request.GET, number, more=more),
    }
    return render(request, "desk/ledger.html", context)


@require_safe
@of_case(Right.READ)
def items(request: HttpRequest, served: Served, state: str) -> HttpResponseBase:
    """Lines of one state, of one source or below one path if asked so."""
    if state not in FINAL:
        raise Http404
    narrow = Narrow.of(request.GET)
    return _lines(request, served, queries.of_state(State(state), narrow), {"state": state, "narrow": narrow})


@require_safe
@of_case(Right.READ)
def reason(request: HttpRequest, served: Served, code: str) -> HttpResponseBase:
    """Lines that one reason ended; `about` narrows it to one type, format or budget."""
    about, narrow = request.GET.get("about", "")[: queries.LONGEST], Narrow.of(request.GET)
    entries = queries.of_reason(code, about, narrow)
    first = queries.items(queries.of_reason(code, about)[:1])
    if not first:
        raise Http404
    context = {"ended": Ended(code, about, 0, first[0].params), "about": about, "narrow": narrow}
    return _lines(request, served, entries, context)


@require_safe
@of_case(Right.READ)
def container(request: HttpRequest, served: Served, name: str) -> HttpResponse:  # noqa: ARG001
    """One container: what it lists, its bytes, and its members in its own order."""
    number = page_number(request.GET)
    found, members = whole(name)
    shown, more = queries.page_of(members, number)
    context = {"whole": found, "items": shown, "page": "ledger", **turning(request.GET, number, more=more)}
    return render(request, "desk/ledger/container.html", context)


@require_safe
@of_case(Right.READ)
def line(request: HttpRequest, served: Served, number: int) -> HttpResponse:  # noqa: ARG001
    """One line of the ledger."""
    return render(request, "desk/ledger/line.html", {"place": place(number), "page": "ledger"})


def _lines(request: HttpRequest, served: Served, entries: QuerySet[Entry], context: dict[str, Any]) -> HttpResponseBase:
    if request.GET.get("as") == "csv":
        return attachment(f"ledger-{served.slug}.csv", HEADER, _rows(entries))
    number = page_number(request.GET)
    shown, more = queries.page_of(entries, number)
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["as"] = "csv"
    context = {
        **context,
        "items": shown,
        "total": entries.count(),
        "start": (number - 1) * queries.PER_PAGE + 1,
        "sources": queries.sources(),
        "csv": asked.urlencode(),
        "page": "ledger",
        **turning(request.GET, number, more=more),
    }
    return render(request, "desk/items.html", context)


def _rows(entries: QuerySet[Entry]) -> list[tuple[str, ...]]:
    """Made before they are sent: the facts are closed by then."""
    return [
        (one.path, one.state, one.code, words.render("ledger", one.code, one.params, language()), one.id)
        if one.code
        else (one.path, one.state, "", "", one.id)
        for one in queries.items(entries[:MOST_ROWS])
    ]
