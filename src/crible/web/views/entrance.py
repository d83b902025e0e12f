"""Coming in by a login link or by name, password and second factor, leaving, and choosing a language."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from crible.review import factors, limits, people, sessions
from crible.review.audit import append
from crible.web import halfway, links
from crible.web.back import inside
from crible.web.door import door
from crible.web.served import of_desk, outside
from crible.web.visitors import address_of, enter


@outside
@require_http_methods(["GET"])
def login(request: HttpRequest, token: str) -> HttpResponse:
    """Spend the link, which stands in the owner's terminal only. Not by HEAD, which previewers send."""
    guesses = limits.of_links(address_of(request))
    if limits.waiting([guesses]):
        return door(request, "often", 429)
    use = links.use(token)
    if use is links.Use.ENTERED:
        owner = people.owner()
        enter(request, owner, by_link=True)
        append(owner.name, "entered", how="link")
        return redirect("cases")
    if use is links.Use.UNKNOWN:
        limits.guessed(guesses, "login link")
    return door(request, str(use))


@outside
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Name and password, where a team works; an unknown name, a wrong password and a limit give one answer."""
    following = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    if not settings.DESK_URL or request.method == "GET":
        entered = request.user.is_authenticated
        return redirect(following) if entered else door(request, status=200 if settings.DESK_URL else 403)
    name = request.POST.get("name", "")
    user = people.recognise(name, request.POST.get("password", ""), address_of(request))
    if user is None:
        return door(request, "refused", name=name[:64])
    if factors.of(user):
        halfway.begin(request, user)
        return _on(following)
    enter(request, user)
    append(user.name, "entered", how="password")
    return redirect(following)


@outside
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second page of a log-in: a code of the authenticator, or one kept for when it is lost."""
    following = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.user.is_authenticated:
        return redirect(following)
    user = halfway.who(request)
    if user is None:
        return door(request, "late")
    context = {"following": following, "faults": []}
    if request.method == "GET":
        return render(request, "desk/code.html", context)
    proof = factors.proved(user, request.POST.get("code", ""), address_of(request))
    if proof is None:
        return render(request, "desk/code.html", context | {"faults": ["code"]}, status=403)
    enter(request, user)
    append(user.name, "entered", how=f"password, {proof}")
    return redirect(following)


@of_desk
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End this session."""
    visit = getattr(request, "visit", None)
    if visit is not None:
        sessions.end([visit])
        append(visit.user.name, "left")
    logout(request)
    return redirect("enter" if settings.DESK_URL else "cases")


@outside
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    response: HttpResponse = set_language(request)
    if "Location" in response:
        response["Location"] = inside(request, response["Location"])
    patch_vary_headers(response, ["Cookie"])
    return response


def _on(following: str) -> HttpResponse:
    answer = redirect("code")
    answer["Location"] += "?" + urlencode({"next": following})
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from the desk."""
    return render(request, "desk/fault.html", {"kind": "foreign"}, status=403)
