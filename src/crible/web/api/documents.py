"""Documents: search, one line, text, original bytes."""

from collections.abc import Iterator
from typing import Annotated, Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import P, Query, Router

from crible.review import audit
from crible.review.rights import Right
from crible.sift.export import line
from crible.sift.sorted import discreet
from crible.sift.texts import pages_unread, text_of
from crible.store.models import Weighing
from crible.web.api.access import entered, token_of
from crible.web.api.schemas import DOCUMENT, REFUSED, FoundOut, Lang, Order, TextOut
from crible.web.queries import shelf
from crible.web.queries.asked import LAST_PAGE, MOST_CHOSEN, Asked
from crible.web.queries.bytes import original
from crible.web.queries.one import by_id
from crible.web.queries.searching import Shown
from crible.web.queries.searching import search as ask
from crible.web.served import Served
from crible.web.templatetags.names import record_title

router = Router(tags=["documents"])
Name = Annotated[str, P(pattern=DOCUMENT, description="SHA-256 of its bytes, hex, or a beginning of it")]


@router.get("/cases/{slug}/documents/", response={200: FoundOut, **REFUSED}, summary="Search")
def search(
    request: HttpRequest,
    slug: str,
    q: Annotated[str, Query(max_length=2_000, description="the desk's query language")] = "",
    within: Annotated[list[str], Query(alias="in", max_length=MOST_CHOSEN, description="terms of facets")] = [],  # noqa: B006
    sort: Order = "relevance",
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> dict[str, Any]:
    """One page of message families, best graded copy each. What lies on the closed shelf is counted apart."""
    with entered(request, slug, Right.READ) as served:
        found = ask(served, Asked(q.strip(), tuple(one for one in within if one), sort, page))
        coverage = served.searcher().coverage
        return {
            "total": found.results.total_families,
            "exact": found.results.exact,
            "searched": coverage.documents,
            "without_text": coverage.unsearchable,
            "pages_unread": served.kept("pages-unread", pages_unread),
            "closed_shelf": found.closed,
            "hits": [_hit(one) for one in found.hits],
        }


@router.get("/cases/{slug}/documents/{name}/", response={200: dict[str, Any], **REFUSED}, summary="One document")
def document(request: HttpRequest, slug: str, name: Name, lang: Lang = "en") -> dict[str, Any]:
    """The line of the export: facts, grade, evidence with its sentences in `lang`."""
    with entered(request, slug, Right.READ) as served:
        return discreet(line(by_id(name), lang), closed_ids(served))


@router.get("/cases/{slug}/documents/{name}/text/", response={200: TextOut, **REFUSED}, summary="Its text")
def text(
    request: HttpRequest,
    slug: str,
    name: Name,
    start: Annotated[int, Query(ge=0, le=1 << 40)] = 0,
    most: Annotated[int, Query(ge=0, le=1_000_000)] = 100_000,
) -> dict[str, Any]:
    """As read, recognised text of pictures included, from a character on."""
    with entered(request, slug, Right.READ):
        dossier = by_id(name)
        whole = text_of(dossier.pk)
        return {"id": dossier.id, "characters": len(whole), "text": whole[start : start + most]}


@router.get("/cases/{slug}/documents/{name}/bytes/", response={200: None, **REFUSED}, summary="Its original bytes")
def original_bytes(request: HttpRequest, slug: str, name: Name) -> StreamingHttpResponse:
    """As they lie in the dump: they come from strangers and may do harm where they are opened. Logged."""
    with entered(request, slug, Right.REVIEW) as served:
        dossier = by_id(name)
        size, pieces = original(served.case, dossier.id)
        audit.append(token_of(request).user.name, "original", case=served.case.uuid, document=dossier.id)
        response = StreamingHttpResponse(_each(pieces), content_type="application/octet-stream")
        response.headers["Content-Length"] = str(size)
        response.headers["Content-Disposition"] = f'attachment; filename="{dossier.id[:16]}.bin"'
        return response


def closed_ids(served: Served) -> frozenset[str]:
    """Ids of what is closed: evidence that rests on one of them is without words."""
    return served.kept("private-ids", _private) - shelf.taken()


def _private() -> frozenset[str]:
    rows = Weighing.objects.filter(private=True).values_list("document__sha256", flat=True)
    return frozenset(bytes(one).hex() for one in rows.iterator())


def _each(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from pieces


def _hit(shown: Shown) -> dict[str, Any]:
    record = shown.hit.record
    return {
        "id": record.id,
        "kind": record.kind,
        "title": record_title(record),
        "sender": record.senders[0] if record.senders else "",
        "date": record.date,
        "path": record.path,
        "type": record.type,
        "level": record.grade,
        "class": record.sort,
        "badges": list(record.badges),
        "family": record.family,
        "copies": shown.hit.copies,
        "snippet": shown.snippet.text,
    }
