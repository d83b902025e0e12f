"""The ledger by page: items of a state or a reason, containers with their balance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict

from crible.model.ledger import State
from crible.sift.references import OUTSIDE
from crible.sift.sorted import bare_path, mail_of
from crible.sift.within import private_of
from crible.store.models import Document, Entry, Source
from crible.web.queries import shelf
from crible.web.queries.names import in_closed

PER_PAGE = 50
ABOUT = ("type", "which", "reader", "method")
"""Parameters by which the account tells cases of one reason apart (`sift.ledger`)."""
LONGEST = 500
COLUMNS = (
    "pk", "path", "state", "reason", "document__sha256", "document__state", "document__reason", "document__path",
    "document_id", "parent__sha256", "parent_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Narrow:
    """Part of a ledger: one source, or what lies below one path."""

    source: str = ""
    path: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> "Narrow":
        """As given; names that fit nothing find nothing."""
        return cls(given.get("source", "")[:LONGEST], given.get("path", "")[:LONGEST])

    def where(self) -> Q:
        """Of entries."""
        found = Q()
        if self.source:
            found &= Q(path=self.source) | Q(path__startswith=f"{self.source}/")
        if self.path:
            found &= Q(path__startswith=self.path)
        for head in filter(None, map(mail_of, (self.source, self.path))):
            # Asked for letter by letter, a name that is left out would be told by how many lines there are.
            found &= Q(pk__in=()) if _closed_at(head) else ~_closed()
        return found


def _closed_at(path: str) -> bool:
    """Whether what lies there is closed."""
    rows = list(Document.objects.filter(entries__path=path).values_list("pk", "sha256"))
    private = private_of(pk for pk, _ in rows)
    return any(shelf.closed(bytes(sha256).hex(), private=pk in private) for pk, sha256 in rows)


def _closed() -> Q:
    """Entries of what was weighed and is closed."""
    taken = [bytes.fromhex(one) for one in shelf.taken()]
    return Q(document__weighing__private=True) & ~Q(document__sha256__in=taken)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the ledger: one place where something is listed."""

    entry: int
    path: str
    """Without the names of attachments where it lies on the closed shelf."""
    state: str
    code: str = ""
    params: dict[str, object] = field(default_factory=dict)
    id: str = ""
    """Of the document it became; empty where the item has no bytes of its own."""
    closed: bool = False
    """Whether it lies on the closed shelf: it is named, and does not lead there."""


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


def of_state(state: State, narrow: Narrow | None = None) -> QuerySet[Entry]:
    """Lines of the dump that ended so, by path.

    The first place of a document bears its state; all others are duplicates, as are later lists of the same bytes.
    """
    entries = Entry.objects.filter(OUTSIDE, (narrow or Narrow()).where())
    first = Q(path=F("document__path"))
    if state is State.DUPLICATE:
        return entries.filter(Q(document__isnull=False) & ~first).order_by("path", "pk")
    own = Q(document__isnull=True, state=state)
    return entries.filter(own | (first & Q(document__state=state))).order_by("path", "pk")


def of_reason(code: str, about: str, narrow: Narrow | None = None) -> QuerySet[Entry]:
    """Lines that one reason ended, whatever their state, by path."""
    own = Q(document__isnull=True, reason__code=code)
    read = Q(path=F("document__path"), document__reason__code=code)
    if about:
        own &= Q(*((f"reason__params__{name}", about) for name in ABOUT), _connector=Q.OR)
        read &= Q(*((f"document__reason__params__{name}", about) for name in ABOUT), _connector=Q.OR)
    return Entry.objects.filter(OUTSIDE, own | read, (narrow or Narrow()).where()).order_by("path", "pk")


def page_of(entries: QuerySet[Entry], number: int) -> tuple[list[Item], bool]:
    """One page of lines, and whether there is a next page; one statement."""
    start = (number - 1) * PER_PAGE
    found = items(entries[start : start + PER_PAGE + 1])
    return found[:PER_PAGE], len(found) > PER_PAGE


def items(entries: QuerySet[Entry]) -> list[Item]:
    """These lines, in their order, in one statement; another for those that name a part of a mail as the first."""
    rows = list(entries.values_list(*COLUMNS))
    hidden = in_closed({row[7] for row in rows if row[7] and row[7] != row[1]})
    private = private_of({key for row in rows for key in (row[8], row[10]) if key is not None})
    return [_item(row, hidden, private) for row in rows]


def _item(row: Sequence[Any], hidden: frozenset[str], private: frozenset[int]) -> Item:
    pk, path, state, reason, sha256, read, why, first, document, parent, holder = row
    id = bytes(sha256).hex() if sha256 else ""  # noqa: A001
    inside = bool(parent) and shelf.closed(bytes(parent).hex(), private=holder in private)
    closed = inside or (bool(id) and shelf.closed(id, private=document in private))
    duplicate = bool(id) and path != first
    if duplicate:
        shown = bare_path(first) if first in hidden else first
        state, why = State.DUPLICATE, {"code": "same-bytes", "params": {"path": shown}}
    ended = why if id else reason
    params = dict(ended["params"]) if ended else {}
    if closed:
        params = {name: bare_path(value) if name == "path" else value for name, value in params.items()}
    code = ended["code"] if ended else ""
    shown, ended_as = bare_path(path) if closed else path, state if duplicate or not id else read
    return Item(pk, shown, ended_as, code, params, id, closed)


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
    page = list(found[start : start + PER_PAGE + 1])
    private = private_of(document.pk for document in page)
    return [container(one, private=one.pk in private) for one in page[:PER_PAGE]], len(page) > PER_PAGE


def container(document: Any, *, private: bool) -> Container:
    """A document annotated with `entered`, the number of its members."""
    id = bytes(document.sha256).hex()  # noqa: A001
    return Container(
        id,
        bare_path(document.path) if shelf.closed(id, private=private) else document.path,
        document.container,
        document.listed,
        document.entered,
        document.framing,
        document.remainder_bytes,
        document.remainder,
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """One thing that the user named, and its own balance."""

    label: str
    location: str
    taken: bool
    listed: int
    entered: int
    reference: bool


def sources() -> list[Origin]:
    """All of them, in the order in which they came."""
    rows = Source.objects.annotate(entered=Count("entries")).order_by("pk")
    return [Origin(one.label, one.location, one.taken, one.listed, one.entered, one.reference) for one in rows]


def states_of(entries: QuerySet[Entry]) -> dict[str, int]:
    """What became of these lines: final states, and `todo` for what is not read yet."""
    first = Q(path=F("document__path"))
    told = entries.filter(Q(document__isnull=True) | first)
    state = Coalesce(F("document__state"), F("state"), output_field=CharField())
    counts = dict(told.order_by().values_list(state).annotate(n=Count("pk")))
    repeated = entries.filter(document__isnull=False).exclude(first).count()
    waiting = sum(counts.pop(one, 0) for one in (State.TODO, State.RUNNING))
    ended: Iterable[tuple[str, int]] = (*counts.items(), (State.DUPLICATE, repeated), (State.TODO, waiting))
    return {str(name): n for name, n in ended if n}
