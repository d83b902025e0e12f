"""A copy that can be opened anywhere: pages redrawn as pictures in a PDF, or the text; nothing of the file itself."""

import time
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from crible.model.errors import CaseError, InputError, Unreadable
from crible.model.ledger import State
from crible.review.rights import Right
from crible.sift.dossier import Dossier
from crible.sift.safe_copy import Pixels, pdf
from crible.sift.texts import text_of
from crible.sift.wire import PageAsked
from crible.store.models import Document
from crible.web.queries.bytes import opened
from crible.web.queries.drawing import images
from crible.web.queries.one import by_id
from crible.web.queries.passages import safe as legible
from crible.web.served import Served, of_case
from crible.web.views.picture import is_drawn

PAGES = 50
"""Pages of one copy; twenty pages of writing take 1.4 s."""
LONGEST = 60.0
"""Seconds that one copy may take: a hostile file may use up its time on every page."""
WIDTH = 1240
"""Pixels of a page: 150 dots per inch of A4."""


def has_safe_copy(dossier: Dossier) -> str:
    """`pdf` where its pages can be drawn, `txt` where it was read, else empty."""
    if is_drawn(dossier):
        return "pdf"
    return "txt" if dossier.reading is not None and dossier.status == State.READ else ""


@require_safe
@of_case(Right.READ)
def safe(request: HttpRequest, served: Served, name: str) -> HttpResponse:  # noqa: ARG001
    """The copy, as a download under a neutral name; 404 where there is none to make."""
    dossier = by_id(name)
    kind = has_safe_copy(dossier)
    if not kind:
        raise Http404
    if kind == "txt":
        return _download(legible(text_of(dossier.pk)).encode(), "text/plain; charset=utf-8", f"{dossier.id[:16]}.txt")
    try:
        made = pdf(_pages(served, dossier))
    except (Unreadable, InputError) as error:
        raise Http404 from error
    return _download(made, "application/pdf", f"{dossier.id[:16]}-safe.pdf")


def _pages(served: Served, dossier: Dossier) -> Iterator[Pixels]:
    """One after the other, so that others who wait for a picture get theirs in between."""
    document = Document.objects.select_related("blob", "reading").get(pk=dossier.pk)
    file = dossier.reading.file if dossier.reading else None
    until = time.monotonic() + LONGEST
    for page in range(1, min((file.pages if file else None) or 1, PAGES) + 1):
        if time.monotonic() > until:
            raise CaseError("desk-long")
        asked = PageAsked(document.offset, document.size, document.reading.mime, page, WIDTH)
        yield images.pixels(dossier.id, asked, lambda: opened(served.case, document.blob))


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
