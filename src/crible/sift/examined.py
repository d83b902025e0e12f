"""What examinations found, document by document."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from crible.model.examined import CREDENTIALS, OCR, PDF, Examined
from crible.model.ledger import State
from crible.sift.examine import KINDS
from crible.sift.packing import unpack
from crible.store.models import Examination

FIELDS = {PDF: "pdf", CREDENTIALS: "credentials", OCR: "recognised"}


def examined(keys: Iterable[Any]) -> dict[int, Examined]:
    """All that was found in these documents, where anything was; `keys` may be a statement that gives them."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    rows = Examination.objects.filter(document__in=keys, state=State.READ)
    for document, kind, facts in rows.values_list("document_id", "kind", "facts"):
        found[document][FIELDS[kind]] = unpack(bytes(facts), KINDS[kind].facts)
    return {document: Examined(**facts) for document, facts in found.items()}
