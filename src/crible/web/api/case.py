"""Cases, and what one holds."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from crible.review.rights import Right, role_of
from crible.sift.ledger import account
from crible.sift.tally import shelved, tally
from crible.web.api.access import entered, token_of
from crible.web.api.schemas import REFUSED, CaseOut, Fault, SumsOut
from crible.web.served import all_served

router = Router(tags=["case"])


@router.get("/cases/", response={200: list[CaseOut], 403: Fault}, summary="The case this token opens")
def cases(request: HttpRequest) -> list[dict[str, Any]]:
    """A token is of one case; an empty list where that case is not served now."""
    token = token_of(request)
    role = role_of(token.user, token.case)
    return [
        {
            "slug": one.slug,
            "uuid": one.case.uuid,
            "title": one.title,
            "zone": one.zone.key,
            "role": str(role),
            "scopes": token.scopes,
            "sifting": one.sifting(),
        }
        for one in all_served()
        if one.case.uuid == token.case and role
    ]


@router.get(
    "/cases/{slug}/", response={200: SumsOut, **REFUSED}, summary="What came in, what became of it, grades by kind"
)
def sums(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The overview's figures."""
    with entered(request, slug, Right.READ) as served:
        found = served.kept("account", account)
        rows = served.kept("tally", tally)
        return {
            "listed": found.listed,
            "out": found.out,
            "balanced": found.balanced,
            "at_least": bool(found.at_least),
            "documents": found.documents,
            "states": {str(state): count for state, count in found.states.items()},
            "kinds": [{"kind": row.kind, "total": row.total, "levels": row.levels} for row in rows],
            "closed_shelf": served.kept("shelved", shelved),
            "provisional": served.sifting(),
        }
