"""Keys for one's own programs in this case."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from crible.model.errors import InputError
from crible.review import tokens as review
from crible.review.rights import RIGHTS, Right
from crible.web.person import person
from crible.web.served import Served, of_case


@require_http_methods(["GET", "POST"])
@of_case(Right.READ)
def tokens(request: HttpRequest, served: Served) -> HttpResponse:
    """Those that hold; a POST makes one, which this page alone shows, once."""
    mine, uuid = person(request), served.case.uuid
    allowed = [str(one) for one in review.SCOPES if one in RIGHTS[request.role]]  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "page": "tokens",
        "scopes": allowed,
        "longest": review.LONGEST.days,
        "base": request.build_absolute_uri("/api/1/"),
    }
    if request.method == "POST":
        days = request.POST.get("days", "")
        scopes = [one for one in request.POST.getlist("scopes") if one in allowed]
        try:
            name = request.POST.get("name", "")
            text, made = review.make(mine, uuid, name, scopes, int(days[:5]) if days.isdecimal() else 0)
            context |= {"fresh": text, "made": made}
        except InputError as error:
            context |= {"error": error}
    context["held"] = list(review.of(mine, uuid))
    return render(request, "desk/tokens.html", context, status=400 if "error" in context else 200)


@require_POST
@of_case(Right.READ)
def revoke(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """End one of one's own."""
    if not review.revoke(person(request), served.case.uuid, number):
        raise Http404
    return redirect("tokens", slug=served.slug)
