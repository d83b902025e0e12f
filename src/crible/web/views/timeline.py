"""The timeline, and the case's own calendar drawn over it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from crible.model.errors import InputError
from crible.review import calendar
from crible.review.calendar import Entry
from crible.review.rights import Right
from crible.web.back import inside
from crible.web.paging import turning
from crible.web.person import person
from crible.web.queries import lanes
from crible.web.queries.scale import Period
from crible.web.queries.timeline import PER_PAGE, Wanted, days, documents
from crible.web.queries.timeline import timeline as drawn
from crible.web.served import Served, of_case


@require_safe
@of_case(Right.READ)
def timeline(request: HttpRequest, served: Served) -> HttpResponse:
    """Documents by period; those of the chosen one below."""
    return page(request, served)


def page(request: HttpRequest, served: Served, error: InputError | None = None, given: str = "") -> HttpResponse:
    """The page; with what could not be put into the calendar and why."""
    asked = Wanted.of(request.GET)
    chart = drawn(served, asked)
    entries = calendar.days(served.case.uuid)
    context: dict[str, object] = {
        "page": "timeline",
        "asked": asked,
        "days": days(served),
        "chart": chart,
        "entries": entries,
        "error": error,
        "given": given,
        "sifting": served.sifting(),
        "longest": calendar.LONGEST,
    }
    if chart is not None:
        stated = lanes.stated(served, chart.scale)
        boxes, boxes_total = lanes.lanes(served, chart.scale, stated)
        context |= {
            "marked": lanes.marked(entries, chart.scale, asked),
            "stated": stated,
            "lanes": boxes,
            "boxes_total": boxes_total,
            "traces": lanes.traces(served, chart.scale, asked),
        }
        if chart.chosen:
            context |= _chosen(request, served, asked, chart.chosen.period)
    return render(request, "desk/timeline.html", context, status=400 if error else 200)


def _chosen(request: HttpRequest, served: Served, asked: Wanted, chosen: Period) -> dict[str, object]:
    found, more = documents(served, chosen, asked.page)
    traces, traces_total = lanes.traces_of(served, chosen)
    return {
        "documents": found,
        "start": (asked.page - 1) * PER_PAGE + 1,
        "chosen_traces": traces,
        "traces_more": traces_total - len(traces),
        **turning(request.GET, asked.page, more=more),
    }


@require_POST
@of_case(Right.DECIDE)
def add(request: HttpRequest, served: Served) -> HttpResponse:
    """Put a day down."""
    return _written(request, served, lambda: bool(calendar.add(person(request), served.case.uuid, _entry(request))))


@require_POST
@of_case(Right.DECIDE)
def change(request: HttpRequest, served: Served, number: int) -> HttpResponse:
    """Write one anew, or take it off."""

    def act() -> bool:
        if "remove" in request.POST:
            return calendar.remove(person(request), served.case.uuid, number)
        return calendar.change(person(request), served.case.uuid, number, _entry(request))

    return _written(request, served, act)


@require_POST
@of_case(Right.DECIDE)
def take_in(request: HttpRequest, served: Served) -> HttpResponse:
    """Add the lines of a list."""
    text = request.POST.get("list", "")
    return _written(request, served, lambda: calendar.take_in(person(request), served.case.uuid, text) >= 0, text)


@require_safe
@of_case(Right.READ)
def as_csv(request: HttpRequest, served: Served) -> HttpResponse:  # noqa: ARG001
    """The calendar as a file."""
    answer = HttpResponse(calendar.as_csv(calendar.days(served.case.uuid)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="calendar-{served.slug}.csv"'
    return answer


def _written(request: HttpRequest, served: Served, act: Callable[[], bool], given: str = "") -> HttpResponse:
    """Back to where the form stood; the page with the reason where it could not be done."""
    try:
        if not act():
            raise Http404
    except InputError as error:
        return page(request, served, error, given)
    here = reverse("timeline", args=[served.slug])
    back = inside(request, request.POST.get("next", ""), here)
    return redirect(f"{back if back.startswith(here) else here}#calendar")


def _entry(request: HttpRequest) -> Entry:
    return Entry.of(*(request.POST.get(name, "")[:1_000] for name in calendar.FIELDS))
