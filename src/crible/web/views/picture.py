"""A page as a picture, made in the sandbox: nothing of a stranger's file is shown but what was drawn there."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from crible.model.errors import InputError, Unreadable
from crible.model.ledger import State
from crible.review.rights import Right
from crible.sift.dossier import Dossier
from crible.sift.page_images import PageImages
from crible.sift.wire import PageAsked
from crible.store.models import Document
from crible.web.queries.bytes import opened
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case

WIDTH = 1100
"""Pixels: the sheet's width on a screen of two pixels a point."""
VIEWS = frozenset({"page", "error-levels", "repeats"})
_IMAGES = ("bmp", "gif", "heic", "heif", "jpeg", "png", "tiff", "webp")
SHOWN = ("application/pdf", *(f"image/{kind}" for kind in _IMAGES))
"""Media types of which pages are drawn."""

_images = PageImages()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which picture a document's page shows."""

    number: int
    of: int
    view: str
    image: bool

    @property
    def before(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The page after."""
        return self.number + 1


def drawn(request: HttpRequest, dossier: Dossier) -> Drawn | None:
    """The page that the address asks for; None for what is never drawn."""
    reading = dossier.reading
    if reading is None or reading.mime not in SHOWN or dossier.status != State.READ:
        return None
    of = (reading.file.pages if reading.file else None) or 1
    asked = request.GET.get("page", "1")
    image = reading.mime.startswith("image/")
    view = request.GET.get("view", "page") if image else "page"
    number = min(max(int(asked[:6]), 1), of) if asked.isdecimal() else 1
    return Drawn(number, of, view if view in VIEWS else "page", image)


@require_safe
@of_case(Right.READ)
def picture(request: HttpRequest, served: Served, name: str, view: str, page: str) -> HttpResponse:  # noqa: ARG001
    """PNG; 404 for what has no such page."""
    dossier = by_id(name)
    if view not in VIEWS or dossier.reading is None or dossier.reading.mime not in SHOWN:
        raise Http404
    document = Document.objects.select_related("blob").get(pk=dossier.pk)
    asked = PageAsked(document.offset, document.size, dossier.reading.mime, int(page), WIDTH, view)
    try:
        data = _images.get(dossier.id, asked, lambda: opened(served.case, document.blob))
    except (Unreadable, InputError) as error:
        raise Http404 from error
    return HttpResponse(data, content_type="image/png")
