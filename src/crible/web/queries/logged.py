"""The log as its page shows it: lines that somebody may see, as sentences; and how far the chain was checked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict

from crible.review import audit, told
from crible.review.change import MANY
from crible.review.models import Entry, Stamp, User
from crible.review.undo import may_undo
from crible.web.queries.names import Named, named

STEP = 20_000
"""Lines checked for one page: half a second."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the log is asked for."""

    by: str = ""
    act: str = ""
    document: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> "Narrowed":
        """As the address states it."""
        document = given.get("document", "").strip().lower()
        whole = len(document) == 64 and set(document) <= set("0123456789abcdef")
        return cls(given.get("by", "")[:64], given.get("act", "")[:32], document if whole else "")

    @property
    def address(self) -> str:
        """The query string that asks for it."""
        return urlencode({name: getattr(self, name) for name in self.__slots__ if getattr(self, name)})


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    entry: Entry
    sentence: str
    document: Named | None
    undoable: bool


def entries(case: str, by: User, wanted: Narrowed, *, all_of_it: bool) -> QuerySet[Entry]:
    """Last first; one's own where not all. A document is also looked for in the lines that name many."""
    found = Entry.objects.filter(case=case).order_by("-number")
    if not all_of_it:
        found = found.filter(by=by.name)
    elif wanted.by:
        found = found.filter(by=wanted.by)
    if wanted.act:
        found = found.filter(act=wanted.act)
    if wanted.document:
        found = found.annotate(text=Cast("params", TextField()))
        found = found.filter(Q(document=wanted.document) | Q(act__endswith=MANY, text__contains=wanted.document))
    return found


def lines(by: User, page: list[Entry], language: str) -> list[Line]:
    """Two statements for all of them: what others undo, and what the documents are called."""
    undone = told.originals(page)
    about = named(one.document for one in page)
    return [_line(by, one, about.get(one.document), told_of(one, language, undone, about)) for one in page]


def told_of(entry: Entry, language: str, undone: dict[int, Entry], about: dict[str, Named]) -> str:
    """The sentence, without reasons that may repeat what stands in a closed document."""
    document = about.get(entry.document)
    return told.sentence(entry, language, undone, withheld=document is not None and document.closed)


def _line(by: User, entry: Entry, document: Named | None, sentence: str) -> Line:
    return Line(entry, sentence, document, "slot" in entry.params and may_undo(by, entry))


def acts(case: str) -> list[str]:
    """Kinds of acts that the case's log has."""
    return sorted(Entry.objects.filter(case=case).values_list("act", flat=True).distinct())


def people(case: str) -> list[str]:
    """Everybody whom the case's log names."""
    return sorted(Entry.objects.filter(case=case).values_list("by", flat=True).distinct())


def stamps(case: str) -> list[Stamp]:
    """What stands outside of the log to vouch for it, the last first."""
    return list(Stamp.objects.filter(case=case).order_by("-pk")[:50])


_checked: dict[str, audit.Chain] = {}


def checked(case: str, *, again: bool = False) -> audit.Chain:
    """How far the chain was followed since the desk was started; each page goes on, `again` begins anew."""
    if again:
        _checked.pop(case, None)
    found = audit.check_case(case, _checked.get(case, audit.EMPTY), most=STEP)
    _checked[case] = found
    return found
