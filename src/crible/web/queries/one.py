"""The one document an address means."""

from dataclasses import replace

from crible.model.errors import InputError
from crible.sift.dossier import Dossier, dossiers
from crible.sift.sorted import bare_path
from crible.store.models import Document
from crible.web.queries import shelf
from crible.web.queries.names import in_closed


def by_id(beginning: str) -> Dossier:
    """By its SHA-256 or a beginning of it, in hex; whatever shows something of a document gets it here.

    InputError `id-unknown` where none or several begin so; `shelf.Closed` for one that lies on the closed shelf.
    `sift.lookup.find_document` also knows paths and Message-IDs, for which it reads every document: too slow here.
    """
    low, high = (bytes.fromhex(beginning.ljust(64, digit)) for digit in "0f")
    found = list(Document.objects.filter(sha256__gte=low, sha256__lte=high)[:2])
    if len(found) != 1:
        raise InputError("id-unknown", id=beginning)
    dossier = dossiers(found)[0]
    if shelf.closed(dossier.id, private=shelf.looks_private(dossier)):
        raise shelf.Closed(dossier)
    if hidden := in_closed(dossier.paths):
        # The same bytes lie in something closed: what they are called there is left out.
        return replace(dossier, paths=tuple(bare_path(one) if one in hidden else one for one in dossier.paths))
    return dossier
