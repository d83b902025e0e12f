"""A conversation: who answers whom, who quotes whom, and which messages are named and not here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crible.assess.relations import Neighbour, QuotedBy, Quoting
from crible.index.families import identity
from crible.model.grade import SIGNS
from crible.sift.packing import unpack, unpack_reading
from crible.store.models import Document, Reading, Relation
from crible.web.queries.names import Named, listed

PER_PAGE = 500
DEEPEST = 8
"""Levels that are drawn as such; deeper answers stand at this one."""
EDGES = ("quote", "quoting", "thread")
BEST = [str(level) for level in SIGNS]


@dataclass(frozen=True, slots=True)
class Link:
    """What binds a message to another of the thread."""

    kind: str
    """`quote` (the other, which is signed, quotes this one), `quoting` (this one quotes the other, otherwise than it
    was signed) or `thread` (the other, which is signed, stands next to it)."""
    other: Named
    words: int = 0
    of: int = 0
    """Words of this one that stand in the quote, and all of them; 0 where they were not counted."""
    exact: bool = True


@dataclass(slots=True)
class Message:
    """One line of a thread: a message with all its copies, or one that is only named."""

    key: str
    """Its family, or its Message-ID."""
    named: Named | None
    """The copy with the best grade; None where none is here."""
    copies: int = 0
    message_id: str = ""
    naming: int = 0
    """How many here name it; 0 for one that is here."""
    elsewhere: Named | None = None
    """Where it is in the case, but on another page."""
    depth: int = 0
    links: list[Link] = field(default_factory=list)

    @property
    def level(self) -> int:
        """How far it is set in."""
        return min(self.depth, DEEPEST)


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of it."""

    lines: tuple[Message, ...]
    """Each message under the one it answers, answers in the order of their dates."""
    documents: int
    """Of the whole thread."""
    messages: int
    """Lines of this page that are here."""
    missing: int
    """Lines of this page that are only named."""


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    id: str
    family: str
    message_id: str
    ancestors: tuple[str, ...]
    """Message-IDs that it names, the one that it answers first."""


def thread(name: str, number: int) -> Thread:
    """A page of the thread of that name, by date; seven statements whatever its length."""
    documents = Document.objects.filter(weighing__thread=name)
    start = (number - 1) * PER_PAGE
    some = documents.order_by("reading__date", "sha256")[start : start + PER_PAGE]
    known = {one.id: one for one in listed(some)}
    rows = _rows(some)
    messages = {message.key: message for message in _messages(rows, known)}
    parents = _parents(rows, messages)
    _link(rows, messages)
    lines = tuple(_in_order(messages, parents))
    here = sum(message.named is not None for message in lines)
    return Thread(lines, documents.count(), here, len(lines) - here)


def _rows(documents: Iterable[Document]) -> list[_Row]:
    keys = [document.pk for document in documents]
    found = Reading.objects.filter(document__in=keys).values_list(
        "document_id", "document__sha256", "document__weighing__family", "message_id", "facts"
    )
    rows = {
        pk: _row(pk, bytes(sha256).hex(), family, message_id, bytes(facts))
        for pk, sha256, family, message_id, facts in found
    }
    return [rows[key] for key in keys if key in rows]


def _row(pk: int, id_: str, family: str, message_id: str, facts: bytes) -> _Row:
    mail = unpack_reading(facts).mail
    named = (mail.in_reply_to, *reversed(mail.references[-20:])) if mail else ()
    own = identity(message_id)
    ancestors = tuple(dict.fromkeys(one for one in map(identity, named) if one and one != own))
    return _Row(pk, id_, family, own, ancestors)


def _messages(rows: Iterable[_Row], known: Mapping[str, Named]) -> Iterator[Message]:
    """One a family, in the order of the first of its copies; shown by the best of those that may be shown."""
    families: dict[str, list[_Row]] = {}
    for row in rows:
        families.setdefault(row.family, []).append(row)
    for family, copies in families.items():
        best = min((known[row.id] for row in copies if row.id in known), key=_worth)
        yield Message(family, best, len(copies), copies[0].message_id)


def _worth(one: Named) -> tuple[bool, int]:
    return one.closed, BEST.index(one.level) if one.level in BEST else len(BEST)


def _parents(rows: Iterable[_Row], messages: dict[str, Message]) -> dict[str, str]:
    """Whom each message answers, by key; those that are not among the messages are added to them."""
    by_id = {row.message_id: row.family for row in rows if row.message_id}
    parents: dict[str, str] = {}
    absent: dict[str, set[str]] = {}
    for row in rows:
        named = [one for one in row.ancestors if by_id.get(one) != row.family]
        if row.family in parents or not named:
            continue
        if named[0] in by_id:
            parents[row.family] = by_id[named[0]]
            continue
        parents[row.family] = named[0]
        absent.setdefault(named[0], set()).add(row.family)
        # References tell where it belongs: one that is not here stands under the nearest of its own ancestors that is.
        if above := next((by_id[one] for one in named if one in by_id), ""):
            parents[named[0]] = above
    elsewhere = _elsewhere(absent)
    for name, naming in absent.items():
        messages[name] = Message(name, None, 0, _shown_id(name, naming, messages), len(naming), elsewhere.get(name))
    return parents


def _shown_id(name: str, naming: Iterable[str], messages: Mapping[str, Message]) -> str:
    """The Message-ID, unless only mails of the closed shelf name it."""
    shown = (messages[key].named for key in naming if key in messages)
    return name if any(one is not None and not one.closed for one in shown) else ""


def _elsewhere(absent: Iterable[str]) -> dict[str, Named]:
    wanted = [form for name in absent for form in (name, name.strip("<>"))]
    if not wanted:
        return {}
    found = dict(Reading.objects.filter(message_id__in=wanted).values_list("document__sha256", "message_id"))
    known = {one.id: one for one in listed(Document.objects.filter(sha256__in=list(found)))} if found else {}
    return {identity(name): known[bytes(sha256).hex()] for sha256, name in found.items()}


def _link(rows: list[_Row], messages: Mapping[str, Message]) -> None:
    """Quotes and hops of proof between messages of the page."""
    family = {row.pk: row.family for row in rows}
    keys = list(family)
    found = Relation.objects.filter(kind__in=EDGES, document__in=keys, other__in=keys).order_by("pk")
    seen: set[tuple[str, str, str]] = set()
    for kind, pk, other, facts in found.values_list("kind", "document_id", "other_id", "facts"):
        ours, theirs = messages[family[pk]], messages[family[other]]
        edge = (kind, ours.key, theirs.key)
        if edge not in seen and ours is not theirs and theirs.named is not None:
            seen.add(edge)
            ours.links.append(_told(kind, theirs.named, bytes(facts)))


def _told(kind: str, other: Named, facts: bytes) -> Link:
    if kind == "quote":
        quote = unpack(facts, QuotedBy)
        return Link(kind, other, quote.words, quote.of, quote.exact)
    if kind == "quoting":
        return Link(kind, other, unpack(facts, Quoting).words, exact=False)
    unpack(facts, Neighbour)
    return Link(kind, other)


def _in_order(messages: dict[str, Message], parents: Mapping[str, str]) -> Iterator[Message]:
    """Depth first; what a ring of answers holds begins where it is met first. No recursion: a thread may be deep."""
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        if parent in messages and parent != child:
            children.setdefault(parent, []).append(child)
    own = {key: one.named.date or 0 if one.named else 0 for key, one in messages.items()}
    # One that is not here stands where the first answer to it does.
    when = {key: own[key] or min(filter(None, (own[c] for c in children.get(key, ()))), default=0) for key in messages}
    roots = [key for key in messages if parents.get(key) not in messages]
    done: set[str] = set()
    for root in (*sorted(roots, key=lambda key: when[key]), *messages):
        stack = [(root, 0)]
        while stack:
            key, depth = stack.pop()
            if key in done:
                continue
            done.add(key)
            messages[key].depth = depth
            yield messages[key]
            below = sorted(children.get(key, ()), key=lambda one: when[one], reverse=True)
            stack += [(child, depth + 1) for child in below]
