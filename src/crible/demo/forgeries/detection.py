"""Whether an export gives one of the answers that count as detecting an alteration."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crible.demo.forgeries.catalogue import Answer, Scenario
from crible.demo.forgeries.claims import VOUCHED, Line, claimed, names_signer
from crible.demo.forgeries.truth import Plant

ALARMS = frozenset({"questioned", "contradicted"})
BORDERS = ("repair", "tail-", "copy-only-added", "dkim-pass-prefix")
"""How the messages begin that name a border or a change."""
KEYS = frozenset({"dkim-key-mismatch", "key-conflict"})
SIGNERS = frozenset({"handled-by", "dkim-pass", "dkim-pass-part", "dkim-pass-prefix"})
Remark = Mapping[str, Any]


def alarmed(line: Line) -> bool:
    """Questioned or contradicted."""
    return (line.get("grade") or {}).get("level") in ALARMS


def detected(
    scenario: Scenario, plant: Plant, line: Line | None, files: Sequence[Line], remarks: Sequence[Remark]
) -> bool:
    """Whether any of the scenario's answers was given: of the mail, of an altered file inside, or of the box."""
    return any(_given(answer, plant, line, files, remarks) for answer in scenario.answers)


def _given(answer: Answer, plant: Plant, line: Line | None, files: Sequence[Line], remarks: Sequence[Remark]) -> bool:
    if answer is Answer.ABSENCE:
        return _absent(plant, remarks)
    if line is None:
        return False
    grade = line.get("grade") or {}
    badges = grade.get("badges") or ()
    match answer:
        case Answer.QUESTION | Answer.TRACE:
            return any(_asked(one, weakly=answer is Answer.TRACE) for one in (line, *files))
        case Answer.NAMED:
            return grade.get("level") == "partly-proven" and not claimed(plant, line) and _named(plant, line)
        case Answer.KEY:
            return "two-keys" in badges or bool(KEYS & _messages(line))
        case Answer.SHORT_KEY | Answer.PUBLISHED_KEY | Answer.OTHER_HANDS:
            return answer.value in badges
        case Answer.UNSIGNED_FIELD:
            return any(change.name in _unsigned(line) for change in plant.changes if change.kind == "field")
        case Answer.SIGNER:
            return _signer(plant, line, grade)
        case Answer.HANDLED:
            return bool(grade or line.get("reason"))


def _asked(line: Line, *, weakly: bool) -> bool:
    if weakly:
        return any(row["says"] == "questions" for row in line.get("evidence") or ())
    return alarmed(line) or bool((line.get("grade") or {}).get("questions"))


def _absent(plant: Plant, remarks: Sequence[Remark]) -> bool:
    name = plant.message_id.strip("<>")
    return any(row["kind"] == "absence" and name in json.dumps(row["params"]) for row in remarks)


def _named(plant: Plant, line: Line) -> bool:
    """An answer about a border or a change; where a field was altered, one that speaks of that field."""
    rows = [row for row in line.get("evidence") or () if row["message"].startswith(BORDERS)]
    fields = [change.name for change in plant.changes if change.kind == "field"]
    return any(not fields or any(name in json.dumps(row).lower() for name in fields) for row in rows)


def _unsigned(line: Line) -> set[str]:
    rows = [row for row in line.get("evidence") or () if row["message"] == "unsigned-fields"]
    return {str(name).lower() for row in rows for name in (row.get("params") or {}).get("fields") or ()}


def _signer(plant: Plant, line: Line, grade: Line) -> bool:
    """Vouched for in the name of who did sign, and not of who is imitated."""
    imitated = [change.name for change in plant.changes if change.kind == "origin"]
    if grade.get("level") not in VOUCHED or any(names_signer(grade, domain) for domain in imitated):
        return False
    rows = [row for row in line.get("evidence") or () if row["message"] in SIGNERS]
    return any((row.get("params") or {}).get("domain") not in (None, "", *imitated) for row in rows)


def _messages(line: Line) -> set[str]:
    return {row["message"] for row in line.get("evidence") or ()}
