"""Finds the document a person means: by id, a beginning of it, a path, or a Message-ID."""

from django.db.models import Q, QuerySet

from crible.model.errors import InputError
from crible.sift.dossier import Dossier, dossiers
from crible.store.models import Document

LIST = 10
"""Candidates that an ambiguous name lists."""


def find_document(name: str) -> Dossier:
    """The one document of that name; InputError `id-unknown`, or `id-ambiguous` with the candidates."""
    found = list(_candidates(name)[: LIST + 1])
    if not found:
        raise InputError("id-unknown", id=name)
    if len(found) > 1:
        listed = "\n".join(f"  {bytes(d.sha256).hex()}  {d.path}" for d in found[:LIST])
        raise InputError("id-ambiguous", id=name, count=len(found), candidates=listed)
    return dossiers(found)[0]


def _candidates(name: str) -> QuerySet[Document]:
    documents = Document.objects.order_by("sha256")
    where = Q(path=name) | Q(entries__path=name) | Q(reading__message_id=name.strip("<>"))
    where |= Q(reading__message_id=f"<{name.strip('<>')}>")
    if 6 <= len(name) <= 64 and set(name.lower()) <= set("0123456789abcdef"):
        low = bytes.fromhex(name.lower().ljust(64, "0"))
        high = bytes.fromhex(name.lower().ljust(64, "f"))
        where |= Q(sha256__gte=low, sha256__lte=high)
    return documents.filter(where).distinct()
