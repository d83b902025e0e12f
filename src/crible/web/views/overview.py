"""The overview answers three questions: what is in here, is it all here, what should I look at first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.index.tree import Everything
from crible.model.errors import CaseError
from crible.model.grade import VOUCHED, Level
from crible.model.ledger import State
from crible.review import progress
from crible.review.looks import Since, look, since
from crible.review.rights import Right
from crible.sift.ledger import account
from crible.web.queries import people, shelf
from crible.web.queries.first import first
from crible.web.queries.going import keys_found, waiting
from crible.web.queries.material import material
from crible.web.queries.searching import term
from crible.web.queries.shares import shares
from crible.web.queries.when import when
from crible.web.queries.whose import whose
from crible.web.served import Served, of_case

SENDERS = 6
KEPT = "overview"
UNREAD = (State.UNREADABLE, State.ENCRYPTED, State.QUARANTINED)


@require_safe
@of_case(Right.READ)
def overview(request: HttpRequest, served: Served) -> HttpResponse:
    """Sums are kept for as long as the facts stay as they are."""
    context = served.kept(KEPT, lambda: _facts(served))
    taken = shelf.taken()
    context = {
        **context,
        # Apart, since these follow the closed shelf: to take a document from it must not cost all sums anew.
        "first": served.kept(f"{KEPT}-first", first, taken),
        **served.kept(f"{KEPT}-spread", lambda: _spread(served), taken),
        "as_of": served.as_of(KEPT),
        "since": _since(request, served, context["figures"]),
        "human": progress.of(served.case.uuid),
        "page": "overview",
    }
    people.prepare(served)
    return render(request, "desk/overview.html", context)


def _facts(served: Served) -> dict[str, Any]:
    found, told, keys = account(), shares(), keys_found(served.case)
    return {
        "account": found,
        "unread": sum(count for state, count in found.states.items() if state in UNREAD),
        "material": material(told),
        "classes": told.classes,
        "sorts": told.sorts,
        "levels": told.levels,
        "urgent": [(level, told.levels[level]) for level in (Level.CONTRADICTED, Level.QUESTIONED)],
        "boxes": whose(),
        "shelved": told.shelved,
        "examining": waiting(),
        "key_counts": keys,
        "figures": {
            "read": found.states.get(State.READ, 0),
            "vouched": sum(told.levels[level] for level in VOUCHED),
            "questioned": told.levels[Level.QUESTIONED],
            "contradicted": told.levels[Level.CONTRADICTED],
            "anchored": keys.anchored,
            "unanchored": keys.unanchored,
        },
    }


def _spread(served: Served) -> dict[str, Any]:
    """Months and senders, from the index; without it, the page says how to build it."""
    try:
        searcher = served.searcher()
        months = searcher.facets(Everything(), ("month",))["month"]
        senders = searcher.facets(shelf.visible(Everything()), ("from_address",))["from_address"]
    except CaseError as error:
        return {"unindexed": error.code}
    return {
        "when": when(months),
        "senders": [(value, count, term("from_address", value)) for value, count in senders[:SENDERS]],
    }


def _since(request: HttpRequest, served: Served, figures: Mapping[str, int]) -> Since | None:
    """What changed since this person's last day here; today's figures are kept for their next."""
    day = datetime.now(served.zone).date().isoformat()
    if not request.user.is_authenticated:
        return None
    changed = since(request.user, served.case.uuid, day, figures)
    look(request.user, served.case.uuid, day, figures)
    return changed
