"""The list a document was opened from, beside it: the same page of the same search, and the way on and back."""

from typing import Any

from django.http import QueryDict

from crible.model.errors import InputError
from crible.web.parts import Shown
from crible.web.queries.around import around
from crible.web.queries.asked import Asked

LONGEST = 20_000
MOST_PARAMETERS = 100


def beside(shown: Shown) -> dict[str, Any]:
    """`from` of the address is a search's query string, read as one and written anew: never followed as it came."""
    given = shown.request.GET.get("from", "")
    if not given or len(given) > LONGEST or given.count("&") > MOST_PARAMETERS:
        return {}
    asked = Asked.of(QueryDict(given))
    try:
        return {"beside": around(shown.served, asked, shown.dossier.id, shown.dossier.family)}
    except InputError:
        return {}
