"""Everything that people did, as lines for other programs: the log, and the marks as they stand."""

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TextIO

from crible.review.audit import HASHED
from crible.review.deciding import counts
from crible.review.models import Assignment, Decision, Entry, Note, Seen, Star, State, Tagging

COLUMNS = (
    "kind", "document", "value", "by", "at", "text", "passage", "start", "two", "second", "agrees", "second_reason",
    "counts", "withheld",
)  # fmt: skip
LOG_COLUMNS = (*HASHED, "hash")
FORMS = ("jsonl", "csv")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula when a cell begins with it."""


def log(case: str) -> Iterator[dict[str, Any]]:
    """Every line with all that its hash is over, in order, and the hash: what `audit.digest` says can be recomputed."""
    for entry in Entry.objects.filter(case=case).order_by("number").iterator():
        yield {name: getattr(entry, name) for name in LOG_COLUMNS}


def marks(case: str, closed: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """Every mark as it stands, by kind. Of documents that are `closed`, the words of notes and reasons are withheld."""
    yield from _rows(State, case, lambda one: {"kind": "state", "value": one.state})
    yield from _rows(Tagging, case, lambda one: {"kind": "tag", "value": one.tag.name}, "tag")
    yield from _rows(Star, case, lambda _: {"kind": "star"})
    yield from _rows(Assignment, case, lambda one: {"kind": "assigned", "value": one.to.name}, "to")
    for line in _rows(Note, case, _note, removed=None):
        yield line | ({"text": "", "passage": "", "withheld": True} if line["document"] in closed else {})
    for line in _rows(Decision, case, _decision, "second", replaced=None):
        yield line | ({"text": "", "second_reason": "", "withheld": True} if line["document"] in closed else {})
    yield from _rows(Seen, case, lambda one: {"kind": "seen", "value": one.last.isoformat()})


def noted(case: str) -> list[str]:
    """Documents of which an export would tell the words of notes or of reasons."""
    notes = Note.objects.filter(case=case, removed=None).values_list("document", flat=True)
    return sorted({*notes, *Decision.objects.filter(case=case, replaced=None).values_list("document", flat=True)})


def write(file: TextIO, lines: Iterable[Mapping[str, Any]], form: str, columns: Iterable[str] = COLUMNS) -> int:
    """As `jsonl` (a log's lines with sorted keys), or as `csv`; how many lines."""
    count = 0
    writer = csv.writer(file) if form == "csv" else None
    columns = tuple(columns)
    if writer:
        writer.writerow(columns)
    for count, one in enumerate(lines, 1):  # noqa: B007  the last is what is returned
        if writer:
            writer.writerow(_cell(one.get(name)) for name in columns)
        else:
            file.write(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n")
    return count


def _rows(model: Any, case: str, told: Any, *related: str, **wanted: Any) -> Iterator[dict[str, Any]]:
    found = model.objects.filter(case=case, **wanted).select_related("by", *related).order_by("pk")
    for one in found.iterator(chunk_size=2_000):
        yield {"document": one.document, "by": one.by.name, "at": one.at.isoformat(), **told(one)}


def _note(one: Note) -> dict[str, Any]:
    return {"kind": "note", "text": one.text, "passage": one.passage, "start": one.start}


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "kind": "decision",
        "value": one.decision,
        "text": one.reason,
        "two": one.two,
        "second": one.second.name if one.second else None,
        "agrees": one.agrees,
        "second_reason": one.second_reason,
        "counts": counts(one),
    }


def _cell(value: object) -> object:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "'" + value if isinstance(value, str) and value.startswith(_RISKY) else value
