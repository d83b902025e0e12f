"""What lies on the closed shelf, in figures and places; never in words."""

from collections import Counter
from dataclasses import dataclass

from crible.index.syntax import parse
from crible.store.models import Document, Weighing
from crible.web.queries import shelf
from crible.web.queries.names import Named, listed, named
from crible.web.served import Served

PER_PAGE = 50
BOXES = 12


@dataclass(frozen=True, slots=True)
class Sums:
    """How much looks private, opened or not."""

    total: int
    mails: int
    reasons: tuple[tuple[str, int], ...]
    """Keys of domain `classes` with documents; a document may have several."""
    boxes: tuple[tuple[str, int], ...]
    """First steps of paths."""


def sums() -> Sums:
    """One statement over the private documents, which are few beside the rest."""
    rows = Weighing.objects.filter(private=True, document__reference=False)
    reasons: Counter[str] = Counter()
    boxes: Counter[str] = Counter()
    mails = total = 0
    for why, path, kind in rows.values_list("private_why", "document__path", "document__reading__kind").iterator():
        total += 1
        mails += kind == "mail"
        reasons.update(why)
        boxes[_box(path)] += 1
    return Sums(total, mails, tuple(_most(reasons)), tuple(_most(boxes)[:BOXES]))


def some(number: int, *, why: str = "", box: str = "") -> tuple[list[Named], int]:
    """One page of the closed documents by path, of one reason or box where asked, and how many there are."""
    opened = [bytes.fromhex(one) for one in shelf.taken()]
    closed = Weighing.objects.filter(private=True, document__reference=False).exclude(document__sha256__in=opened)
    rows = closed.order_by("document__path").values_list("document_id", "document__path", "private_why")
    # Reasons are a JSON list, in which SQLite cannot look by Django: the private rows are few beside the rest.
    keys = [
        pk for pk, path, reasons in rows.iterator() if (not why or why in reasons) and (not box or _box(path) == box)
    ]
    page = keys[(number - 1) * PER_PAGE : number * PER_PAGE]
    return listed(Document.objects.filter(pk__in=page).order_by("path")), len(keys)


def matching(served: Served, query: str, number: int) -> tuple[list[Named], int]:
    """One page of the closed documents that a search finds, by place; InputError for a query that cannot be read."""
    searcher = served.searcher()
    tree = shelf.shelved(parse(query, served.zone))
    results = searcher.search(tree, offset=(number - 1) * PER_PAGE, limit=PER_PAGE, zone=served.zone)
    found = named(hit.record.id for hit in results.hits)
    return sorted(found.values(), key=lambda one: one.path), results.total_families


def _box(path: str) -> str:
    """The first steps of a path."""
    return "/".join(path.split("/")[:2])


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
