"""What each mail's own signatures prove, looked up by document."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from crible.assess.relations import Standing
from crible.model.errors import CaseError
from crible.sift.packing import unpack, unpack_reading
from crible.store.case import Case
from crible.store.models import Document
from crible.store.models import Reading as ReadingRow
from crible.store.models import Standing as Row


class Standings:
    """Standings of a case; a mail without one proves nothing by itself. Only proven mails take memory."""

    def __init__(self, case: Case) -> None:
        since, boxes = _intrusion(case)
        self.claimed_last = claimed_last(case)
        """End of the last day that the dump's publishers claim, Unix seconds; None where the case names none."""
        self._by_document: dict[int, Standing] = {}
        rows = Row.objects.select_related("document").order_by("document__sha256")
        for row in rows.iterator():
            found = replace(unpack(bytes(row.facts), Standing), id=bytes(row.document.sha256).hex())
            self._by_document[row.document_id] = found
        if since is not None:
            self._spoil(since, boxes)

    def __getitem__(self, document: int) -> Standing:
        """Of a document that may prove something; an empty one, with its id, otherwise."""
        found = self._by_document.get(document)
        return found or Standing(bytes(Document.objects.values_list("sha256", flat=True).get(pk=document)).hex())

    def of(self, pk: int, document: Document) -> Standing:
        """The same, where the document's row is at hand."""
        return self._by_document.get(pk) or Standing(bytes(document.sha256).hex())

    def get(self, pk: int) -> Standing | None:
        """The standing, if the mail proves anything."""
        return self._by_document.get(pk)

    def proven(self) -> list[int]:
        """Documents with a standing, in the order of their ids."""
        return list(self._by_document)

    def ranked(self, documents: Iterable[int]) -> list[tuple[int, Standing]]:
        """Documents with their standings, the best proven first, then by id. One query."""
        rows = Document.objects.filter(pk__in=list(documents)).only("sha256")
        return sorted(((row.pk, self.of(row.pk, row)) for row in rows), key=lambda found: rank(found[1]))

    def _spoil(self, since: int, boxes: frozenset[str]) -> None:
        signed = ReadingRow.objects.filter(document__standing__isnull=False)
        for pk, sender in signed.values_list("pk", "sender").iterator():
            standing = self._by_document[pk]
            if (not boxes or sender.lower() in boxes) and _latest(pk, standing) >= since:
                self._by_document[pk] = replace(standing, spoiled=True)


def rank(standing: Standing) -> tuple[bool, bool, str]:
    """Smallest for the best proven; equals by id."""
    return not standing.full, not standing.part, standing.id


def _latest(pk: int, standing: Standing) -> float:
    """When the mail may have been signed at the latest.

    Without t= only its Date says so, which an intruder types as he likes: a later Received field counts too.
    """
    if standing.signed_at is None:
        return float("inf")
    if standing.clocked:
        return standing.signed_at
    mail = unpack_reading(bytes(ReadingRow.objects.values_list("facts", flat=True).get(pk=pk))).mail
    return max([standing.signed_at, *(moment.seconds for moment in mail.received)] if mail else [standing.signed_at])


def _intrusion(case: Case) -> tuple[int | None, frozenset[str]]:
    """Since when (Unix seconds) and in which boxes others had access, as the case's owner states it."""
    table = case.settings.get("intrusion", {})
    since = str(table.get("since") or "")
    if not since:
        return None, frozenset()
    try:
        moment = datetime.fromisoformat(since)
    except ValueError as error:
        raise CaseError("case-broken", path=str(case.folder), detail=f"intrusion.since: {since}") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    boxes = table.get("boxes", [])
    if not isinstance(boxes, list):
        raise CaseError("case-broken", path=str(case.folder), detail=f"intrusion.boxes: {boxes}")
    return int(moment.timestamp()), frozenset(str(box).lower() for box in boxes)


def claimed_last(case: Case) -> int | None:
    """The end of `custody.claimed_last` in UTC, as the case's owner states it."""
    day = str(case.settings.get("custody", {}).get("claimed_last") or "")
    if not day:
        return None
    try:
        moment = datetime.fromisoformat(day)
    except ValueError as error:
        raise CaseError("case-broken", path=str(case.folder), detail=f"custody.claimed_last: {day}") from error
    whole = moment.replace(hour=23, minute=59, second=59) if len(day) == 10 else moment
    return int((whole if whole.tzinfo else whole.replace(tzinfo=UTC)).timestamp())
