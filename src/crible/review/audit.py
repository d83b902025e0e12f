"""The log of what people did: append-only, each line hashed over the one before, verifiable without crible."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from crible.review.models import Entry

FIRST = "0" * 64
"""What the first line names as the one before."""
HASHED = ("case", "number", "at", "by", "act", "document", "params", "previous")


def append(by: str, act: str, *, case: str = "", document: str = "", **params: Any) -> Entry:
    """Add a line to the chain of a case (empty: the desk's own), in one transaction with what it tells."""
    with transaction.atomic(using="default"):
        last = Entry.objects.select_for_update().filter(case=case).order_by("-number").first()
        entry = Entry(
            case=case,
            number=last.number + 1 if last else 1,
            at=datetime.now(UTC).isoformat(timespec="microseconds"),
            by=by,
            act=act,
            document=document,
            params=params,
            previous=last.hash if last else FIRST,
        )
        entry.hash = digest(entry)
        entry.save(force_insert=True)
    return entry


def digest(entry: Entry) -> str:
    """SHA-256, hex, over the line's fields as JSON with sorted keys and no spaces, UTF-8, non-ASCII as it is."""
    fields = {name: getattr(entry, name) for name in HASHED}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Chain:
    """What checking a chain found."""

    entries: int
    head: str
    """Hash of the last line; `FIRST` where there is none."""
    broken: int | None
    """Number of the first line that does not fit; None where all do."""


def check(entries: Iterable[Entry]) -> Chain:
    """Follow a chain from its first line."""
    previous, number = FIRST, 0
    for entry in entries:
        if entry.number != number + 1 or entry.previous != previous or entry.hash != digest(entry):
            return Chain(number, previous, number + 1)
        previous, number = entry.hash, entry.number
    return Chain(number, previous, None)
