"""The log of what people did: append-only, each line hashed over the one before, verifiable without crible."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from crible.review.models import Entry, Head

FIRST = "0" * 64
"""What the first line names as the one before."""
HASHED = ("case", "number", "at", "by", "act", "document", "params", "previous")
STEP = 5_000
"""Lines read at once: a line about a thousand documents has 100 kB."""


def append(by: str, act: str, *, case: str = "", document: str = "", **params: Any) -> Entry:
    """Add a line to the chain of a case (empty: the desk's own), in one transaction with what it tells."""
    with transaction.atomic(using="default"):
        head = hold(case)
        entry = Entry(
            case=case,
            number=head.number + 1,
            at=datetime.now(UTC).isoformat(timespec="microseconds"),
            by=by,
            act=act,
            document=document,
            params=params,
            previous=head.hash,
        )
        entry.hash = digest(entry)
        entry.save(force_insert=True)
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])
    return entry


def hold(case: str) -> Head:
    """The end of a chain, held until the transaction ends: whoever else would change that case waits.

    Locking the last line instead would not do: on PostgreSQL, who waited for it gets the same line again, which is the
    last no longer.
    """
    Head.objects.get_or_create(case=case, defaults={"hash": FIRST})
    return Head.objects.select_for_update().get(case=case)


def head(case: str) -> Head:
    """The end of a chain as it stands, not held; number 0 and `FIRST` where nothing was written."""
    return Head.objects.filter(case=case).first() or Head(case=case, number=0, hash=FIRST)


def digest(entry: Entry) -> str:
    """SHA-256, hex, over the line's `canonical` text in UTF-8."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def canonical(entry: Entry) -> str:
    """The line's fields as JSON with sorted keys and no spaces, non-ASCII as it is."""
    fields = {name: getattr(entry, name) for name in HASHED}
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """What checking a chain found."""

    entries: int
    head: str
    """Hash of the last line; `FIRST` where there is none."""
    broken: int | None
    """Number of the first line that does not fit; None where all do."""


EMPTY = Chain(0, FIRST, None)


def check(entries: Iterable[Entry], after: Chain = EMPTY) -> Chain:
    """Follow a chain from its first line, or from where an earlier check ended."""
    previous, number = after.head, after.entries
    for entry in entries:
        if entry.number != number + 1 or entry.previous != previous or entry.hash != digest(entry):
            return Chain(number, previous, number + 1)
        previous, number = entry.hash, entry.number
    return Chain(number, previous, None)


def check_case(case: str, after: Chain = EMPTY, most: int | None = None) -> Chain:
    """Follow the chain of a case from where an earlier check ended, at most so many lines.

    Once all lines there are were followed, the end must be the one written down apart: lines cut off at the end break
    the chain too.
    """
    if after.broken:
        return after
    until = head(case)  # read first: what is written meanwhile is not missing
    lines = Entry.objects.filter(case=case, number__gt=after.entries).order_by("number")
    found = check((lines[:most] if most else lines).iterator(chunk_size=STEP), after)
    ended = most is None or found.entries - after.entries < most
    if found.broken is None and ended and not _reaches(case, found, until):
        return Chain(found.entries, found.head, found.entries + 1)
    return found


def _reaches(case: str, found: Chain, until: Head) -> bool:
    """Whether the lines go on to the end that was written down, and have its hash there."""
    if found.entries == until.number:
        return found.head == until.hash
    at = Entry.objects.filter(case=case, number=until.number).values_list("hash", flat=True).first()
    return found.entries > until.number and (until.number == 0 or at == until.hash)
