"""People: who writes and receives, one of them, and the graph of who writes to whom."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.sift.people import is_address
from crible.web.paging import turning
from crible.web.queries import people as queries
from crible.web.queries.graph import graph as drawn
from crible.web.queries.passages import safe
from crible.web.queries.people import PER_PAGE, SHOWS, SORTS, Held, Wanted, held
from crible.web.queries.person import facts
from crible.web.served import Served, of_case

ROWS = 50
LABEL = 36
"""Characters beside a point: longer names lie over those of others."""


@require_safe
@of_case(Right.READ)
def people(request: HttpRequest, served: Served) -> HttpResponse:
    """Every address, a page at a time."""
    asked = Wanted.of(request.GET)
    found, total = queries.select(served, asked)
    everybody = held(served).people
    context = {
        "page": "people",
        "asked": asked,
        "people": found,
        "total": total,
        "everybody": everybody,
        "start": (asked.page - 1) * PER_PAGE + 1,
        "sorts": {name: asked.address(sort=name) for name in SORTS},
        "shows": [(name, asked.address(show=name)) for name in SHOWS],
        "sifting": served.sifting(),
        **turning(request.GET, asked.page, more=total > asked.page * PER_PAGE),
    }
    return render(request, "desk/people.html", context)


@require_safe
@of_case(Right.READ)
def person(request: HttpRequest, served: Served, address: str) -> HttpResponse:
    """One address."""
    found = held(served)
    asked = Wanted.of(request.GET)
    context = facts(served, found, _number(found, address), asked.page)
    turns = turning(request.GET, asked.page, more=context["more"])
    return render(request, "desk/person.html", {**context, "page": "people", "sifting": served.sifting(), **turns})


@require_safe
@of_case(Right.READ)
def graph(request: HttpRequest, served: Served) -> HttpResponse:
    """The picture's page: without script, its table says the same."""
    found, around = _around(request, served)
    lists = request.GET.get("lists") == "yes"
    picture = drawn(served, found, around, lists=lists)
    asked = Wanted.of(request.GET)
    start = (asked.page - 1) * ROWS
    context = {
        "page": "people",
        "graph": picture,
        "rows": picture.edges[start : start + ROWS],
        "lists": lists,
        "around": None if around is None else queries.somebody(served, around),
        "sifting": served.sifting(),
        **turning(request.GET, asked.page, more=len(picture.edges) > start + ROWS),
    }
    return render(request, "desk/graph.html", context)


@require_safe
@of_case(Right.READ)
def graph_data(request: HttpRequest, served: Served) -> HttpResponse:
    """The same as JSON, for the picture: `nodes` (label, href, weight, owner, middle) and `edges` (a, b, weight)."""
    found, around = _around(request, served)
    picture = drawn(served, found, around, lists=request.GET.get("lists") == "yes")
    place = {node.number: at for at, node in enumerate(picture.nodes)}
    nodes = [
        {
            "label": Truncator(safe(node.name or node.address).replace("\n", " ")).chars(LABEL),
            "address": safe(node.address),
            "href": node.href,
            "weight": node.weight,
            "owner": node.owner,
            "middle": node.number == around,
        }
        for node in picture.nodes
    ]
    edges = [[place[edge.a.number], place[edge.b.number], edge.line.both] for edge in picture.edges]
    return JsonResponse({"nodes": nodes, "edges": edges})


def _around(request: HttpRequest, served: Served) -> tuple[Held, int | None]:
    found, address = held(served), request.GET.get("around", "")
    return found, _number(found, address) if address else None


def _number(found: Held, address: str) -> int:
    """Http404 for what is no address, or none of these."""
    number = found.people.number.get(address.lower()) if is_address(address) else None
    if number is None:
        raise Http404
    return number
