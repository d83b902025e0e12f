"""The first page: the case, or a choice of cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crible.review.rights import role_of
from crible.web.served import all_served, of_desk


@of_desk
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Those in which the person has a part; a single one is shown at once."""
    mine = [one for one in all_served() if role_of(request.user, one.case.uuid)]
    if len(mine) == 1:
        return redirect("overview", slug=mine[0].slug)
    return render(request, "desk/cases.html", {"cases": mine})
