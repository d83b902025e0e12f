"""Whether an export claims the very thing that was altered: the one question on which a false vouch hangs."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from crible.demo.forgeries.truth import Change, Plant
from crible.words import render

Line = Mapping[str, Any]
VOUCHED = frozenset({"proven", "partly-proven", "corroborated"})
CORE = frozenset({"from", "subject", "date"})
"""Fields that `proven` speaks of without naming them; and a reader takes `corroborated` to mean them too."""
CLOCKS = timedelta(days=1)
"""How far a limit of time may lie before the real moment: zones and queues stay under it."""
UNCLAIMABLE = frozenset({"hand", "absence"})
"""What no grade speaks of: who sat at the keyboard, and what is not there."""


def countable(plant: Plant) -> bool:
    """Whether anything was altered that a grade could claim; the rest does not count among those not vouched for."""
    return any(change.kind not in UNCLAIMABLE for change in plant.changes)


def claimed(plant: Plant, line: Line) -> str:
    """What the line claims of all that was altered, in a word or two; empty if nothing."""
    grade = line.get("grade") or {}
    if grade.get("level") not in VOUCHED:
        return ""
    return next((said for change in plant.changes if (said := _claimed(change, plant, line, grade))), "")


def _claimed(change: Change, plant: Plant, line: Line, grade: Line) -> str:
    level = grade["level"]
    match change.kind:
        case "all":
            return str(level)
        case "span":
            return f"{level}: bytes {change.start} to {change.end}" if _covers(change, plant, line, grade) else ""
        case "field":
            return f"{level}: {change.name}" if change.name in _fields(line, grade) else ""
        case "origin":
            return f"signer {change.name}" if names_signer(grade, change.name) else ""
        case "time":
            limit = (grade.get("time") or {}).get("not_after")
            return f"not after {limit}" if limit and _moment(limit) < _moment(change.name) - CLOCKS else ""
        case "truth":
            truth = grade.get("truth")
            return "" if truth is None or truth in _unexamined() else f"truth: {truth}"
        case _:
            return ""


def _covers(change: Change, plant: Plant, line: Line, grade: Line) -> bool:
    """`proven` is about the whole body; the others about their spans, and about everything where they name none."""
    if grade["level"] == "proven":
        return True
    ranges = list(_ranges(plant, _spans(line, grade)))
    return not ranges or any(start < change.end and change.start < end for start, end in ranges)


def _spans(line: Line, grade: Line) -> list[Line]:
    spans = list(grade.get("spans") or ())
    if grade["level"] == "corroborated" and not spans:
        rows = [row for row in line.get("evidence") or () if row.get("says") == "supports"]
        # One support that names no range is about the whole text.
        if all(row.get("spans") for row in rows):
            spans = [span for row in rows for span in row["spans"]]
    return spans


def _ranges(plant: Plant, spans: list[Line]) -> Iterator[tuple[int, int]]:
    """Spans as bytes of the stored mail. A part that we do not know of is taken to be all of it."""
    places = {number: (start, end) for number, start, end in plant.parts}
    for span in spans:
        part = span["part"]
        if part and not part[0].isdigit():
            continue
        first, last = places.get(part, (0, 1 << 60))
        if part in places:
            yield first + span["start"], min(last, first + span["end"])
        else:
            yield first, last


def _fields(line: Line, grade: Line) -> set[str]:
    """Fields that the answer says are unchanged, lower case."""
    found = {span["part"].lower() for span in grade.get("spans") or () if span["part"]}
    for row in line.get("evidence") or ():
        if row.get("says") == "supports":
            found |= {str(name).lower() for name in (row.get("params") or {}).get("fields") or ()}
    return found | CORE if grade["level"] in ("proven", "corroborated") or not grade.get("spans") else found


def names_signer(grade: Line, domain: str) -> bool:
    """Whether the answer names that very domain as the one that signed or handled the mail."""
    signers = " ".join(span["by"] for span in grade.get("spans") or ())
    said = f"{grade.get('content', '')} {grade.get('origin', '')} {signers}"
    # As a whole name: a look-alike may hold the real one's letters within its own.
    return re.search(rf"(?<![\w.-]){re.escape(domain)}(?![\w-]|\.\w)", said) is not None


def _unexamined() -> tuple[str, ...]:
    return tuple(render("grades", "truth-not-examined", {}, language) for language in ("en", "fr"))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
