"""One's own account: name, password, sessions, cases."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from crible.review import passwords, people, sessions
from crible.review.audit import append
from crible.review.models import User, Visit
from crible.web.queries.mine import cases_of
from crible.web.served import of_desk
from crible.web.visitors import enter

DONE = ("name", "password", "sessions")
MOST = 50
"""Sessions on the page; nobody has more but by trying to."""


@of_desk
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here."""
    return _page(request)


@of_desk
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Another name for colleagues to read."""
    people.rename(_person(request), request.POST.get("shown", ""))
    return _done("name")


@of_desk
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Another password. Every session ends; this one goes on under a new key."""
    user = _person(request)
    present, chosen = request.POST.get("present", ""), request.POST.get("password", "")
    if faults := people.change_password(user, present, chosen):
        return _page(request, faults)
    enter(request, user)
    return _done("password")


@of_desk
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own."""
    visit = Visit.objects.filter(pk=number, user=_person(request), ended=None).first()
    if visit is None:
        raise Http404
    sessions.end([visit])
    append(visit.user.name, "sessions-ended", name=visit.user.name, count=1)
    return _done("sessions")


@of_desk
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own but this."""
    user = _person(request)
    ended = sessions.end_all(user, but=request.session.session_key or "")
    append(user.name, "sessions-ended", name=user.name, count=ended)
    return _done("sessions")


def _page(request: HttpRequest, faults: list[str] | None = None) -> HttpResponse:
    user, done = _person(request), request.GET.get("done", "")
    visit = getattr(request, "visit", None)
    context = {
        "page": "account",
        "cases": cases_of(user),
        "visits": sessions.open_of([user])[:MOST],
        "this": visit.pk if visit else 0,
        "done": done if done in DONE else "",
        "faults": faults or [],
        "stated": user.has_usable_password(),
        "least": passwords.LEAST,
        "most": passwords.MOST,
    }
    return render(request, "desk/account.html", context, status=400 if faults else 200)


def _done(what: str) -> HttpResponse:
    answer = redirect("account")
    answer["Location"] += f"?done={what}"
    return answer


def _person(request: HttpRequest) -> User:
    """The door lets nobody else this far."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user
