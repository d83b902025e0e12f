"""The same part of two copies of one message: a file of ours, and what a signed copy of its mail has in its place."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from crible.assess.compare import likeness
from crible.assess.relations import Copy, SameAttachment
from crible.sift.packing import inflate, pack, unpack
from crible.store.models import Entry, Reading, Relation

ROWS = 100
Part = tuple[str, int, bytes]
"""Name of the file, primary key and id of its document."""


def attached(copies: Iterator[Relation]) -> Iterator[Relation]:
    """Pass on the edges between copies, each followed by `attached` edges for files that the two have not alike.

    Only against a copy proven in full, of the same sender: a Message-ID is anybody's to repeat. Identity is the part's
    number and its name; a file at another place, or of another name, is another file.
    """
    while some := list(islice(copies, ROWS)):
        yield from some
        told = [(row, unpack(bytes(row.facts), Copy)) for row in some]
        wanted = [(row, copy) for row, copy in told if _speaks(copy)]
        parts = _parts({pk for row, _ in wanted for pk in (row.document_id, row.other_id)})
        homes = _homes({pk for row, _ in wanted for _, pk, _ in parts[row.document_id].values()})
        messages = _messages({row.document_id for row, _ in wanted})
        for row, copy in wanted:
            theirs = parts[row.other_id]
            for number, (name, ours, own_id) in sorted(parts[row.document_id].items()):
                other = theirs.get(number)
                if other is None or other[0] != name or other[2] == own_id:
                    continue
                yield _edge(copy, number, name, ours, other, homes[ours] != {messages[row.document_id]})


def _speaks(copy: Copy) -> bool:
    return copy.other.full and not copy.other.spoiled and copy.same_sender and bool(copy.attachments_differ)


def _parts(mails: set[int]) -> dict[int, dict[str, Part]]:
    """Files of mails by part number; one whose number stands twice is left out."""
    found: dict[int, dict[str, Part]] = defaultdict(dict)
    rows = Entry.objects.filter(parent__in=mails, document__isnull=False).order_by("ordinal")
    for parent, name, pk, sha256 in rows.values_list("parent_id", "name", "document_id", "document__sha256"):
        number, _, title = name.partition("~")
        found[parent or 0][number] = (title, pk or 0, bytes(sha256))
    return found


def _homes(files: set[int]) -> dict[int, set[str]]:
    """Message-IDs of the mails that carry each file; an empty one for every other place."""
    listed = list(Entry.objects.filter(document__in=files).values_list("document_id", "parent_id"))
    messages = _messages({parent for _, parent in listed if parent is not None})
    found: dict[int, set[str]] = defaultdict(set)
    for pk, parent in listed:
        found[pk or 0].add(messages.get(parent or 0, ""))
    return found


def _messages(mails: set[int]) -> dict[int, str]:
    return dict(Reading.objects.filter(pk__in=mails, kind="mail").values_list("pk", "message_id"))


def _edge(copy: Copy, number: str, name: str, ours: int, other: Part, elsewhere: bool) -> Relation:
    _, pk, sha256 = other
    texts = dict(Reading.objects.filter(pk__in=[ours, pk]).values_list("pk", "text"))
    mine, its = (inflate(bytes(texts.get(key, b"")) or b"\0") for key in (ours, pk))
    compared = bool(mine.strip() and its.strip())
    alike = likeness(mine, its) if compared else None
    edge = SameAttachment(
        file=sha256.hex(),
        mail=copy.other,
        name=name,
        part=number,
        changes=alike.changes if alike else (),
        count=alike.count if alike else 0,
        compared=compared,
        bound="message-id" in copy.other.signed or not copy.redated,
        elsewhere=elsewhere,
    )
    return Relation(kind="attached", document_id=ours, other_id=pk, facts=pack(edge))
