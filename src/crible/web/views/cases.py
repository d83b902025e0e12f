"""The first page: the case, or a choice of cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crible.web.queries.mine import cases_of
from crible.web.served import of_desk


@of_desk
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Those in which the person has a part; a single one is shown at once."""
    mine = cases_of(request.user)
    if len(mine) == 1:
        return redirect("overview", slug=mine[0].served.slug)
    return render(request, "desk/cases.html", {"cases": mine})
