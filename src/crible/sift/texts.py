"""The texts of documents as they are searched and shown: what their bytes say, then what was recognised in pictures."""

from collections.abc import Sequence

from django.db.models import QuerySet, Sum

from crible.model.examined import OCR, Recognised
from crible.model.ledger import State
from crible.sift.packing import inflate, unpack
from crible.store.models import Examination, Reading

BETWEEN = "\n\f\n"


def texts(keys: Sequence[int]) -> dict[int, str]:
    """The text of each document that has one, by primary key."""
    found = {pk: inflate(bytes(text)) for pk, text in Reading.objects.filter(pk__in=keys).values_list("pk", "text")}
    for pk, text in recognised(keys).items():
        found[pk] = joined(found.get(pk, ""), text)
    return found


def recognised(keys: Sequence[int]) -> dict[int, str]:
    """What was recognised in documents, by primary key."""
    return _recognised(Examination.objects.filter(document__in=keys))


def recognised_between(first: int, last: int) -> dict[int, str]:
    """The same of all documents whose keys lie between these two, both included."""
    return _recognised(Examination.objects.filter(document__pk__range=(first, last)))


def _recognised(examinations: QuerySet[Examination]) -> dict[int, str]:
    rows = examinations.filter(kind=OCR, state=State.READ).exclude(text=b"")
    return {pk: inflate(bytes(text)) for pk, text in rows.values_list("document_id", "text")}


def confidence(pk: int) -> int:
    """Mean confidence of the words recognised in a document, 0 to 100; 0 where none were."""
    row = Examination.objects.filter(document=pk, kind=OCR, state=State.READ).values_list("facts", flat=True).first()
    words = [word.confidence for page in unpack(bytes(row), Recognised).pages for word in page.words] if row else []
    return round(sum(words) / len(words)) if words else 0


def joined(text: str, more: str) -> str:
    """The text of a document with what was recognised in it."""
    if more and text.strip():
        return f"{text}{BETWEEN}{more}"
    return more or text


def text_of(pk: int) -> str:
    """One document's text; empty where it has none."""
    return texts([pk]).get(pk, "")


def texts_by_id(ids: Sequence[str]) -> dict[str, str]:
    """The same for documents by SHA-256, hex."""
    rows = Reading.objects.filter(document__sha256__in=[bytes.fromhex(one) for one in ids])
    found = {pk: (bytes(name).hex(), text) for pk, name, text in rows.values_list("pk", "document__sha256", "text")}
    more = recognised(list(found))
    return {name: joined(inflate(bytes(text)), more.get(pk, "")) for pk, (name, text) in found.items()}


def pages_unread() -> int:
    """Pages that show something and whose text nobody has read yet: no search finds what stands on them."""
    waiting = Examination.objects.filter(kind=OCR).exclude(state=State.READ)
    return waiting.aggregate(pages=Sum("pages"))["pages"] or 0
