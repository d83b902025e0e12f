"""What people do to one document: each act is a form, answered by the bar in place or by the page."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from crible.model.errors import InputError
from crible.review.rights import Right
from crible.review.undo import Undone, undo, undo_last
from crible.sift.dossier import Dossier
from crible.web.parts.review import DID, Told, back_of, bar, of_entry, of_error, of_undone
from crible.web.person import person
from crible.web.queries.marking import DECISIONS, MARKS, Act
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case


@require_POST
@of_case(Right.REVIEW)
def mark(request: HttpRequest, served: Served, name: str, what: str) -> HttpResponse:
    """State, tag, star, note, who is to look."""
    return _done(request, served, by_id(name), MARKS, what)


@require_POST
@of_case(Right.DECIDE)
def decide(request: HttpRequest, served: Served, name: str, what: str) -> HttpResponse:
    """Decide, or say whether one agrees."""
    return _done(request, served, by_id(name), DECISIONS, what)


@require_POST
@of_case(Right.REVIEW)
def take_back(request: HttpRequest, served: Served) -> HttpResponse:
    """Undo the line of the number given, or one's own last change."""
    by, number = person(request), request.POST.get("line", "")
    found = request.POST.get("document", "")
    try:
        undone = undo(by, served.case.uuid, int(number[:9])) if number.isdecimal() else undo_last(by, served.case.uuid)
    except InputError as error:
        if not found or not in_place(request):
            raise
        return _in_place(request, served, by_id(found), of_error(error))
    if found and in_place(request):
        return _in_place(request, served, by_id(found), of_undone(undone, found))
    return _after(request, served, undone, found)


def in_place(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def back(request: HttpRequest) -> QueryDict:
    """The address that the form was on, as the form carried it."""
    return QueryDict(back_of(QueryDict(request.POST.get("back", "")[:4_000])), mutable=True)


def _done(request: HttpRequest, served: Served, dossier: Dossier, acts: Mapping[str, Act], what: str) -> HttpResponse:
    if what not in acts:
        raise Http404
    try:
        entry = acts[what](person(request), served.case.uuid, dossier, request.POST)
    except InputError as error:
        if not in_place(request):
            raise
        return _in_place(request, served, dossier, of_error(error))
    if in_place(request):
        return _in_place(request, served, dossier, of_entry(entry))
    address = back(request)
    if entry:
        address[DID] = str(entry.number)
    return _to_document(served, dossier.id, address)


def _in_place(request: HttpRequest, served: Served, dossier: Dossier, said: Told) -> HttpResponse:
    context = {"dossier": dossier, "review": bar(request, served, dossier, back(request).urlencode(), said)}
    return render(request, "desk/review/answer.html", context)


def _after(request: HttpRequest, served: Served, undone: Undone, found: str) -> HttpResponse:
    """Where it was asked from: the document, or the queue."""
    if undone.entry is None:
        context = {"review": {"told": of_undone(undone)}, "page": ""}
        return render(request, "desk/review/kept.html", context, status=409)
    address = back(request)
    address[DID] = str(undone.entry.number)
    if found:
        return _to_document(served, by_id(found).id, address)
    answer = redirect("queue", slug=served.slug)
    answer["Location"] += "?" + address.urlencode()
    return answer


def _to_document(served: Served, name: str, address: QueryDict) -> HttpResponse:
    answer = redirect("document", slug=served.slug, name=name)
    answer["Location"] += ("?" + address.urlencode()) if address else ""
    return answer
