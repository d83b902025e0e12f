"""What the words mean: levels, strengths, states, badges."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.assess.properties import BADGES
from crible.model.evidence import Says, Strength
from crible.model.ledger import FINAL, State
from crible.review.rights import Right
from crible.web.served import Served, of_case, of_desk


@of_desk
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Without a case."""
    return _page(request)


@require_safe
@of_case(Right.READ)
def of_case_words(request: HttpRequest, served: Served) -> HttpResponse:  # noqa: ARG001
    """Within a case, so that the way back leads there."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    context = {
        "page": "words",
        "badges": sorted(set(BADGES.values())),
        "strengths": [str(one) for one in Strength],
        "says": [str(one) for one in Says],
        "states": [str(one) for one in State if one in FINAL],
    }
    return render(request, "desk/words.html", context)
