"""How far each class of documents can be vouched for. There is no share for the whole: signed mail is no sample."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from crible.model.grade import VOUCHED, Level
from crible.sift.tally import CLASSES
from crible.store.models import Source, Weighing
from crible.web.queries.listing import NO_SORT

MAILS = ("bulk", "received", "sent")
"""Classes of correspondence that are mails; the others are files."""
ORDER = (
    Level.PROVEN,
    Level.PARTLY_PROVEN,
    Level.CORROBORATED,
    Level.UNATTESTED,
    Level.QUESTIONED,
    Level.CONTRADICTED,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One level's part of a bar: per cent from the left, and per cent wide."""

    level: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Share:
    """One class of documents and how far it can be vouched for."""

    name: str
    asked: str
    """The class as an address gives it."""
    total: int
    vouched: int
    """Proven, partly proven or corroborated."""
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """All classes of a case."""

    classes: tuple[Share, ...] = ()
    """Lists and machines, received, sent; files attached or loose."""
    sorts: tuple[Share, ...] = ()
    """Invoices, contracts, tables, letters …, the largest first, last what nothing speaks for."""
    levels: dict[str, int] = field(default_factory=dict)
    """Documents of each grade, the strongest first: to be listed, never to be made a share of."""
    shelved: int = 0
    """Documents that look private."""

    @property
    def mails(self) -> int:
        """Mails among the weighed."""
        return sum(one.total for one in self.classes if one.name in MAILS)

    @property
    def total(self) -> int:
        """Documents that are weighed."""
        return sum(self.levels.values())


def shares() -> Shares:
    """Of the dump, references left out; one statement over all that is weighed: three took three times as long."""
    weighed = Weighing.objects.all()
    if Source.objects.filter(reference=True).exists():
        weighed = weighed.filter(document__reference=False)
    rows = weighed.values("correspondence", "sort", "level", "private").annotate(n=Count("pk"))
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    sorts: dict[str, Counter[str]] = defaultdict(Counter)
    sums: Counter[str] = Counter()
    shelved = 0
    for kind, sort, level, private, n in rows.values_list("correspondence", "sort", "level", "private", "n"):
        classes[kind][level] += n
        sorts[sort][level] += n
        sums[level] += n
        shelved += n if private else 0
    ordered = sorted(sorts, key=lambda sort: (sort == "", -sorts[sort].total(), sort))
    return Shares(
        tuple(_share(kind, kind, classes[kind]) for kind in CLASSES if kind in classes),
        tuple(_share(sort, sort or NO_SORT, sorts[sort]) for sort in ordered),
        {str(level): sums[level] for level in ORDER},
        shelved,
    )


def _share(name: str, asked: str, levels: Counter[str]) -> Share:
    stretches, start, total = [], 0.0, levels.total()
    for level in ORDER:
        if count := levels[level]:
            width = 100 * count / total
            stretches.append(Stretch(str(level), count, round(start, 3), round(width, 3)))
            start += width
    return Share(name, asked, total, sum(levels[level] for level in VOUCHED), tuple(stretches))
