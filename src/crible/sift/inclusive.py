"""Edges of containment: mails that a later mail of their thread holds whole, so that it is enough to read that one."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db.models import F

from crible.assess.relations import Within
from crible.index.inclusive import Sought
from crible.sift.packing import inflate, pack
from crible.store.models import Document, Entry, Reading, Relation

ROWS = 200
"""Answers looked at together: their texts are held in memory."""
COPIES = 5
"""Of one Message-ID; thousands may bear one, where a program's defect made it."""
HOPS = 50
"""Mails of one chain; in a ring of mails that hold one another the last is as good as any."""


def within() -> Iterator[Relation]:
    """`within`: each mail with the last of those that hold it. Answers only: by In-Reply-To, one statement for all.

    A mail with files that the later one does not carry is in none.
    """
    above: dict[int, int] = {}
    pairs = _answers()
    while some := list(islice(pairs, ROWS)):
        texts = _texts({pk for pair in some for pk in pair})
        sought = {pk: Sought(texts[pk]) for pk, _ in some}
        files = _files({pk for pair in some for pk in pair})
        for earlier, later in some:
            if earlier not in above and files[earlier] <= files[later] and sought[earlier].stands_in(texts[later]):
                above[earlier] = later
    names = _names({_top(pk, above)[0] for pk in above})
    for pk in above:
        top, hops = _top(pk, above)
        if top != pk:
            yield Relation(kind="within", document_id=pk, other_id=top, facts=pack(Within(names[top], hops)))


def _answers() -> Iterator[tuple[int, int]]:
    """A mail and one that answers it, the longest answer first: of several that hold it, that says most."""
    answers = Reading.objects.filter(kind="mail").exclude(in_reply_to="").exclude(in_reply_to=F("message_id"))
    ordered = answers.order_by("-characters", "document__sha256").values_list("pk", "in_reply_to", "characters")
    rows = ordered.iterator()
    while some := list(islice(rows, ROWS)):
        named = _named({name for _, name, _ in some})
        yield from ((parent, pk) for pk, name, size in some for parent, its in named.get(name, ()) if its <= size)


def _named(names: set[str]) -> dict[str, list[tuple[int, int]]]:
    """The mails of each Message-ID with their size, copies too, at most `COPIES`."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    mails = Reading.objects.filter(message_id__in=names, kind="mail").order_by("document__sha256")
    for name, pk, size in mails.values_list("message_id", "pk", "characters"):
        if len(found[name]) < COPIES:
            found[name].append((pk, size))
    return found


def _texts(keys: set[int]) -> dict[int, str]:
    rows = Reading.objects.filter(pk__in=keys).values_list("pk", "text")
    return {pk: inflate(bytes(text)) if text else "" for pk, text in rows}


def _files(keys: set[int]) -> dict[int, set[bytes]]:
    """What each mail carries, by id; something without bytes here is a file that no other mail has."""
    found: dict[int, set[bytes]] = {pk: set() for pk in keys}
    rows = Entry.objects.filter(parent__in=keys).values_list("parent_id", "document__sha256", "pk")
    for parent, sha256, entry in rows:
        found[parent or 0].add(bytes(sha256) if sha256 else entry.to_bytes(8, "big"))
    return found


def _top(pk: int, above: dict[int, int]) -> tuple[int, int]:
    hops = 0
    while pk in above and hops < HOPS:
        pk, hops = above[pk], hops + 1
    return pk, hops


def _names(keys: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), ROWS):
        rows = Document.objects.filter(pk__in=ordered[start : start + ROWS]).values_list("pk", "sha256")
        found |= {pk: bytes(sha256).hex() for pk, sha256 in rows}
    return found
