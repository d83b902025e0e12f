"""The case's days: how many documents are dated on each, by grade and kind."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

import msgspec

from crible.assess.boxes.moments import DayOf
from crible.index.schema import GRADES
from crible.store.models import Reading

LEVELS = (*(str(level) for level in GRADES), "")
"""Grades, best first; last what is not weighed yet."""
KINDS = ("mail", "file")
CELLS = [(kind, level) for kind in KINDS for level in LEVELS]
_PLACE = {cell: place for place, cell in enumerate(CELLS)}
FIRST, LAST = "1000-01-01", "9998-12-31"
"""Days that a search can ask for."""


class _At(msgspec.Struct, gc=False):
    seconds: float
    offset: int | None


class _Mail(msgspec.Struct, gc=False):
    date: _At | None = None


class _File(msgspec.Struct):
    instants: tuple[_At, ...] = ()


class _Facts(msgspec.Struct):
    """What of `model.facts.Reading` is wanted here."""

    mail: _Mail | None = None
    file: _File | None = None

    @property
    def zoned(self) -> bool:
        """Whether the document's own date (`Reading.dated`) names its zone."""
        if self.mail is not None:
            return self.mail.date is not None and self.mail.date.offset is not None
        latest = max(self.file.instants, key=lambda at: at.seconds, default=None) if self.file else None
        return latest is not None and latest.offset is not None


@dataclass(slots=True)
class Chronicle:
    """Documents by day, references left out; copies each count."""

    days: dict[str, "array[int]"] = field(default_factory=dict)
    """ISO day in the case's zone, in order; documents by `CELLS`."""
    total: int = 0
    undated: int = 0
    """Without a date, or with one that no search can ask for."""
    unzoned: int = 0
    """Dated without a zone: their clock was read as UTC, and they may be of the day before or after."""


def chronicle(zone: tzinfo) -> Chronicle:
    """Every document once."""
    found, day_of = Chronicle(), DayOf(zone)
    decode = msgspec.msgpack.Decoder(_Facts).decode
    for date, kind, level, facts in _rows():
        found.total += 1
        day = day_of(date) if date is not None else ""
        if not FIRST <= day <= LAST:
            found.undated += 1
            continue
        cells = found.days.get(day)
        if cells is None:
            cells = found.days[day] = array("I", [0]) * len(CELLS)
        cells[_PLACE.get((kind, level or ""), len(CELLS) - 1)] += 1
        found.unzoned += not decode(facts).zoned
    found.days = dict(sorted(found.days.items()))
    return found


def _rows() -> Iterator[tuple[Any, ...]]:
    rows = Reading.objects.filter(document__reference=False).order_by("pk")
    return rows.values_list("date", "kind", "document__weighing__level", "facts").iterator(2_000)
