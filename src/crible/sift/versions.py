"""Versions of one document, over the whole corpus: near copies found by their sketches, papers that bear one number."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, islice, pairwise
from zlib import crc32

from crible.assess.compare import likeness_of
from crible.assess.papers import Paper, paper
from crible.assess.relations import Standing
from crible.assess.relations import Version as Edge
from crible.assess.tokens import Tokens, tokens
from crible.index.clusters import clusters
from crible.index.neardup import Pair, candidates
from crible.index.sketch import unquoted
from crible.model.facts import Reading as Facts
from crible.sift.dossier import named
from crible.sift.packing import inflate, pack, unpack_reading
from crible.sift.references import outside
from crible.sift.standings import Standings
from crible.store.bulk import Fresh
from crible.store.models import Reading, Relation, Version

ROWS = 100
"""Pairs that are compared together: their texts are held in memory."""
MOST = 12
"""Versions that are kept of one document; the first met, in the order of ids."""
SAME_NUMBER = 10
"""Papers of one issuer and number that are set against one another; more bear a customer's number, not their own."""
FILES, MAILS = 70, 85
"""Per cent of the longer text that two must share, in order. Mails of one habit share a greeting and a signature."""
WITHIN = 90
"""Per cent of the shorter text that stands in the longer one: an extract, a page added."""


@dataclass(frozen=True)
class Item:
    """One document, ready to be compared."""

    pk: int
    standing: Standing
    facts: Facts
    text: str
    path: str
    message_id: str
    reference: bool
    paper: Paper

    @cached_property
    def words(self) -> Tokens:
        """Cut once, however many it is held against."""
        return tokens(self.text)

    @cached_property
    def bag(self) -> Counter[str]:
        """The same without their order."""
        return Counter(self.words.keys)


def versions(standings: Standings) -> Iterator[Relation | Fresh]:
    """`version`: each document with the others that are it but for some passages; then each one's place among them."""
    kept: Counter[int] = Counter()
    found: list[tuple[int, int, int]] = []
    pairs, given = _pairs(), outside()
    while some := list(islice(pairs, ROWS)):
        items = _items({pk for pair in some for pk in pair}, standings, given)
        for one, other in ((items[first], items[second]) for first, second in some):
            if kept[one.pk] >= MOST or kept[other.pk] >= MOST or (edge := _edge(one, other)) is None:
                continue
            kept.update((one.pk, other.pk))
            found.append((edge.similarity, one.pk, other.pk))
            yield Relation(kind="version", document_id=one.pk, other_id=other.pk, facts=pack(edge))
            yield Relation(kind="version", document_id=other.pk, other_id=one.pk, facts=pack(_turned(edge, one)))
    yield from _places(found)


def _pairs() -> Iterator[Pair]:
    """Documents that may be versions of each other, each pair once."""
    keys, sketches, messages = array("q"), [], array("L")
    rows = Reading.objects.exclude(sketch=b"").order_by("document__sha256")
    for pk, sketch, message_id in rows.values_list("pk", "sketch", "message_id").iterator():
        keys.append(pk)
        sketches.append(bytes(sketch))
        messages.append(crc32(message_id.encode("utf-8", "replace")))
    numbered = set(_numbered())
    yield from sorted(numbered)
    for first, second in candidates(sketches):
        pair = keys[first], keys[second]
        if pair not in numbered and (not messages[first] or messages[first] != messages[second]):
            yield pair


def _numbered() -> Iterator[Pair]:
    """Papers of one issuer and number."""
    several: dict[str, list[int]] = defaultdict(list)
    rows = Reading.objects.exclude(paper="").order_by("paper", "document__sha256").values_list("paper", "pk")
    for number, pk in rows.iterator():
        several[number].append(pk)
    for group in several.values():
        if len(group) <= SAME_NUMBER:
            yield from combinations(group, 2)


def _items(keys: Iterable[int], standings: Standings, given: Collection[int]) -> dict[int, Item]:
    rows = Reading.objects.filter(pk__in=list(keys)).select_related("document").defer("local")
    return {row.pk: _item(row, standings, row.pk in given) for row in rows}


def _item(row: Reading, standings: Standings, reference: bool) -> Item:
    facts = unpack_reading(bytes(row.facts))
    text = unquoted(inflate(bytes(row.text)), facts.mail)
    document = row.document
    return Item(
        row.pk,
        standings.of(row.pk, document),
        facts,
        text,
        document.path,
        row.message_id,
        reference,
        paper(facts, text, named(document.path)),
    )


def _edge(ours: Item, theirs: Item) -> Edge | None:
    """What the one's version says of the other; None where they are two documents, or copies of one message."""
    a, b = ours.paper, theirs.paper
    if (ours.message_id and ours.message_id == theirs.message_id) or (a.number and b.number and a.number != b.number):
        return None
    mails = ours.facts.mail is not None and theirs.facts.mail is not None
    same_number = a.number if a.number == b.number and (a.issuer == b.issuer or not (a.issuer and b.issuer)) else ""
    titled, redated = bool(a.titles & b.titles), bool(a.date and b.date) and a.date != b.date
    if redated and not same_number and not titled:
        return None  # two papers of one form: another month's, another delivery's
    least = MAILS if mails else FILES
    if _apart((ours.bag & theirs.bag).total(), ours, theirs, mails=mails):
        return None  # too few words in any order, so too few in one: half of the pairs are never aligned
    alike = likeness_of(ours.words, theirs.words, least)
    if _apart(alike.shared, ours, theirs, mails=mails):
        return None
    side, by = _order(ours.facts, theirs.facts)
    return Edge(
        other=theirs.standing,
        path=theirs.path,
        similarity=alike.similarity,
        changes=alike.changes,
        count=alike.count,
        side=side,
        by=by,
        number=same_number,
        issuer=a.issuer if a.issuer == b.issuer else "",
        titled=titled,
        dated=bool(a.date) and a.date == b.date,
        redated=redated,
        announced=", ".join(sorted(a.editions ^ b.editions)),
        same_type=ours.facts.mime == theirs.facts.mime,
        reference=theirs.reference,
    )


def _apart(shared: int, ours: Item, theirs: Item, *, mails: bool) -> bool:
    """Whether two texts that share so many words are no versions of each other."""
    short, long = sorted((len(ours.words), len(theirs.words)))
    if 100 * shared // max(long, 1) >= (MAILS if mails else FILES):
        return False
    return mails or 100 * shared // max(short, 1) < WITHIN


def _turned(edge: Edge, ours: Item) -> Edge:
    """The same from the other side."""
    swapped = tuple(replace(change, ours=change.theirs, theirs=change.ours) for change in edge.changes)
    side = {"earlier": "later", "later": "earlier"}.get(edge.side, edge.side)
    return replace(edge, other=ours.standing, path=ours.path, changes=swapped, side=side, reference=ours.reference)


def _order(ours: Facts, theirs: Facts) -> tuple[str, str]:
    """Where the other stands to ours, and what that rests on: lineage, revision, the documents' own dates."""
    mine, its = _sessions(ours), _sessions(theirs)
    if mine and its and mine[0] == its[0] and mine[1] != its[1]:
        if its[1] < mine[1]:
            return "earlier", "lineage"
        if mine[1] < its[1]:
            return "later", "lineage"
    if ours.file and theirs.file and ours.file.created and ours.file.created == theirs.file.created:
        first, second = ours.file.revision, theirs.file.revision
        if first is not None and second is not None and first != second:
            return ("earlier" if second < first else "later"), "revision"
    if ours.seconds is None or theirs.seconds is None:
        return "", ""
    if ours.seconds == theirs.seconds:
        return "same", "date"
    return ("earlier" if theirs.seconds < ours.seconds else "later"), "date"


def _sessions(facts: Facts) -> tuple[str, frozenset[str]] | None:
    office = facts.file.office if facts.file else None
    return (office.root, frozenset(office.sessions)) if office and office.root and office.sessions else None


def _places(found: list[tuple[int, int, int]]) -> Iterator[Fresh]:
    """Each document's place among its versions."""
    best: Counter[int] = Counter()
    for similarity, one, other in found:
        best[one], best[other] = max(best[one], similarity), max(best[other], similarity)
    for members in clusters(found):
        yield from _placed(members, best)


def _placed(members: list[int], best: Counter[int]) -> list[Fresh]:
    rows = Reading.objects.filter(pk__in=members).values_list("pk", "document__sha256", "facts")
    read = sorted((bytes(sha256), pk, unpack_reading(bytes(facts))) for pk, sha256, facts in rows)
    cluster = read[0][0]
    lines = [sessions for _, _, facts in read if (sessions := _sessions(facts))]
    chain = sorted((line[1] for line in lines), key=len)
    nested = len(lines) == len(read) and len({root for root, _ in lines}) == 1
    lineage = nested and all(first < second for first, second in pairwise(chain))

    def order(one: tuple[bytes, int, Facts]) -> tuple[bool, float, bytes]:
        sha256, _, facts = one
        if lineage:
            sessions = _sessions(facts)
            return False, len(sessions[1]) if sessions else 0, sha256
        return facts.seconds is None, facts.seconds or 0, sha256

    return [
        Fresh(
            Version,
            document_id=pk,
            cluster=cluster,
            ordinal=ordinal,
            by="lineage" if lineage else "date" if facts.seconds is not None else "",
            similarity=best[pk],
        )
        for ordinal, (_, pk, facts) in enumerate(sorted(read, key=order))
    ]
