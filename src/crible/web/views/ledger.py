"""The account: what came in, what became of each item, and where the two would differ."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.model.ledger import FINAL, State
from crible.review.rights import Right
from crible.sift.ledger import Ended, account
from crible.store.models import Source
from crible.web.paging import page_number, turning
from crible.web.queries import account as queries
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def ledger(request: HttpRequest, served: Served) -> HttpResponse:
    """The sums, and every container's balance."""
    number = page_number(request.GET)
    found, more = queries.containers(number)
    context = {
        "account": served.kept("account", account),
        "sources": Source.objects.order_by("pk"),
        "containers": found,
        "custody": served.case.settings.get("custody", {}),
        "sifting": served.sifting(),
        "page": "ledger",
        **turning(request.GET, number, more=more),
    }
    return render(request, "desk/ledger.html", context)


@require_safe
@of_case(Right.READ)
def items(request: HttpRequest, served: Served, state: str) -> HttpResponse:  # noqa: ARG001
    """Lines of one state."""
    if state not in FINAL:
        raise Http404
    number = page_number(request.GET)
    shown, more = queries.items(State(state), number)
    context = {"state": state, "items": shown, "page": "ledger", **turning(request.GET, number, more=more)}
    return render(request, "desk/items.html", context)


@require_safe
@of_case(Right.READ)
def reason(request: HttpRequest, served: Served, code: str) -> HttpResponse:  # noqa: ARG001
    """Lines that one reason ended; `about` narrows it to one type, format or budget."""
    number = page_number(request.GET)
    about = request.GET.get("about", "")
    shown, more = queries.of_reason(code, about, number)
    if not shown:
        raise Http404
    context = {
        "ended": Ended(code, about, 0, shown[0].params),
        "items": shown,
        "page": "ledger",
        **turning(request.GET, number, more=more),
    }
    return render(request, "desk/items.html", context)
