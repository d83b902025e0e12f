"""The ways to look at a document that its address may ask for, and what each needs. Only the one asked for is made."""

from collections.abc import Callable
from typing import Any

from crible.model.errors import InputError, Unreadable
from crible.sift.dossier import Dossier
from crible.store.models import Document
from crible.web.parts import Shown
from crible.web.queries.designed import designed, has_design
from crible.web.queries.headers import headers
from crible.web.queries.sheets import has_table, table
from crible.web.queries.source import lines
from crible.web.queries.stored import window
from crible.web.queries.structure import structure
from crible.web.queries.withheld import check_inside
from crible.web.views.picture import is_drawn


def offered(dossier: Dossier) -> tuple[str, ...]:
    """The ways to look at it, the first where the address asks for none of them."""
    if dossier.reading is None or dossier.status != "read":
        return ("text",)
    if dossier.kind == "mail":
        return ("text", *(("designed",) if has_design(dossier) else ()), "headers", "source")
    if is_drawn(dossier):
        return ("pages", "text")
    if has_table(dossier):
        return ("table", "text")
    return ("text", "designed") if has_design(dossier) else ("text",)


def look(shown: Shown) -> dict[str, Any]:
    """The way asked for, and what it shows; why not, where it cannot."""
    ways = offered(shown.dossier)
    asked = shown.request.GET.get("view", "")
    way = asked if asked in ways else ways[0]
    context: dict[str, Any] = {"look": way, "looks": ways if len(ways) > 1 else ()}
    make = WAYS.get(way)
    if make:
        try:
            context |= make(shown)
        except (Unreadable, InputError) as error:
            context["unseen"] = {"code": error.code, "params": error.params}
    return context


def _designed(shown: Shown) -> dict[str, Any]:
    return {"designed": designed(shown.served, shown.dossier)}


def _headers(shown: Shown) -> dict[str, Any]:
    mail = shown.dossier.reading.mail if shown.dossier.reading else None
    branches, more = structure(shown.dossier)
    return {
        "headers": headers(shown.served, shown.dossier.pk, mail) if mail else None,
        "branches": branches,
        "more_branches": more,
    }


def _source(shown: Shown) -> dict[str, Any]:
    number = shown.request.GET.get("window", "1")
    check_inside(Document.objects.get(pk=shown.dossier.pk))
    with window(shown.served, shown.dossier.pk) as stored:
        return {"source": lines(stored, int(number[:7]) if number.isascii() and number.isdigit() else 1)}


def _table(shown: Shown) -> dict[str, Any]:
    return {"table": table(shown.served, shown.dossier, shown.request.GET)}


WAYS: dict[str, Callable[[Shown], dict[str, Any]]] = {
    "designed": _designed,
    "headers": _headers,
    "source": _source,
    "table": _table,
}
"""Those that need more than the document's text and facts."""
