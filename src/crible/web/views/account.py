"""One's own account: name, password, sessions, cases."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from crible.review import factors, passwords, people, recovery, sessions
from crible.review.audit import append
from crible.review.models import User, Visit
from crible.web.queries.mine import cases_of
from crible.web.served import of_desk
from crible.web.visitors import came_by_link, enter

DONE = ("name", "password", "sessions", "second-off")
MOST = 50
"""Sessions on the page; nobody has more but by trying to."""


@of_desk
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here."""
    return page(request)


@of_desk
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Another name for colleagues to read."""
    people.rename(_person(request), request.POST.get("shown", ""))
    return done("name")


@of_desk
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Another password. Every session ends; this one goes on under a new key."""
    user = _person(request)
    present, chosen = request.POST.get("present", ""), request.POST.get("password", "")
    if faults := people.change_password(user, present, chosen):
        return page(request, faults)
    enter(request, user)
    return done("password")


@of_desk
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own."""
    visit = Visit.objects.filter(pk=number, user=_person(request), ended=None).first()
    if visit is None:
        raise Http404
    sessions.end([visit])
    append(visit.user.name, "sessions-ended", name=visit.user.name, count=1)
    return done("sessions")


@of_desk
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own but this."""
    user = _person(request)
    ended = sessions.end_all(user, but=request.session.session_key or "")
    append(user.name, "sessions-ended", name=user.name, count=ended)
    return done("sessions")


def page(request: HttpRequest, faults: list[str] | None = None, second: list[str] | None = None) -> HttpResponse:
    """The page with what was wrong: with a password, or with what was done to the second factor."""
    user, told = _person(request), request.GET.get("done", "")
    factor = factors.of(user)
    visit = getattr(request, "visit", None)
    context = {
        "page": "account",
        "cases": cases_of(user),
        "visits": sessions.open_of([user])[:MOST],
        "this": visit.pk if visit else 0,
        "done": told if told in DONE else "",
        "faults": faults or [],
        "second_faults": second or [],
        "factor": factor,
        "recovery_left": recovery.left(factor) if factor else 0,
        "by_link": came_by_link(request),
        "stated": user.has_usable_password(),
        "least": passwords.LEAST,
        "most": passwords.MOST,
    }
    return render(request, "desk/account.html", context, status=400 if faults or second else 200)


def done(what: str) -> HttpResponse:
    """Back to the page, which says what was done."""
    answer = redirect("account")
    answer["Location"] += f"?done={what}"
    return answer


def _person(request: HttpRequest) -> User:
    """The door lets nobody else this far."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user
