"""A second factor: set up and switched off in one's account, asked for by a case."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from crible.review import factors, people, required, totp
from crible.review.models import User
from crible.review.rights import Right
from crible.web.person import person
from crible.web.queries.squares import squares
from crible.web.served import Served, of_case, of_desk
from crible.web.views.account import done, page
from crible.web.visitors import address_of, came_by_link

ISSUER = "crible"


@of_desk
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A fresh secret, after the password. It is shown in the answer and nowhere else."""
    user = person(request)
    if not people.proves(user, request.POST.get("present", "")):
        return page(request, second=["present"])
    secret = factors.begin(user)
    if secret is None:
        return redirect("account")
    account = f"{user.name}@{request.get_host()}" if settings.DESK_URL else user.name
    uri = totp.uri(secret, account, ISSUER)
    return _set_up(request, {"secret": totp.typed_form(secret), "uri": uri, "squares": squares(uri)})


@of_desk
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The first code puts it in force; the recovery codes are shown in the answer and nowhere else."""
    user = person(request)
    if factors.pending(user) is None:
        return redirect("account")
    codes = factors.confirm(user, request.POST.get("code", ""), _key(request))
    if codes is None:
        return _set_up(request, {"faults": ["code"]}, 400)
    return render(request, "desk/second/codes.html", {"page": "account", "codes": codes})


@of_desk
@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """Away with it, after password and code; who came by the terminal's link proved that instead of a code."""
    user = person(request)
    if not people.proves(user, request.POST.get("present", "")):
        return page(request, second=["present"])
    if not came_by_link(request) and not factors.proved(user, request.POST.get("code", ""), address_of(request)):
        return page(request, second=["code"])
    factors.switch_off(user, _key(request))
    return done("second-off")


@require_POST
@of_case(Right.MANAGE)
def demand(request: HttpRequest, served: Served) -> HttpResponse:
    """Open the case to nobody without one, or to its members again."""
    by: User = person(request)
    (required.demand if request.POST.get("required") else required.waive)(served.case.uuid, by)
    return redirect("team", slug=served.slug)


def _set_up(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    minutes = int(factors.SET_UP.total_seconds() // 60)
    context |= {"page": "account", "minutes": minutes}
    return render(request, "desk/second/set_up.html", context, status=status)


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""
