"""Coming in by a login link, and choosing a language."""

from django.contrib.auth import login as enter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from crible.review.people import owner
from crible.web import links
from crible.web.served import outside

BACKEND = "django.contrib.auth.backends.ModelBackend"


@outside
@require_http_methods(["GET"])
def login(request: HttpRequest, token: str) -> HttpResponse:
    """Spend the link, which stands in the owner's terminal only. Not by HEAD, which previewers send."""
    use = links.use(token)
    if use is links.Use.ENTERED:
        enter(request, owner(), backend=BACKEND)
        return redirect("cases")
    known = request.user.is_authenticated
    return render(request, "desk/outside.html", {"use": str(use), "known": known}, status=403)


@outside
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    response: HttpResponse = set_language(request)
    patch_vary_headers(response, ["Cookie"])
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from the desk."""
    return render(request, "desk/fault.html", {"kind": "foreign"}, status=403)
