"""What to look at first: documents that differ from a signed copy, then those with the most to explain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When

from crible.assess.check import Check
from crible.assess.checks import every
from crible.assess.grade import CONTRADICTS, RANK
from crible.model.evidence import Says, Weighed
from crible.model.grade import Level
from crible.sift.dossier import weighed
from crible.store.models import Document, Evidence, Weighing
from crible.web.queries.names import Named, listed

LOOKED_AT = 200
"""Documents among which the strongest questions are sought, most questions first."""


@dataclass(frozen=True, slots=True)
class Look:
    """One document to look at, with its strongest question."""

    document: Named
    question: Weighed
    check: Check | None
    others: int
    """Further documents of the same message that would stand here too."""


def looks(limit: int) -> list[Look]:
    """The first `limit` documents to look at, one a message; three statements."""
    order = Case(
        When(level=Level.CONTRADICTED, then=Value(0)),
        When(level=Level.QUESTIONED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Weighing.objects.filter(questions__gt=0, document__reference=False, private=False).order_by(
        order, "-questions", "document__sha256"
    )
    found = list(rows.values_list("document_id", "level", "questions", "family")[:LOOKED_AT])
    strongest = _strongest(pk for pk, *_ in found)
    kept, families = _ranked([row for row in found if row[0] in strongest], strongest, limit)
    chosen = Document.objects.filter(pk__in=[pk for pk, _ in kept]).order_by("pk")
    shown = dict(zip(sorted(pk for pk, _ in kept), listed(chosen), strict=True))
    checks = {check.id: check for check in every()}
    return [
        Look(shown[pk], strongest[pk], checks.get(strongest[pk].check), families[family] - 1) for pk, family in kept
    ]


def _strongest(documents: Iterable[int]) -> dict[int, Weighed]:
    """Each document's question that weighs most; the one that contradicts before all others."""
    asked: dict[int, list[Weighed]] = defaultdict(list)
    for row in Evidence.objects.filter(document__in=list(documents), says=Says.QUESTIONS).order_by("ordinal"):
        asked[row.document_id].append(weighed(row))
    return {document: min(rows, key=_weight) for document, rows in asked.items()}


def _weight(row: Weighed) -> tuple[bool, int]:
    return f"{row.check}:{row.evidence.message}" not in CONTRADICTS, RANK.index(row.strength)


def _ranked(
    rows: Sequence[tuple[int, str, int, str]], strongest: dict[int, Weighed], limit: int
) -> tuple[list[tuple[int, str]], dict[str, int]]:
    """(document, family), the most pressing first and one a family, and how many of each family there are."""
    levels = {Level.CONTRADICTED: 0, Level.QUESTIONED: 1}
    ordered = sorted(rows, key=lambda row: (levels.get(Level(row[1]), 2), _weight(strongest[row[0]]), -row[2]))
    families: dict[str, int] = defaultdict(int)
    kept: list[tuple[int, str]] = []
    for pk, _, _, family in ordered:
        families[family] += 1
        if families[family] == 1 and len(kept) < limit:
            kept.append((pk, family))
    return kept, families
