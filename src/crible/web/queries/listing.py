"""Which documents an address of the listing asks for: what stands behind a figure of another page."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, QueryDict

from crible.assess.checks import every
from crible.extract.classes.classify import CLASSES as SORTS
from crible.model.evidence import Weighed
from crible.model.grade import Level
from crible.model.signature import Word
from crible.sift.tally import CLASSES
from crible.store.models import Document, Signature
from crible.web.queries.questions import bearing, example

NO_SORT = "none"
"""In an address: documents that nothing speaks for a class of."""
MOST_IDS = 50
LONGEST = 255


@dataclass(frozen=True, slots=True)
class Wanted:
    """One address, every part of it checked."""

    kind: str = ""
    """Class of correspondence."""
    sort: str = ""
    """Class of paper, or `NO_SORT`."""
    level: str = ""
    check: str = ""
    message: str = ""
    first: str = ""
    """When the batch began that documents were saved in."""
    domain: str = ""
    selector: str = ""
    word: str = ""
    """What came of the signature of that domain and selector."""
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: QueryDict) -> "Wanted":
        """Raises Http404 for a class, grade, check or result that there is not."""
        check, _, message = given.get("why", "").partition(":")
        found = cls(
            kind=given.get("class", ""),
            sort=given.get("sort", ""),
            level=given.get("level", ""),
            check=check,
            message=message[:64],
            first=given.get("first", "")[:40],
            domain=given.get("domain", "")[:LONGEST],
            selector=given.get("selector", "")[:LONGEST],
            word=given.get("word", ""),
            ids=tuple(_id(one) for one in given.getlist("id")[:MOST_IDS]),
        )
        known = (
            (found.kind, CLASSES),
            (found.sort, (*SORTS, NO_SORT)),
            (found.level, set(Level)),
            (found.word, set(Word)),
            (found.check, {check.id for check in every()}),
        )
        if any(value and value not in allowed for value, allowed in known):
            raise Http404
        return found

    def documents(self) -> QuerySet[Document]:
        """Weighed documents of the dump that fit, by path, which is how a box is ordered."""
        found = Document.objects.filter(weighing__isnull=False, reference=False)
        if self.kind:
            found = found.filter(weighing__correspondence=self.kind)
        if self.sort:
            found = found.filter(weighing__sort="" if self.sort == NO_SORT else self.sort)
        if self.level:
            found = found.filter(weighing__level=self.level)
        if self.check:
            found = bearing(found, self.check, self.message, self.first)
        if self.domain:
            found = self._signed(found)
        if self.ids:
            found = found.filter(pk__in=_keys(self.ids))
        return found.order_by("path")

    @property
    def example(self) -> Weighed | None:
        """One answer of the check asked for, to say in words what the documents have in common."""
        return example(self.check, self.message, self.first) if self.message or self.first else None

    def _signed(self, found: QuerySet[Document]) -> QuerySet[Document]:
        signatures = Signature.objects.filter(document=OuterRef("pk"), domain=self.domain)
        if self.selector:
            signatures = signatures.filter(selector=self.selector)
        return found.filter(Exists(signatures.filter(word=self.word) if self.word else signatures))


def _id(beginning: str) -> str:
    if not (6 <= len(beginning) <= 64 and set(beginning) <= set("0123456789abcdef")):
        raise Http404
    return beginning


def _keys(ids: tuple[str, ...]) -> list[int]:
    """Each is one step in the index of ids."""
    found: list[int] = []
    for one in ids:
        low, high = (bytes.fromhex(one.ljust(64, digit)) for digit in "0f")
        found += Document.objects.filter(sha256__gte=low, sha256__lte=high).values_list("pk", flat=True)[:2]
    return found
