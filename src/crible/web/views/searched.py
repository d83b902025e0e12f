"""What was searched in a case, findings that nothing was found among them, and what a search found as CSV."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from crible.model.errors import InputError
from crible.review import audit
from crible.review.rights import Right
from crible.review.searches import runs
from crible.web.paging import page_number, turning
from crible.web.person import person
from crible.web.queries import exported
from crible.web.queries.asked import Asked
from crible.web.queries.searched import Run
from crible.web.queries.searched import runs as with_counts
from crible.web.served import Served, of_case
from crible.web.spreadsheet import attachment

PER_PAGE = 20
MOST_EXPORTED = 500
COLUMNS = (
    "by", "words", "chosen", "first", "last", "times", "found_then", "documents_searched_then",
    "pages_not_read_then", "found_now", "opened_of_these",
)  # fmt: skip


@require_safe
@of_case(Right.READ)
def searched(request: HttpRequest, served: Served) -> HttpResponse:
    """The last searches first; `?nothing` leaves those that found something out."""
    number, nothing = page_number(request.GET), "nothing" in request.GET
    start = (number - 1) * PER_PAGE
    rows = list(runs(served.case.uuid, nothing=nothing)[start : start + PER_PAGE + 1])
    context = {
        "page": "search",
        "nothing": nothing,
        "runs": with_counts(served, rows[:PER_PAGE]),
        **turning(request.GET, number, more=len(rows) > PER_PAGE),
    }
    return render(request, "desk/search/searched.html", context)


@require_safe
@of_case(Right.READ)
def searched_csv(request: HttpRequest, served: Served) -> HttpResponseBase:
    """The last searches as CSV."""
    rows = runs(served.case.uuid, nothing="nothing" in request.GET)[:MOST_EXPORTED]
    return attachment("searched.csv", COLUMNS, _rows(with_counts(served, rows)))


@require_POST
@of_case(Right.REVIEW)
def export(request: HttpRequest, served: Served) -> HttpResponseBase:
    """What a search found as CSV; a line of the log says who took how much away."""
    asked = Asked.of(QueryDict(request.POST.get("asked", "")[:20_000]))
    try:
        total, lines = exported.lines(served, asked)
    except InputError as error:
        return render(request, "desk/search.html", {"asked": asked, "error": error, "page": "search"}, status=400)
    shown = min(total, exported.MOST)
    audit.append(
        person(request).name, "search-export", case=served.case.uuid, asked=asked.kept, lines=shown, found=total
    )
    return attachment("search.csv", exported.COLUMNS, lines)


def _rows(found: Iterable[Run]) -> Iterator[tuple[object, ...]]:
    for run in found:
        row = run.row
        yield (
            row.by.name,
            run.asked.query,
            " ".join(run.asked.chosen),
            row.first.isoformat(timespec="seconds"),
            row.last.isoformat(timespec="seconds"),
            row.times,
            row.found,
            row.searched,
            row.unread,
            "" if run.now is None else run.now,
            run.opened,
        )
