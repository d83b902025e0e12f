"""How far a running sift is: the line that every page shows, asked for anew every five seconds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from crible.review.rights import Right
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def progress(request: HttpRequest, served: Served) -> HttpResponse:
    """A fragment. Once the sift has ended it says so and asks no more."""
    response = render(request, "desk/live/line.html", {"back": reverse("overview", args=[served.slug])})
    response["Cache-Control"] = "no-store"
    return response
