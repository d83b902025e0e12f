"""Who works on a case as what: members, invitations, their sessions. For whoever manages it."""

from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from crible.review import factors, invitations, members, people, required, resets, sessions
from crible.review.models import Membership, User
from crible.review.rights import Right, Role
from crible.web.paging import page_number, turning
from crible.web.served import Served, of_case

PER_PAGE = 50
INVITATIONS = 30
SESSIONS = 50


@require_safe
@of_case(Right.MANAGE)
def team(request: HttpRequest, served: Served) -> HttpResponse:
    """A page of members, the latest invitations, the sessions last seen."""
    case, number = served.case.uuid, page_number(request.GET)
    found = list(members.of_case(case)[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    shown = found[:PER_PAGE]
    owners = list(User.objects.filter(owner=True, is_active=True)) if number == 1 else []
    invited = invitations.of_case(case)
    listed = list(invited[:INVITATIONS])
    context = {
        "page": "team",
        "members": shown,
        "managed": members.managed(_by(request), [one.user for one in shown]),
        "resettable": members.resettable(_by(request), [one.user for one in shown]),
        "owners": owners,
        "secured": factors.having([*owners, *(one.user for one in shown)]),
        "required": required.of_case(case),
        "may_demand": required.has_two(_by(request)),
        "roles": tuple(Role),
        "invitations": listed,
        "standing": invitations.standing(listed),
        "now": timezone.now(),
        "local": not settings.DESK_URL,
        "more_invitations": max(0, invited.count() - INVITATIONS),
        "visits": sessions.open_of(User.objects.filter(memberships__case=case))[:SESSIONS],
        **turning(request.GET, number, more=len(found) > PER_PAGE),
    }
    return render(request, "desk/team.html", context)


@require_POST
@of_case(Right.MANAGE)
def invite(request: HttpRequest, served: Served) -> HttpResponse:
    """A link to copy. It is shown in the answer and nowhere else: only its hash is kept."""
    token = invitations.issue(served.case.uuid, _role(request), _by(request))
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return render(request, "desk/team/link.html", {"page": "team", "kind": "invitation", "link": link})


@require_POST
@of_case(Right.MANAGE)
def withdraw(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """Make an open invitation good for nothing."""
    if not invitations.withdraw(served.case.uuid, number, _by(request)):
        raise Http404
    return redirect("team", slug=served.slug)


@require_POST
@of_case(Right.MANAGE)
def role(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """Another role for a member."""
    members.change_role(_member(served, number), _role(request), _by(request))
    return redirect("team", slug=served.slug)


@require_POST
@of_case(Right.MANAGE)
def remove(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """A member goes; what they marked stays."""
    members.remove(_member(served, number), _by(request))
    return redirect("team", slug=served.slug)


@require_POST
@of_case(Right.MANAGE)
def reset(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """A link by which a member sets another password. Not for those who work on cases one does not manage."""
    one, by = _member(served, number), _by(request)
    if one.user.pk not in members.resettable(by, [one.user]):
        raise PermissionDenied(str(Right.MANAGE))
    link = request.build_absolute_uri(reverse("reset", args=[resets.issue(one.user, by, served.case.uuid)]))
    return render(request, "desk/team/link.html", {"page": "team", "kind": "reset", "link": link, "member": one})


@require_POST
@of_case(Right.MANAGE)
def end_sessions(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """A member is out at once: everywhere, or of this case alone where they work on others (`members.end_sessions`)."""
    members.end_sessions(_member(served, number), _by(request))
    return redirect("team", slug=served.slug)


@require_POST
@of_case(Right.MANAGE)
def account(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """Close or open a member's account on the whole desk: the owner's to do, for it reaches other cases."""
    one, by = _member(served, number), _by(request)
    if not by.owner or one.user.owner:
        raise PermissionDenied(str(Right.MANAGE))
    (people.reactivate if request.POST.get("open") else people.deactivate)(one.user, by)
    return redirect("team", slug=served.slug)


def _member(served: Served, number: int) -> Membership:
    one = members.member(served.case.uuid, number)
    if one is None:
        raise Http404
    return one


def _role(request: HttpRequest) -> Role:
    try:
        return Role(request.POST.get("role", ""))
    except ValueError as error:
        raise Http404 from error


def _by(request: HttpRequest) -> User:
    """Whoever asks: `of_case` has seen that they are somebody."""
    return cast("User", request.user)
