"""Sets an export against the record of what was planted, and adds runs up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from crible.demo.forgeries.catalogue import SCENARIOS, TWINS, Of
from crible.demo.forgeries.claims import VOUCHED, Line, claimed, countable
from crible.demo.forgeries.detection import Remark, alarmed, detected
from crible.demo.forgeries.truth import Plant, Record


@dataclass(slots=True)
class Tally:
    """One scenario, or one kind of twin."""

    planted: int = 0
    countable: int = 0
    """Planted, and something a grade could claim was altered."""
    vouched: int = 0
    detected: int = 0
    """Of twins: left in peace."""

    def add(self, other: "Tally") -> None:
        """Take another run's in."""
        self.planted += other.planted
        self.countable += other.countable
        self.vouched += other.vouched
        self.detected += other.detected


@dataclass(frozen=True, slots=True)
class Finding:
    """One document that came out wrong, for the list below the table."""

    seed: int
    scenario: str
    """Key of the catalogue; empty for ordinary mail."""
    path: str
    why: str
    """What was claimed, or which checks questioned; never a sentence for a reader."""


@dataclass(slots=True)
class Score:
    """What came of one or more runs."""

    seeds: list[int] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    """By key of the catalogue."""
    innocents: int = 0
    alarmed: int = 0
    open_questions: int = 0
    """Innocents vouched for with an open question beside it."""
    bystanders: int = 0
    bystanders_questioned: int = 0
    files: int = 0
    """Innocent files, loose or attached."""
    files_alarmed: int = 0
    files_vouched: int = 0
    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Innocent mails by what is left to prove them with, and level."""
    cohort: int = 0
    """Innocent mails not vouched for, known only to be signed by one unknown hand."""
    plain: int = 0
    """Innocent mails that plain DKIM proves as they stand."""
    falsely: list[Finding] = field(default_factory=list)
    alarms: list[Finding] = field(default_factory=list)
    missed: list[Finding] = field(default_factory=list)
    asked: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """Documents that provoked each answer (`check:message`) that questions by more than a weak remark, and whether they
    were altered."""
    missing: list[Finding] = field(default_factory=list)
    """Planted, but in no line of the export."""

    @property
    def anchored(self) -> int:
        """Innocent mails proven, proven in part or corroborated."""
        return sum(count for (_, level), count in self.levels.items() if level in VOUCHED)

    @property
    def counted(self) -> int:
        """Alterations that a false vouch was possible for."""
        return sum(self.tallies[scenario.key].countable for scenario in SCENARIOS if scenario.key in self.tallies)

    @property
    def detectable(self) -> tuple[int, int]:
        """How many of the detectable alterations were detected, of how many."""
        return self.detectable_of("mail", "file")

    def detectable_of(self, *of: Of) -> tuple[int, int]:
        """The same of mail, or of files, alone."""
        rows = [
            self.tallies[one.key] for one in SCENARIOS if one.detectable and one.of in of and one.key in self.tallies
        ]
        return sum(row.detected for row in rows), sum(row.planted for row in rows)

    @property
    def seen(self) -> tuple[int, int]:
        """The same of all alterations of mail, those that nobody can see included."""
        rows = [self.tallies[one.key] for one in SCENARIOS if one.of == "mail" and one.key in self.tallies]
        return sum(row.detected for row in rows), sum(row.planted for row in rows)

    def add(self, other: "Score") -> None:
        """Take another run in."""
        for key, tally in other.tallies.items():
            self.tallies.setdefault(key, Tally()).add(tally)
        for name in (
            "innocents",
            "alarmed",
            "open_questions",
            "bystanders",
            "bystanders_questioned",
            "files",
            "files_alarmed",
            "files_vouched",
            "cohort",
            "plain",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.levels += other.levels
        self.asked += other.asked
        for name in ("seeds", "falsely", "alarms", "missed", "missing"):
            getattr(self, name).extend(getattr(other, name))


def score(record: Record, lines: Iterable[Line], remarks: Sequence[Remark] = ()) -> Score:
    """Compare one run. `lines` are those of the export (format 1, English), `remarks` rows with `kind` and `params`."""
    by_id = {line["id"]: line for line in lines}
    keys = [*(one.key for one in SCENARIOS), *(one.key for one in TWINS)]
    found = Score([record.seed], {key: Tally() for key in keys})
    for plant in record.plants:
        (_twin if plant.innocent else _plant)(found, plant, by_id, remarks)
    _innocents(found, record, by_id)
    _files(found, record, by_id)
    _asked(found, record, by_id)
    return found


def _asked(found: Score, record: Record, by_id: Mapping[str, Line]) -> None:
    """Count the answers that question by more than a weak remark, of altered and of untouched mail."""
    altered = {name for plant in record.plants if not plant.innocent for name in (plant.id, *plant.files)}
    untouched = {*(known.id for known in record.innocents), *record.files}
    for name in altered | untouched:
        evidence = by_id[name].get("evidence") or () if name in by_id else ()
        asked = [one for one in evidence if one["says"] == "questions" and one.get("strength") not in ("weak", "none")]
        answers = {f"{one['check']}:{one['message']}" for one in asked}
        found.asked.update((answer, name in altered) for answer in answers)


def _plant(found: Score, plant: Plant, by_id: Mapping[str, Line], remarks: Sequence[Remark]) -> None:
    scenario = next(one for one in SCENARIOS if one.key == plant.scenario)
    tally = found.tallies[plant.scenario]
    line = by_id.get(plant.id)
    files = [by_id[name] for name in plant.files if name in by_id]
    seed = found.seeds[0]
    tally.planted += 1
    tally.countable += countable(plant)
    if line is None and plant.id:
        found.missing.append(Finding(seed, plant.scenario, plant.path, ""))
    inside = next((f"file: {level}" for one in files if (level := _level(one)) in VOUCHED), "")
    said = (claimed(plant, line) if line else "") or inside
    if said:
        tally.vouched += 1
        found.falsely.append(Finding(seed, plant.scenario, plant.path, said))
    if detected(scenario, plant, line, files, remarks):
        tally.detected += 1
    elif scenario.detectable:
        found.missed.append(Finding(seed, plant.scenario, plant.path, _level(line) if line else ""))


def _twin(found: Score, plant: Plant, by_id: Mapping[str, Line], _: Sequence[Remark]) -> None:
    line = by_id.get(plant.id)
    found.tallies[plant.scenario].planted += 1
    if line is None:
        found.missing.append(Finding(found.seeds[0], plant.scenario, plant.path, ""))
    else:
        inside = [by_id[name] for name in plant.files if name in by_id]
        found.tallies[plant.scenario].detected += not any(map(alarmed, (line, *inside)))


def _innocents(found: Score, record: Record, by_id: Mapping[str, Line]) -> None:
    named = {plant.id: plant.scenario for plant in record.plants if plant.innocent}
    seed = found.seeds[0]
    for known in record.innocents:
        line = by_id.get(known.id)
        if line is None:
            found.missing.append(Finding(seed, named.get(known.id, ""), known.id, ""))
            continue
        found.innocents += 1
        found.plain += known.plain
        grade = line.get("grade") or {}
        found.levels[known.kept, _level(line)] += 1
        found.open_questions += _level(line) in VOUCHED and bool(grade.get("questions"))
        found.cohort += _level(line) not in VOUCHED and "unknown-signer" in (grade.get("badges") or ())
        if alarmed(line):
            found.alarmed += 1
            found.alarms.append(Finding(seed, named.get(known.id, ""), line["paths"][0], _questions(line)))
    for name in record.bystanders:
        line = by_id.get(name)
        found.bystanders += line is not None
        found.bystanders_questioned += line is not None and _level(line) == "questioned"
        if line is not None and _level(line) == "contradicted":
            # To doubt an untouched mail beside an altered one is right; to side with the altered one is not.
            found.alarmed += 1
            found.alarms.append(Finding(seed, "", line["paths"][0], f"bystander: {_questions(line)}"))


def _files(found: Score, record: Record, by_id: Mapping[str, Line]) -> None:
    twins = [plant for plant in record.plants if plant.innocent]
    named = {name: plant.scenario for plant in twins for name in (plant.id, *plant.files)}
    for name in record.files:
        line = by_id.get(name)
        if line is None:
            found.missing.append(Finding(found.seeds[0], named.get(name, ""), name, ""))
            continue
        found.files += 1
        found.files_vouched += _level(line) in VOUCHED
        if alarmed(line):
            found.files_alarmed += 1
            found.alarms.append(Finding(found.seeds[0], named.get(name, ""), line["paths"][0], _questions(line)))


def _level(line: Line) -> str:
    return str((line.get("grade") or {}).get("level") or "")


def _questions(line: Line) -> str:
    rows = [row for row in line.get("evidence") or () if row["says"] == "questions"]
    return ", ".join(sorted({f"{row['check']}:{row['message']}" for row in rows}))


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927); (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, count / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    whole = 1 + z * z / total
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def upper(count: int, total: int) -> float:
    """The 95 % upper bound of a rate: 3/n where none was seen (rule of three), else Wilson's."""
    return min(1.0, 3 / total) if total and not count else wilson(count, total)[1]


def predictive(sensitivity: float, false_alarms: float, base: float) -> float:
    """The share of alarms that are right where a share `base` of all mail was altered (scenario 40)."""
    right, wrong = sensitivity * base, false_alarms * (1 - base)
    return right / (right + wrong) if right + wrong else 0.0
