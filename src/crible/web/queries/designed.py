"""A mail, or a page of HTML, as its writer designed it: harmless, with the pictures that it brought itself."""

from base64 import b64encode

from crible.extract.designed.read import htmls
from crible.model.designed import Designed
from crible.model.ledger import State
from crible.sift.designed import Designs, asked_of, asked_of_page, shown
from crible.sift.dossier import Dossier
from crible.store.models import Document
from crible.web.queries.bytes import opened
from crible.web.queries.drawing import inline_pictures
from crible.web.queries.names import named
from crible.web.served import Served

_designs = Designs()


def has_design(dossier: Dossier) -> bool:
    """Whether there is any HTML to show."""
    if dossier.reading is None or dossier.status != State.READ:
        return False
    mail = dossier.reading.mail
    return bool(htmls(mail.parts)) if mail else dossier.reading.mime == "text/html"


def designed(served: Served, dossier: Dossier) -> Designed:
    """What is left of its HTML, and what was left out. Raises Unreadable, or InputError for bytes that changed."""
    document = Document.objects.select_related("blob").get(pk=dossier.pk)
    mail = dossier.reading.mail if dossier.reading else None
    asked = asked_of(document.offset, document.size, mail) if mail else asked_of_page(document.offset, document.size)
    return _designs.get(dossier.id, asked, lambda: opened(served.case, document.blob))


def frame(served: Served, dossier: Dossier, found: Designed) -> str:
    """The markup that the frame shows: cleaned once more, its own pictures written into it as PNG."""
    parts = {member.name.partition("~")[0]: member.id for member in dossier.members if member.id}
    ids = [parts.get(number, "") for number in found.pictures]
    about = named(ids)
    pictures = inline_pictures(served, [one for one in about if not about[one].closed])

    def picture(place: int) -> str:
        png = pictures.get(ids[place])
        return f"data:image/png;base64,{b64encode(png).decode('ascii')}" if png else ""

    return shown(found, picture)
