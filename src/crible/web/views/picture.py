"""A page as a picture, made in the sandbox: nothing of a stranger's file is shown but what was drawn there."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from crible.model.errors import InputError, Unreadable
from crible.model.ledger import State
from crible.review.rights import Right
from crible.sift.dossier import Dossier
from crible.store.models import Document
from crible.web.queries.drawing import SHOWN, WIDTHS, page_picture
from crible.web.queries.one import by_id
from crible.web.queries.page_text import PageText, page_text
from crible.web.served import Served, of_case

VIEWS = frozenset({"page", "error-levels", "repeats"})
STRIP = 12
"""Small pictures shown at once: those around the page on show."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which picture a document's page shows."""

    number: int
    of: int
    view: str
    image: bool
    text: PageText | None = None
    """Its words; None where the document's text is not parted as its pages are."""

    @property
    def strip(self) -> range:
        """Numbers of the pages around it; empty for a document of one."""
        first = max(1, min(self.number - STRIP // 2 + 1, self.of - STRIP + 1))
        return range(first, min(first + STRIP, self.of + 1)) if self.of > 1 else range(0)

    @property
    def before(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The page after."""
        return self.number + 1


def is_drawn(dossier: Dossier) -> bool:
    """Whether its pages are shown as pictures."""
    return dossier.reading is not None and dossier.reading.mime in SHOWN and dossier.status == State.READ


def drawn(request: HttpRequest, dossier: Dossier) -> Drawn | None:
    """The page that the address asks for; None for what is never drawn."""
    reading = dossier.reading
    if reading is None or not is_drawn(dossier):
        return None
    of = (reading.file.pages if reading.file else None) or 1
    asked = request.GET.get("page", "1")
    image = reading.mime.startswith("image/")
    view = request.GET.get("view", "page") if image else "page"
    number = min(max(int(asked[:6]), 1), of) if asked.isascii() and asked.isdigit() else 1
    return Drawn(number, of, view if view in VIEWS else "page", image, page_text(dossier.pk, number, of))


@require_safe
@of_case(Right.READ)
def picture(request: HttpRequest, served: Served, name: str, view: str, page: str) -> HttpResponse:
    """PNG; 404 for what has no such page."""
    dossier = by_id(name)
    if view not in VIEWS or dossier.reading is None or dossier.reading.mime not in SHOWN:
        raise Http404
    width = next((one for one in WIDTHS if request.GET.get("width", WIDTHS[0]) == str(one)), WIDTHS[0])
    document = Document.objects.select_related("blob").get(pk=dossier.pk)
    try:
        data = page_picture(served, document, dossier.reading.mime, int(page), width, view)
    except (Unreadable, InputError) as error:
        raise Http404 from error
    return HttpResponse(data, content_type="image/png")
