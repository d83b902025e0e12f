"""Pages for what went wrong: one sentence, and the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crible import words
from crible.model.errors import CaseError, CribleError
from crible.review import required
from crible.review.rights import role_of
from crible.web.language import language
from crible.web.served import Ended, Lacking, all_served
from crible.web.templatetags.roles import least_role

ABSENT = frozenset({"id-unknown", "id-ambiguous"})


def known(request: HttpRequest, error: CribleError) -> HttpResponse:
    """An error of ours: its sentence."""
    sentence = words.render("errors", error.code, dict(error.params), language())
    status = 503 if isinstance(error, CaseError) else 404 if error.code in ABSENT else 400
    context: dict[str, Any] = {"kind": "known", "sentence": sentence, "code": error.code}
    if error.code.startswith("case-"):
        # Every way into this case leads here again: the page shows none of them.
        context |= {"kind": "case", "served": None}
    return render(request, "desk/fault.html", context, status=status)


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such page; the way back leads to the case whose address it begins with, if the person has a part in it."""
    if request.user.is_authenticated and not hasattr(request, "served"):
        slug = request.path_info.split("/")[1]
        mine = [(one, role_of(request.user, one.case.uuid)) for one in all_served() if one.slug == slug]
        for served, role in mine:
            if role and not required.lacking(request.user, served.case.uuid):
                request.served, request.role = served, role  # type: ignore[attr-defined]
    return render(request, "desk/fault.html", {"kind": "absent"}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The role does not hold the right, which `of_case` names: the page says which role does.

    Or the case asks for a second factor: the page says where to set one up.
    """
    if isinstance(exception, Ended):
        return render(request, "desk/fault.html", {"kind": "ended"}, status=403)
    if isinstance(exception, Lacking):
        return render(request, "desk/fault.html", {"kind": "second"}, status=403)
    needed = least_role(str(exception.args[0])) if exception.args else ""
    return render(request, "desk/fault.html", {"kind": "forbidden", "needed": needed}, status=403)


def misplaced(request: HttpRequest, allowed: str) -> HttpResponse:
    """An address that takes forms only, opened as a page: by a reload, or from a history."""
    response = render(request, "desk/fault.html", {"kind": "method"}, status=405)
    response.headers["Allow"] = allowed
    return response


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that makes no sense."""
    return render(request, "desk/fault.html", {"kind": "refused"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A defect of ours: the page says so, and the terminal has the details."""
    try:
        return render(request, "desk/fault.html", {"kind": "broken"}, status=500)
    except Exception:  # noqa: BLE001 whatever broke the page may break this one: the desk's database, a template
        return HttpResponse("Something broke here. / Quelque chose s’est cassé ici.\n", "text/plain", 500)
