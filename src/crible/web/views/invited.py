"""One-time links of a team: becoming a member of a case, and setting a forgotten password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from crible.review import invitations, limits, passwords, people, resets
from crible.review.audit import append
from crible.review.models import Invitation, User
from crible.review.onetime import Standing
from crible.web.door import door
from crible.web.served import Served, all_served, outside
from crible.web.visitors import address_of, enter


@outside
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to; posted, they are in. Whoever is known already only adds the case."""
    guesses = limits.of_links(address_of(request))
    if limits.waiting([guesses]):
        return door(request, "often", 429)
    found = invitations.find(token)
    if found.invitation is None:
        return _closed(request, guesses, found.standing, "invitation")
    if request.method == "GET":
        return _invitation(request, found.invitation)
    if request.user.is_authenticated:
        return _join(request, found.invitation, request.user)
    return _register(request, found.invitation)


@outside
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Another password for somebody who forgot theirs; they log in by it afterwards."""
    guesses = limits.of_links(address_of(request))
    if limits.waiting([guesses]):
        return door(request, "often", 429)
    standing, found = resets.find(token)
    if found is None:
        return _closed(request, guesses, standing, "reset")
    given = request.POST.get("password", "")
    faults = passwords.faults(given, found.user) if request.method == "POST" else []
    if request.method == "POST" and not faults:
        if not resets.use(found, given):
            return _closed(request, guesses, Standing.SPENT, "reset")
        return door(request, "reset", 200, name=found.user.name)
    context = {"name": found.user.name, "faults": faults, "least": passwords.LEAST, "most": passwords.MOST}
    return render(request, "desk/reset.html", context, status=400 if faults else 200)


def _register(request: HttpRequest, found: Invitation) -> HttpResponse:
    name, shown, password = (request.POST.get(field, "") for field in ("name", "shown", "password"))
    faults = people.faults(name, password, shown)
    user = None if faults else invitations.welcome(found, name, shown, password)
    if user is None:
        return _invitation(request, found, faults or ["taken"])
    enter(request, user)
    append(user.name, "entered", how="invitation")
    return _in(found)


def _join(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    return _in(found) if invitations.accept(found, user) else door(request, "invitation-spent")


def _in(found: Invitation) -> HttpResponse:
    served = _served(found)
    return redirect("overview", slug=served.slug) if served else redirect("cases")


def _invitation(request: HttpRequest, found: Invitation, faults: list[str] | None = None) -> HttpResponse:
    served = _served(found)
    context = {
        "invitation": found,
        "title": served.title if served else "",
        "faults": faults or [],
        "name": request.POST.get("name", "")[:64],
        "shown": request.POST.get("shown", "")[: people.SHOWN],
        "least": passwords.LEAST,
        "most": passwords.MOST,
        "following": request.path,
    }
    return render(request, "desk/invitation.html", context, status=400 if faults else 200)


def _closed(request: HttpRequest, guesses: limits.Limit, standing: Standing, kind: str) -> HttpResponse:
    if standing is Standing.UNKNOWN:
        limits.guessed(guesses, kind)
    return door(request, f"{kind}-{standing}", 403)


def _served(found: Invitation) -> Served | None:
    return next((one for one in all_served() if one.case.uuid == found.case), None)
