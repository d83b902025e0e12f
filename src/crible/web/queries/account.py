"""The ledger by page: items of a state, containers with their balance."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q

from crible.model.ledger import State
from crible.sift.ledger import Line, rows
from crible.sift.references import OUTSIDE
from crible.store.models import Document, Entry

PER_PAGE = 50
ABOUT = ("type", "which", "reader", "method")
"""Parameters by which the account tells cases of one reason apart (`sift.ledger`)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the ledger, with the document it leads to."""

    path: str
    code: str
    params: dict[str, object]
    id: str
    """Empty where the item has no bytes of its own."""


@dataclass(frozen=True, slots=True)
class Container:
    """One container and its balance."""

    id: str
    path: str
    kind: str
    listed: int | None
    entered: int
    framing: int
    remainder_bytes: int
    remainder: dict[str, Any] | None

    @property
    def balanced(self) -> bool:
        """As many entered as it lists."""
        return self.listed == self.entered


def items(state: State, number: int) -> tuple[list[Item], bool]:
    """One page of a state's lines, and whether there is a next page; two statements.

    Earlier pages are passed over, not skipped: the ledger gives its lines in one order only.
    """
    return _page(list(islice(rows(state), (number - 1) * PER_PAGE, number * PER_PAGE + 1)))


def of_reason(code: str, about: str, number: int) -> tuple[list[Item], bool]:
    """One page of the lines that one reason ended, whatever their state; four statements."""
    named = Q(reason__code=code)
    if about:
        named &= Q(*((f"reason__params__{name}", about) for name in ABOUT), _connector=Q.OR)
    start, stop = (number - 1) * PER_PAGE, number * PER_PAGE + 1
    documents = Document.objects.filter(named, reference=False).order_by("path").values_list("path", "state", "reason")
    entries = (
        Entry.objects.filter(named, OUTSIDE, document__isnull=True)
        .order_by("path")
        .values_list("path", "state", "reason")
    )
    found = list(documents[start:stop])
    if len(found) < stop - start:
        before = documents.count()
        found += entries[max(0, start - before) : stop - before]
    return _page([Line(path, State(state), code, reason["params"] if reason else {}) for path, state, reason in found])


def _page(lines: list[Line]) -> tuple[list[Item], bool]:
    places = Entry.objects.filter(path__in=[line.path for line in lines], document__isnull=False)
    ids = {path: bytes(sha).hex() for path, sha in places.values_list("path", "document__sha256")}
    shown = [Item(line.path, line.code, line.params, ids.get(line.path, "")) for line in lines[:PER_PAGE]]
    return shown, len(lines) > PER_PAGE


def containers(number: int) -> tuple[list[Container], bool]:
    """One page of containers other than mails, those out of balance or cut short first, then the largest."""
    found = (
        Document.objects.filter(reference=False)
        .exclude(container__in=["", "mail"])
        .annotate(entered=Count("members"))
        .annotate(sound=Q(remainder__isnull=True) & Q(listed=F("entered")))
        .order_by("sound", F("listed").desc(nulls_first=True), "path")
    )
    start = (number - 1) * PER_PAGE
    page = [_container(document) for document in found[start : start + PER_PAGE + 1]]
    return page[:PER_PAGE], len(page) > PER_PAGE


def _container(document: Any) -> Container:
    return Container(
        bytes(document.sha256).hex(),
        document.path,
        document.container,
        document.listed,
        document.entered,
        document.framing,
        document.remainder_bytes,
        document.remainder,
    )
