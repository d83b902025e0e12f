"""Everything, one line a document, sorted by id: the contract that other programs rely on (format 1)."""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

import msgspec

from crible.assess.sentences import render_evidence, render_said
from crible.model.evidence import Weighed
from crible.model.facts import Mailbox
from crible.model.grade import Grade
from crible.sift.dossier import Dossier, everything
from crible.sift.said import facts_line
from crible.sift.sorted import discreet, sorting_line, withheld
from crible.store.models import Weighing
from crible.words import render

FORMAT = 1
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls and marks of direction: what a terminal obeys, and what turns a line round."""
_FORMULA = tuple("=+-@＝＋－＠")
"""What a cell starts with that a spreadsheet computes (OWASP, CSV injection), full width too."""
COLUMNS = ("id", "kind", "paths", "status", "reason", "mime", "date", "from", "to", "subject", "name", "language",
           "attachments", "level", "questions", "badges", "family", "thread")  # fmt: skip


def lines(language: str = "en") -> Iterator[dict[str, Any]]:
    """Every document of the case as a line of the export; what looks private is counted, and its content withheld."""
    private = Weighing.objects.filter(private=True).values_list("document__sha256", flat=True)
    shelf = frozenset(bytes(sha256).hex() for sha256 in private.iterator())
    for dossier in everything():
        one = line(dossier, language)
        yield withheld(one) if dossier.private else discreet(one, shelf)


def write(file: TextIO, form: str, language: str = "en") -> int:
    """Write the export as `jsonl` or `csv`; how many lines."""
    count = 0
    if form == "csv":
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for count, one in enumerate(lines(language), 1):  # noqa: B007
            writer.writerow([_cell(_flat(one).get(column)) for column in COLUMNS])
        return count
    for count, one in enumerate(lines(language), 1):  # noqa: B007
        text = json.dumps(one, ensure_ascii=False, separators=(", ", ": "))
        # Strings are the only place where these can stand, so the line stays the same value.
        file.write(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
    return count


def line(dossier: Dossier, language: str = "en") -> dict[str, Any]:
    """One document's line. Keys may be added, never renamed."""
    reading = dossier.reading
    mail = reading.mail if reading else None
    return {
        "format": FORMAT,
        "id": dossier.id,
        "wire": reading.wire.hex() if reading else dossier.id,
        "kind": dossier.kind,
        "family": dossier.family,
        "paths": list(dossier.paths),
        "size": dossier.size,
        "mime": reading.mime if reading else None,
        "status": dossier.status,
        "reason": _reason(dossier, language),
        "container": dossier.container or None,
        "message_id": mail.message_id if mail else None,
        "subject": mail.subject if mail else None,
        "from": _people(mail.senders)[0] if mail and mail.senders else None,
        "to": _people(mail.to) if mail else [],
        "cc": _people(mail.cc) if mail else [],
        "date": reading.dated.iso() if reading and reading.dated else None,
        "name": None if mail else dossier.name,
        "language": reading.language if reading else None,
        **sorting_line(reading, language),
        "facts": facts_line(reading.file) if reading and reading.file else None,
        "attachments": [member.id for member in dossier.members],
        "parents": list(dossier.parents),
        "thread": dossier.thread or None,
        "grade": grade_line(dossier.grade, language) if dossier.grade else None,
        "evidence": [evidence_line(weighed, language) for weighed in dossier.weighed],
        "silent": list(dossier.silent),
        "reference": dossier.reference,
        "private": bool(dossier.private),
        "private_reasons": [render("classes", key, {}, language) for key in dossier.private],
        "withheld": [],
    }


def grade_line(grade: Grade, language: str) -> dict[str, Any]:
    """The answer for one document."""
    return {
        "level": grade.level,
        "content": render_said(grade.content, language),
        "origin": render_said(grade.origin, language),
        "delivery": render_said(grade.delivery, language),
        "truth": render("grades", "truth-not-examined", {}, language),
        "time": {"not_before": grade.not_before, "not_after": grade.not_after},
        "questions": grade.questions,
        "badges": list(grade.badges),
        "spans": msgspec.to_builtins(grade.spans),
        "limits": [render_said(limit, language) for limit in grade.limits],
    }


def evidence_line(weighed: Weighed, language: str) -> dict[str, Any]:
    """One reason: its key and parameters, and the sentence they make."""
    said = weighed.evidence
    return {
        "check": weighed.check,
        "version": weighed.version,
        "says": said.says,
        "strength": weighed.strength,
        "bears_on": weighed.bears_on,
        "message": said.message,
        "params": said.params,
        "fact": render_evidence(said, language),
        "where": said.where,
        "refs": list(said.refs),
        "spans": msgspec.to_builtins(said.spans),
    }


def _reason(dossier: Dossier, language: str) -> dict[str, Any] | None:
    if dossier.reason is None:
        return None
    code, params = str(dossier.reason["code"]), dossier.reason["params"]
    sentence = render("ledger", code, params if isinstance(params, dict) else {}, language)
    return {"code": code, "params": params, "sentence": sentence}


def _people(mailboxes: tuple[Mailbox, ...]) -> list[str]:
    return [f"{one.name} <{one.address}>" if one.name else one.address for one in mailboxes]


def _flat(one: dict[str, Any]) -> dict[str, Any]:
    grade = one["grade"] or {}
    return {**one, **{key: grade.get(key) for key in ("level", "questions", "badges")},
            "reason": (one["reason"] or {}).get("sentence")}  # fmt: skip


def _cell(value: object) -> str:
    """A spreadsheet must show what a document says, never run it: no cell starts as a formula or steers a terminal."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    text = _STEERING.sub("\ufffd", text)
    return "'" + text if text.lstrip("\ufffd \n")[:1] in _FORMULA else text
