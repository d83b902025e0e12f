"""Two documents side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.queries.compared import compare as compared
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def compare(request: HttpRequest, served: Served, name: str, other: str) -> HttpResponse:
    """Both by whole id, the first on the left; one of the closed shelf leads there, whichever it is."""
    if name == other:
        return redirect("document", slug=served.slug, name=name)
    found = compared(by_id(name), by_id(other))
    return render(request, "desk/compare.html", {"page": "", "found": found})
