"""Sets an export of the sifted demo against what was planted: falsely vouched for, seen, left in peace."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crible.demo.planted import Plant, plant_of
from crible.words import render

Line = Mapping[str, Any]
VOUCHED = frozenset({"proven", "partly-proven", "corroborated"})
ALARMS = frozenset({"questioned", "contradicted"})
CLOCKS = timedelta(days=1)
"""How far a limit of time may lie before the real moment; zones and queues stay under it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of alteration and its innocent twins, counted."""

    kind: str
    planted: int
    vouched: int
    """Whose altered property or span the export claims as proven, partly proven or corroborated."""
    detectable: int
    """That the present checks can see."""
    detected: int
    """Questioned or contradicted."""
    twins: int
    calm: int
    """Twins neither questioned nor contradicted."""


@dataclass(frozen=True, slots=True)
class Score:
    """The whole comparison; the tuples name what went wrong."""

    tallies: tuple[Tally, ...]
    falsely_vouched: tuple[Plant, ...]
    alarmed: tuple[Plant, ...]
    """Innocent twins that were questioned or contradicted."""
    unseen: tuple[Plant, ...]
    """Detectable alterations that no check saw."""
    missing: tuple[Plant, ...]
    """In no line of the export; never counted as calm or detected."""

    @property
    def planted(self) -> int:
        """Alterations, twins not counted."""
        return sum(tally.planted for tally in self.tallies)

    def rows(self, language: str = "en") -> list[str]:
        """The table for a terminal, and the sentences that say what it shows and what it does not."""
        head = [render("cli", f"demo-column-{name}", {}, language) for name in ("kind", "planted", "seen", "twins")]
        table = [_row(head[0], head[1], head[2], head[3])]
        for tally in self.tallies:
            name = render("cli", f"demo-kind-{tally.kind}", {}, language)
            seen = f"{tally.detected}/{tally.detectable}" if tally.detectable else f"{tally.detected}/-"
            table.append(_row(name, f"{tally.vouched}/{tally.planted}", seen, f"{tally.calm}/{tally.twins}"))
        return [*table, "", *self._sentences(language)]

    def _sentences(self, language: str) -> Iterator[str]:
        planted = self.planted
        yield render("cli", "demo-columns", {}, language)
        totals: dict[str, object] = {
            "planted": planted,
            "kinds": len(self.tallies),
            "detected": sum(tally.detected for tally in self.tallies),
            "vouched": len(self.falsely_vouched),
        }
        yield render("cli", "demo-total", totals, language)
        if planted and not self.falsely_vouched:
            # Rule of three: no case in n leaves up to 3/n at 95 %.
            yield render("cli", "demo-bound", {"bound": 300 / planted}, language)
        twins = sum(tally.twins for tally in self.tallies)
        yield render("cli", "demo-twins", {"twins": twins, "alarmed": len(self.alarmed)}, language)
        yield render("cli", "demo-test-of-program", {}, language)
        for name in ("falsely_vouched", "alarmed", "unseen", "missing"):
            for plant in getattr(self, name):
                said = {"kind": plant.kind, "case": plant.case, "path": plant.path}
                yield render("cli", f"demo-{name.replace('_', '-')}", said, language)


def score(planted: Iterable[Plant | Mapping[str, Any]], lines: Iterable[Line]) -> Score:
    """Compare. `planted` are plants or the rows of `planted.json`, `lines` the export's (format 1).

    A plant is found by its id, else by its path, else by its Message-ID where only one line bears it.
    """
    plants = [item if isinstance(item, Plant) else plant_of(item) for item in planted]
    found = _find(plants, lines)

    def named(wrong: Callable[[Plant, Line], bool]) -> tuple[Plant, ...]:
        return tuple(plant for plant in plants if (line := found.get(plant)) is not None and wrong(plant, line))

    kinds = dict.fromkeys(plant.kind for plant in plants)
    return Score(
        tuple(_tally(kind, [plant for plant in plants if plant.kind == kind], found) for kind in kinds),
        named(lambda plant, line: not plant.innocent and claims(plant, line)),
        named(lambda plant, line: plant.innocent and alarmed(line)),
        named(lambda plant, line: plant.detectable and not alarmed(line)),
        tuple(plant for plant in plants if plant not in found),
    )


def alarmed(line: Line) -> bool:
    """Whether a document is questioned or contradicted, or carries an open question beside its proof."""
    grade = line.get("grade") or {}
    return grade.get("level") in ALARMS or bool(grade.get("questions"))


def claims(plant: Plant, line: Line) -> bool:
    """Whether the line claims the very property or span that was altered."""
    grade = line.get("grade") or {}
    if grade.get("level") not in VOUCHED:
        return False
    match plant.altered:
        case "origin":
            return _names_signer(grade, plant.impersonates)
        case "time":
            return _sets_limit(grade, plant.really_at)
        case "content" if not plant.spans:
            return True
        case "content":
            return _covers(grade, plant.spans)
        case field:
            return _covers(grade, ((field, 0, 1 << 30),))


def _covers(grade: Line, altered: Iterable[tuple[str, int, int]]) -> bool:
    spans = grade.get("spans") or ()
    if grade["level"] != "partly-proven" or not spans:
        # No spans named: the answer reads as one about the whole document.
        return True
    return any(
        span["part"].lower() == part and span["start"] < end and start < span["end"]
        for span in spans
        for part, start, end in altered
    )


def _names_signer(grade: Line, domain: str) -> bool:
    signers = {span["by"] for span in grade.get("spans") or ()}
    said = f"{grade.get('content', '')} {grade.get('origin', '')} {' '.join(signers)}"
    # As a whole name: a look-alike may hold the real one's letters within its own.
    return re.search(rf"(?<![\w-]){re.escape(domain)}(?![\w-]|\.\w)", said) is not None


def _sets_limit(grade: Line, really_at: str) -> bool:
    limit = (grade.get("time") or {}).get("not_after")
    return limit is not None and _moment(limit) < _moment(really_at) - CLOCKS


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _find(plants: Iterable[Plant], lines: Iterable[Line]) -> dict[Plant, Line]:
    by_place: dict[str, Line] = {}
    by_message: dict[str, list[Line]] = {}
    for line in lines:
        by_place |= dict.fromkeys((line["id"], *line.get("paths", ())), line)
        by_message.setdefault(line.get("message_id") or "", []).append(line)
    found: dict[Plant, Line] = {}
    for plant in plants:
        # A Message-ID that several lines share would find the untouched copy as readily as the altered one.
        same = by_message.get(plant.message_id, []) if plant.message_id else []
        hit = by_place.get(plant.id) or by_place.get(plant.path) or (same[0] if len(same) == 1 else None)
        if hit is not None:
            found[plant] = hit
    return found


def _tally(kind: str, plants: Iterable[Plant], found: Mapping[Plant, Line]) -> Tally:
    hits = [(plant, found[plant]) for plant in plants if plant in found]
    altered = [(plant, line) for plant, line in hits if not plant.innocent]
    twins = [(plant, line) for plant, line in hits if plant.innocent]
    return Tally(
        kind,
        planted=len(altered),
        vouched=sum(claims(plant, line) for plant, line in altered),
        detectable=sum(plant.detectable for plant, _ in altered),
        detected=sum(alarmed(line) for _, line in altered),
        twins=len(twins),
        calm=sum(not alarmed(line) for _, line in twins),
    )


def _row(name: str, planted: str, seen: str, twins: str) -> str:
    return f"{name:<56}{planted:>8}{seen:>8}{twins:>8}"
