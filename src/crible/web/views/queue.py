"""What waits: one queue at a time, in pages, with acts on what is chosen or on all of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from crible.model.errors import InputError
from crible.review.change import MOST
from crible.review.marks import LONGEST_TAG, STATES
from crible.review.rights import Right
from crible.review.standing import people, tag_names
from crible.store.models import Document
from crible.web.paging import page_number, turning
from crible.web.parts.review import DID, back_of, said_in
from crible.web.person import person
from crible.web.queries.marking import MANY
from crible.web.queries.names import named
from crible.web.queries.queued import Queue, Step, documents
from crible.web.queries.rows import rows
from crible.web.queries.waiting import queues
from crible.web.served import Served, of_case
from crible.web.views.marks import back

PER_PAGE = 50


@require_safe
@of_case(Right.READ)
def queue(request: HttpRequest, served: Served) -> HttpResponse:
    """One's own to begin with."""
    by, case = person(request), served.case.uuid
    wanted = Queue.of(request.GET)
    found = documents(served, by, wanted)
    total = len(found)
    number = page_number(request.GET)
    start = (number - 1) * PER_PAGE
    page = found.part(start, start + PER_PAGE)
    about = named(page)
    context = {
        "page": "queue",
        "queue": wanted,
        "queues": queues(served, by),
        "rows": rows(case, [Step(about[one], n) for n, one in enumerate(page, start) if one in about]),
        "total": total,
        "most": MOST,
        "start": start + 1,
        "states": STATES,
        "tag_names": tag_names(case),
        "people": list(people(case)),
        "longest_tag": LONGEST_TAG,
        "review": {"told": said_in(request, served), "back": back_of(request.GET)},
        **turning(request.GET, number, more=total > start + PER_PAGE),
    }
    return render(request, "desk/queue.html", context)


@require_POST
@of_case(Right.REVIEW)
def mark_many(request: HttpRequest, served: Served) -> HttpResponse:
    """The same for all that is chosen, or for all of the queue: one line of the log, undone as one."""
    given, by = request.POST, person(request)
    if given.get("what") not in MANY:
        raise Http404
    address = back(request)
    everything = given.get("scope") == "all"
    wanted = documents(served, by, Queue.of(address)).part(0, MOST + 1) if everything else given.getlist("document")
    entry = MANY[given["what"]](by, served.case.uuid, _known(wanted), given)
    if entry:
        address[DID] = str(entry.number)
    answer = redirect("queue", slug=served.slug)
    answer["Location"] += "?" + address.urlencode()
    return answer


def _known(wanted: list[str]) -> list[str]:
    """Those that are documents of the case, in order. Raises InputError `review-many` for too many or none."""
    if not 0 < len(wanted) <= MOST:
        raise InputError("review-many" if wanted else "review-none", most=MOST)
    digests = [bytes.fromhex(one) for one in wanted if len(one) == 64 and set(one) <= set("0123456789abcdef")]
    rows = Document.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    known = {bytes(one).hex() for one in rows}
    return [one for one in wanted if one in known]
