"""The page for whoever has not come in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crible.web.back import inside


def door(request: HttpRequest, use: str = "none", status: int = 403, **more: object) -> HttpResponse:
    """How to come in and what became of a try; the way on is kept where there is a form."""
    asked = request.get_full_path() if request.method == "GET" and not request.path_info.startswith("/login/") else "/"
    following = inside(request, request.POST.get("next") or request.GET.get("next") or asked)
    known = request.user.is_authenticated
    context = {"use": use, "known": known, "team": bool(settings.DESK_URL), "following": following, **more}
    return render(request, "desk/outside.html", context, status=status)
