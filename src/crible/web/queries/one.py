"""The one document an address means."""

from crible.model.errors import InputError
from crible.sift.dossier import Dossier, dossiers
from crible.store.models import Document


def by_id(beginning: str) -> Dossier:
    """By its SHA-256 or a beginning of it, in hex; InputError `id-unknown` where none or several begin so.

    `sift.lookup.find_document` also knows paths and Message-IDs, for which it reads every document: too slow here.
    """
    low, high = (bytes.fromhex(beginning.ljust(64, digit)) for digit in "0f")
    found = list(Document.objects.filter(sha256__gte=low, sha256__lte=high)[:2])
    if len(found) != 1:
        raise InputError("id-unknown", id=beginning)
    return dossiers(found)[0]
