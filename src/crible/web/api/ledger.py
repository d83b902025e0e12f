"""The account, line by line."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from crible import words
from crible.model.ledger import FINAL, State
from crible.review.rights import Right
from crible.web.api.access import entered
from crible.web.api.schemas import REFUSED, Lang, LineOut
from crible.web.queries.account import items, of_state

router = Router(tags=["ledger"])
PER_PAGE = 500
LAST_PAGE = 10_000


@router.get("/cases/{slug}/ledger/{state}/", response={200: list[LineOut], **REFUSED}, summary="Items by final state")
def lines(
    request: HttpRequest,
    slug: str,
    state: State,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
    lang: Lang = "en",
) -> list[dict[str, Any]]:
    """Five hundred a page, by path, each with the reason why it ended so; empty for a state nothing ends in.

    Names of files that lie on the closed shelf are left out.
    """
    with entered(request, slug, Right.READ):
        if state not in FINAL:
            return []
        found = items(of_state(state)[(page - 1) * PER_PAGE : page * PER_PAGE])
        return [
            {
                "path": one.path,
                "state": one.state,
                "code": one.code,
                "params": one.params,
                "sentence": words.render("ledger", one.code, one.params, lang) if one.code else "",
            }
            for one in found
        ]
