"""Open questions of a case, told apart by what is asked: what the overview puts in order and a listing shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from crible.assess.grade import CONTRADICTS, COUNTING, RANK
from crible.model.evidence import Says, Strength, Weighed
from crible.sift.dossier import weighed
from crible.store.models import Document, Evidence, Source, Weighing
from crible.web.queries import shelf

MOST = 20_000
"""Documents with a question that are told apart; a case with more has one trouble that hides the others."""
AT_ONCE = 500
EXAMPLES = 20
"""Questions among which one is sought that may be quoted."""


@dataclass(frozen=True, slots=True)
class Questioned:
    """A document with questions."""

    level: str
    family: str
    closed: bool
    """It lies on the closed shelf."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one document, as far as it takes to put them in order."""

    document: int
    name: str
    """`check:message`."""
    strength: Strength

    @property
    def weight(self) -> tuple[bool, int]:
        """Smaller weighs more: what contradicts comes before all else."""
        return self.name not in CONTRADICTS, RANK.index(self.strength)


def questioned() -> dict[int, Questioned]:
    """Documents of the dump with open questions, by primary key."""
    rows = Weighing.objects.filter(questions__gt=0).order_by("document_id")
    if Source.objects.filter(reference=True).exists():
        rows = rows.filter(document__reference=False)
    columns = rows.values_list("pk", "level", "family", "private", "document__sha256")
    return {
        pk: Questioned(level, family, shelf.closed(bytes(sha256).hex(), private=private))
        for pk, level, family, private, sha256 in columns[:MOST]
    }


def questions(documents: Iterable[int]) -> Iterator[Question]:
    """What these are asked, each question once a document; weak ones, which move no grade, are left out."""
    for rows in _evidence(list(documents)):
        columns = rows.values_list("document_id", "check_id", "message", "strength")
        for document, check, message, strength in sorted(set(columns)):
            yield Question(document, f"{check}:{message}", Strength(strength))


def answers(documents: Iterable[int], *names: str) -> list[tuple[int, Weighed]]:
    """(document, answer) of those documents' questions, only of these `check:message` if any are named."""
    found = [(row.document_id, weighed(row)) for rows in _evidence(list(documents)) for row in rows]
    return [one for one in found if not names or name_of(one[1]) in names]


def name_of(answer: Weighed) -> str:
    """`check:message`."""
    return f"{answer.check}:{answer.evidence.message}"


def bearing(documents: QuerySet[Document], check: str, message: str = "", first: str = "") -> QuerySet[Document]:
    """Those of the documents to which a check puts its question; of one batch, where `first` says when it began."""
    asked = Evidence.objects.filter(document=OuterRef("pk"), check_id=check, says=Says.QUESTIONS, strength__in=COUNTING)
    asked = asked.filter(message=message) if message else asked
    return documents.filter(Exists(asked.filter(params__first=first) if first else asked))


def quoting_closed(found: Iterable[Weighed]) -> frozenset[str]:
    """Ids, among the documents that these answers speak of, of those that lie on the closed shelf."""
    refs = {ref for answer in found for ref in answer.evidence.refs}
    rows = Weighing.objects.filter(private=True, document__sha256__in=[bytes.fromhex(ref) for ref in sorted(refs)])
    ids = (bytes(sha256).hex() for sha256 in rows.values_list("document__sha256", flat=True))
    return frozenset(one for one in ids if shelf.closed(one, private=True))


def example(check: str, message: str = "", first: str = "") -> Weighed | None:
    """One such question, of a document and about documents that lie on no closed shelf."""
    rows = Evidence.objects.filter(check_id=check, says=Says.QUESTIONS)
    rows = rows.filter(message=message) if message else rows
    rows = rows.filter(params__first=first) if first else rows
    shown = Q(document__weighing__private=False) | Q(document__sha256__in=shelf.taken_digests())
    found = [weighed(row) for row in rows.filter(shown).order_by("pk")[:EXAMPLES]]
    private = quoting_closed(found)
    return next((answer for answer in found if not private.intersection(answer.evidence.refs)), None)


def _evidence(keys: Sequence[int]) -> Iterator[QuerySet[Evidence]]:
    for start in range(0, len(keys), AT_ONCE):
        yield Evidence.objects.filter(
            document__in=keys[start : start + AT_ONCE], says=Says.QUESTIONS, strength__in=COUNTING
        ).order_by("document_id", "ordinal")
