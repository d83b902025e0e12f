"""The log of a case: who did what, whether its lines still follow one another, and what vouches for it from outside."""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from crible.model.errors import InputError
from crible.review import audit, export, stamps
from crible.review.models import Stamp
from crible.review.rights import Right, may
from crible.web.language import language
from crible.web.paging import page_number, turning
from crible.web.person import person
from crible.web.queries import logged
from crible.web.queries.withheld import closed_among
from crible.web.served import Served, of_case

PER_PAGE = 100


@require_safe
@of_case(Right.READ)
def log(request: HttpRequest, served: Served) -> HttpResponse:
    """All of it for who manages the case, one's own lines for everybody else."""
    case, by = served.case.uuid, person(request)
    whole = may(request.role, Right.MANAGE)  # type: ignore[attr-defined]
    wanted = logged.Narrowed.of(request.GET)
    found = logged.entries(case, by, wanted, all_of_it=whole)
    number = page_number(request.GET)
    start = (number - 1) * PER_PAGE
    page = list(found[start : start + PER_PAGE + 1])
    context = {
        "page": "log",
        "whole": whole,
        "wanted": wanted,
        "lines": logged.lines(by, page[:PER_PAGE], language()),
        "acts": logged.acts(case) if whole else [],
        "people": logged.people(case) if whole else [],
        "head": audit.head(case),
        "chain": logged.checked(case, again="again" in request.GET),
        "stamps": logged.stamps(case),
        "largest": stamps.LARGEST,
        **turning(request.GET, number, more=len(page) > PER_PAGE),
    }
    return render(request, "desk/log.html", context)


@require_POST
@of_case(Right.MANAGE)
def stamp(request: HttpRequest, served: Served) -> HttpResponse:
    """Keep a token that was brought, or where the log is said to be deposited."""
    case, by = served.case.uuid, person(request)
    brought = request.FILES.get("token")
    if brought is None:
        stamps.say_deposited(by, case, request.POST.get("where", ""))
    elif brought.size is None or brought.size > stamps.LARGEST:
        raise InputError("stamp-size", most=stamps.LARGEST)
    else:
        stamps.keep_token(by, case, brought.read(stamps.LARGEST + 1))
    return redirect("log", slug=served.slug)


@require_safe
@of_case(Right.READ)
def token(request: HttpRequest, served: Served, number: int) -> HttpResponse:  # noqa: ARG001
    """A token that was kept, to be verified elsewhere."""
    kept = get_object_or_404(Stamp, case=served.case.uuid, pk=number, kind="rfc3161")
    return _attached(bytes(kept.token), f"log-{kept.number}.tst", "application/timestamp-reply")


@require_POST
@of_case(Right.MANAGE)
def log_export(request: HttpRequest, served: Served) -> HttpResponse:
    """Every line with its hash, as JSON lines."""
    return _written(request, served, "log", "jsonl")


@require_POST
@of_case(Right.READ)
def marks_export(request: HttpRequest, served: Served) -> HttpResponse:
    """Every mark as it stands."""
    form = request.POST.get("form", "jsonl")
    if form not in export.FORMS:
        raise Http404
    return _written(request, served, "marks", form)


def _written(request: HttpRequest, served: Served, what: str, form: str) -> HttpResponse:
    """The line that says so comes first: an export that is not logged is not given."""
    case = served.case.uuid
    audit.append(person(request).name, f"{what}-export", case=case, form=form)
    lines = export.log(case) if what == "log" else export.marks(case, closed_among(export.noted(case)))
    text = io.StringIO(newline="")
    export.write(text, lines, form)
    kind = "text/csv" if form == "csv" else "application/x-ndjson"
    return _attached(
        text.getvalue().encode("utf-8", "replace"), f"{what}-{served.slug}.{form}", kind + "; charset=utf-8"
    )


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
