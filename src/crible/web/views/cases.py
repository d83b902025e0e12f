"""The first page: the case, or a choice of cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crible.web.served import all_served


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One case is shown at once."""
    served = all_served()
    if len(served) == 1:
        return redirect("overview", slug=served[0].slug)
    return render(request, "desk/cases.html", {"cases": served})
