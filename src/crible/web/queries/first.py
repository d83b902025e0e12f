"""What to look at first: findings rather than documents, each with one document to begin with and a way to its like."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from crible.assess.check import Check
from crible.assess.checks import every
from crible.assess.grade import CONTRADICTS, RANK
from crible.model.evidence import Weighed
from crible.model.grade import Level
from crible.store.models import Document
from crible.web.queries.names import Named, listed
from crible.web.queries.questions import (
    Question,
    Questioned,
    answers,
    name_of,
    questioned,
    questions,
    quoting_closed,
)

COPIES, VERSIONS, BATCHES, KINDS = 8, 4, 4, 8
"""Differing copies, versions, batches and kinds of other questions that are shown at most."""
FRONT = (3, 2, 1, 0)
"""How many of each stand in front; more where there are fewer of the others."""
SCREEN = 6
TOLD = 200
"""Documents of one kind among which those to begin with are chosen."""
LISTED = 50
"""Documents that an address can name."""
BATCH = "corpus.batch"
VERSION = ("corpus.near-version", "corpus.same-number")
SHAPES = {
    "attachment-differs-signed": "attachment",
    "copy-differs-signed": "copy",
    "repair-words": "repaired",
    "version-differs-proven": "version",
    "version-differs-reference": "reference",
    "quoted-otherwise-signed": "quoted",
}
"""Findings that come down to two values, and the sentence that sets them beside each other."""
ABSENT = "∅"
TELLING = ("number", "negation", "date", "name", "words")
"""Differences by how much usually hangs on them: of two equally strong findings, figures come first."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One finding: documents that belong together, or bear the same question."""

    document: int
    question: Weighed
    count: int
    """Documents of the cluster."""
    like: str = ""
    """Query string of the listing that holds them; empty where the document is all."""
    also: tuple[Weighed, ...] = ()
    """What else is said of the same batch."""
    lead: Named | None = None
    """The document to begin with; never one of the closed shelf."""
    check: Check | None = None

    @property
    def level(self) -> str:
        """Of the document: a question never cancels a signature, so that it may be a proven one."""
        return Level.CONTRADICTED if name_of(self.question) in CONTRADICTS else Level.QUESTIONED

    @property
    def batch(self) -> bool:
        """Whether it is said of many at once, so that the sentence begins with none of them."""
        return self.question.check == BATCH

    @property
    def shape(self) -> str:
        """Which sentence sets the two values beside each other; empty for a finding without two."""
        params = self.question.evidence.params
        if ABSENT in (params.get("ours", ABSENT), params.get("theirs", ABSENT)):
            return ""
        return SHAPES.get(self.question.evidence.message, "")


@dataclass(frozen=True, slots=True)
class First:
    """The list, and how much of it is not shown."""

    clusters: tuple[Cluster, ...] = ()
    """What stands in front."""
    more: tuple[Cluster, ...] = ()
    copies: int = 0
    """Clusters of documents that differ from a signed copy and are not shown."""
    kinds: int = 0
    """Kinds of questions that are not shown."""


def first() -> First:
    """The findings of the case at hand, those that contradict first; a dozen statements, whatever its size."""
    documents = questioned()
    met = list(questions(documents))
    groups = _groups(met, {pk for pk, one in documents.items() if not one.closed})
    copies = _copies([pk for name in CONTRADICTS for pk in groups.pop(name, [])], documents)
    versions = [one for name in list(groups) if _of(name) in VERSION for one in _versions(name, groups.pop(name))]
    batched = [pk for name in list(groups) if _of(name) == BATCH for pk in groups.pop(name)]
    strengths = {question.name: question.weight for question in met}
    counts = Counter(question.name for question in met)
    kinds = sorted(groups, key=lambda name: (strengths[name], -counts[name], name))
    others = [_kind(name, groups[name], counts[name]) for name in kinds[:KINDS]]
    found = [_open(some) for some in (copies[:COPIES], versions[:VERSIONS], _batches(batched), others)]
    front, more = _in_front(found)
    named = _named([*front, *more])
    return First(named[: len(front)], named[len(front) :], max(0, len(copies) - COPIES), max(0, len(kinds) - KINDS))


def _in_front(found: Sequence[Sequence[Cluster]]) -> tuple[list[Cluster], list[Cluster]]:
    """Some of each kind, so that none hides the others, then the next in order until the screen is full."""
    chosen = [one for some, most in zip(found, FRONT, strict=True) for one in some[:most]]
    rest = [one for some, most in zip(found, FRONT, strict=True) for one in some[most:]]
    room = SCREEN - len(chosen)
    return [*chosen, *rest[:room]], rest[room:]


def _of(name: str) -> str:
    return name.partition(":")[0]


def _groups(met: Sequence[Question], shown: set[int]) -> dict[str, list[int]]:
    """Documents by the question that weighs most with each: a document stands in one group only."""
    strongest: dict[int, Question] = {}
    for question in met:
        known = strongest.get(question.document)
        if question.document in shown and (known is None or question.weight < known.weight):
            strongest[question.document] = question
    groups: dict[str, list[int]] = defaultdict(list)
    for document, question in strongest.items():
        groups[question.name].append(document)
    return groups


def _copies(against: Sequence[int], documents: dict[int, Questioned]) -> list[Cluster]:
    """Differing copies; those of one message, and those held against one signed copy, together."""
    found: dict[str, list[tuple[int, Weighed]]] = defaultdict(list)
    home: dict[str, str] = {}
    for pk, answer in answers(sorted(against)[:TOLD], *CONTRADICTS):
        names = [documents[pk].family, *answer.evidence.refs]
        place = next((home[name] for name in names if name in home), names[0])
        home.update((name, place) for name in names if name not in home)
        found[place].append((pk, answer))
    clusters = []
    for rows in found.values():
        pk, answer = min(rows, key=_telling)
        keys = sorted({one for one, _ in rows})
        clusters.append(Cluster(pk, answer, len(keys), _by_id(keys) if len(keys) > 1 else ""))
    ordered = sorted(clusters, key=lambda one: _telling((one.document, one.question)))
    met: Counter[str] = Counter()
    places = {}
    for one in ordered:
        places[one.document] = met[name_of(one.question)]
        met[name_of(one.question)] += 1
    # The best of each kind before the second of any: ten repaired mails would hide the one swapped invoice.
    return sorted(ordered, key=lambda one: places[one.document])


def _versions(name: str, keys: Sequence[int]) -> list[Cluster]:
    """Versions with other figures, one by one: two of them have nothing in common but the check."""
    rows = sorted(answers(sorted(keys)[:TOLD], name), key=_telling)
    kept: dict[int, Weighed] = {}
    for pk, answer in rows:
        kept.setdefault(pk, answer)
    like = _why(name) if len(keys) > 1 else ""
    return [Cluster(pk, answer, len(keys), like) for pk, answer in list(kept.items())[:VERSIONS]]


def _batches(keys: Sequence[int]) -> list[Cluster]:
    """Files saved together, each batch said once with all that sets it apart."""
    found: dict[tuple[str, str], dict[str, tuple[int, Weighed]]] = defaultdict(dict)
    members: dict[tuple[str, str], set[int]] = defaultdict(set)
    for pk, answer in answers(sorted(keys)[:TOLD]):
        if answer.check == BATCH:
            params = answer.evidence.params
            batch = str(params.get("first", "")), str(params.get("last", ""))
            members[batch].add(pk)
            found[batch].setdefault(f"{answer.evidence.message}:{params.get('name')}", (pk, answer))
    clusters = []
    for batch, said in found.items():
        (pk, leading), *rest = sorted(said.values(), key=lambda one: -int(str(one[1].evidence.params.get("count", 0))))
        like = urlencode({"why": BATCH, "first": batch[0]})
        clusters.append(Cluster(pk, leading, len(members[batch]), like, tuple(answer for _, answer in rest)))
    return sorted(clusters, key=lambda one: (-one.count, one.like))[:BATCHES]


def _kind(name: str, keys: Sequence[int], count: int) -> Cluster:
    rows = answers(sorted(keys)[:TOLD], name)
    pk, answer = min(rows, key=_telling)
    return Cluster(pk, answer, count, _why(name) if count > 1 else "")


def _telling(one: tuple[int, Weighed]) -> tuple[bool, int, int, int]:
    """Order of findings: what contradicts, then by strength, then by what kind of words differ."""
    pk, answer = one
    kinds = answer.evidence.params.get("kinds", ())
    kind = min((TELLING.index(kind) for kind in kinds if kind in TELLING), default=len(TELLING))  # type: ignore[union-attr]
    return name_of(answer) not in CONTRADICTS, RANK.index(answer.strength), kind, pk


def _why(name: str) -> str:
    return urlencode({"why": name})


def _by_id(keys: Sequence[int]) -> str:
    rows = Document.objects.filter(pk__in=keys[:LISTED]).order_by("pk").values_list("sha256", flat=True)
    return urlencode([("id", bytes(sha256).hex()[:16]) for sha256 in rows])


def _open(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Without those whose sentence would quote a document of the closed shelf."""
    private = quoting_closed(one.question for one in clusters)
    return [one for one in clusters if not private.intersection(one.question.evidence.refs)]


def _named(clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
    keys = sorted({one.document for one in clusters})
    names = dict(zip(keys, listed(Document.objects.filter(pk__in=keys).order_by("pk")), strict=True))
    checks = {check.id: check for check in every()}
    return tuple(replace(one, lead=names[one.document], check=checks.get(one.question.check)) for one in clusters)
