"""Received fields, each taken apart into who handed over what to whom (RFC 5321 §4.4)."""

import re
from collections.abc import Sequence

from crible.extract.mail.dates import received
from crible.extract.mail.fields import Header
from crible.model.facts import Hop
from crible.model.instant import Instant

MOST = 50
_CAP = 4_000
_KEPT = 200
_COMMENT = re.compile(r"\([^()]*+\)")
_NESTED = 3
"""Levels of comments taken out: what lies deeper is read as words, and at worst a clause is not found."""
_CLAUSES = frozenset({"from", "by", "id", "for"})


def hops(header: Header, moments: Sequence[Instant] = ()) -> tuple[Hop, ...]:
    """The Received fields, top first, at most `MOST`.

    `moments` are their instants in the same order, if they were read already; they are read again where their number
    shows that a field had none.
    """
    raws = [field.value for field in header.all("received")[:MOST]]
    known = moments if len(moments) == len(raws) else [received(raw) for raw in raws]
    return tuple(_hop(raw, moment) for raw, moment in zip(raws, known, strict=True))


def _hop(raw: bytes, moment: Instant | None) -> Hop:
    found = clauses(raw)
    return Hop(
        by=found.get("by", ""),
        source=found.get("from", ""),
        receiver=found.get("for", "").strip("<>"),
        id=found.get("id", ""),
        seconds=moment.seconds if moment else None,
        offset=moment.offset if moment else None,
    )


def clauses(raw: bytes) -> dict[str, str]:
    """The word after each of from, by, id and for, where it first stands outside a comment."""
    line = raw[:_CAP].decode("latin-1")
    for _ in range(_NESTED):
        if "(" not in line:
            break
        line = _COMMENT.sub(" ", line)
    words = line.rpartition(";")[0].split() or line.split()
    found: dict[str, str] = {}
    for at, word in enumerate(words[:-1]):
        if word in _CLAUSES and word not in found and words[at + 1] not in _CLAUSES:
            found[word] = words[at + 1][:_KEPT].rstrip(";")
    return found
