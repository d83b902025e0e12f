"""Boxes for the overview: whose each seems to be and on what ground, and what stands out as absent."""

from collections import defaultdict
from dataclasses import dataclass

from crible.sift.boxed import Boxed, Said
from crible.store.models import Remark
from crible.web.queries.boxed import Line, absence
from crible.web.queries.searching import Asked, term

SHOWN, ABSENT = 8, 5
PER_PAGE = 20
"""Boxes of one page of the page of boxes."""
STANDS_OUT = (
    "month-without",
    "months-without",
    "invoice-gap",
    "parents-month-more",
    "parents-missing",
    "roots-missing",
)
"""Absences by how much they stand out."""


@dataclass(frozen=True, slots=True)
class Whose:
    """One box."""

    name: str
    mails: int
    address: str
    """Empty where whose it is remains unclear."""
    why: Said | None
    search: str
    place: str
    """Query string and anchor of its place on the page of boxes."""


@dataclass(frozen=True, slots=True)
class Absent:
    """One absence and the box it is of."""

    box: str
    line: Line


@dataclass(frozen=True, slots=True)
class Boxes:
    """What the overview says of boxes."""

    shown: tuple[Whose, ...] = ()
    total: int = 0
    absent: tuple[Absent, ...] = ()
    absences: int = 0
    """Absences that stand out, shown or not."""


def whose() -> Boxes:
    """The largest boxes, and the first absences; one statement."""
    found: dict[str, Boxed] = {}
    missing: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    rows = Remark.objects.filter(kind__in=["owner", "last"]).order_by("kind", "ordinal")
    for row in rows:
        box = found.setdefault(row.box, Boxed(row.box))
        (box.owner if row.kind == "owner" else box.last).append(_said(row))
    for row in Remark.objects.filter(kind="absence", message__in=STANDS_OUT).order_by("ordinal"):
        missing[row.message].append((row.box, _said(row)))
    ordered = [one for message in STANDS_OUT for one in missing[message]]
    places = {name: number for number, name in enumerate(sorted(found), 1)}
    largest = sorted(found.values(), key=lambda box: (-box.mails, box.name))[:SHOWN]
    absent = tuple(Absent(box, absence(said, (term("box", box),))) for box, said in ordered[:ABSENT])
    return Boxes(tuple(_whose(box, places[box.name]) for box in largest), len(found), absent, len(ordered))


def _whose(box: Boxed, number: int) -> Whose:
    page, anchor = 1 + (number - 1) // PER_PAGE, f"#box-{number}"
    why = box.owner[1] if len(box.owner) > 1 else box.owner[0] if box.owner else None
    search = Asked(chosen=(term("box", box.name), "kind:mail")).address()
    return Whose(box.name, box.mails, box.address, why, search, f"?page={page}{anchor}" if page > 1 else anchor)


def _said(row: Remark) -> Said:
    return Said(row.message, row.params, row.strength, row.day, tuple(row.refs), row.count)
