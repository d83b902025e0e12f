"""What sorting found, as export and desk say it; and what is left of a private document's line."""

import re
from typing import Any

from crible.model.facts import Reading
from crible.model.sorting import Clue, Entity, Finance
from crible.words import render

KEPT = frozenset(
    {
        "format", "id", "wire", "kind", "family", "size", "mime", "status", "reason", "container", "message_id", "from",
        "to", "cc", "date", "language", "class", "attachments", "parents", "thread", "grade", "silent", "reference",
        "private", "private_reasons", "withheld",
    }
)  # fmt: skip
"""Keys that the line of a private document gives. A list of those left out would let each new key through."""
_SIGNATURE = re.compile(r"(X-Google-)?DKIM-Signature\[\d+\]|ARC-(Seal|Message-Signature)\[\d+\]")
"""Which signature is spoken of: a number, and no word of the mail."""
_PART = re.compile(r"([\d.]+)~")
"""A part of a mail in a path: its number, then the name of its file."""
LEFT_OUT = "…"


def sorting_line(reading: Reading | None, language: str) -> dict[str, Any]:
    """Keys `class`, `class_reasons`, `finance` and `entities` of an export line."""
    sorting = reading.sorting if reading else None
    if sorting is None:
        return {"class": None, "class_reasons": [], "finance": None, "entities": []}
    return {
        "class": sorting.name or None,
        "class_reasons": [clue_sentence(clue, language) for clue in sorting.clues],
        "finance": finance_line(sorting.finance, language) if sorting.finance else None,
        "entities": [_entity(entity) for entity in sorting.entities],
    }


def clue_sentence(clue: Clue, language: str) -> str:
    """A clue in words."""
    return render("classes", clue.key, {"text": clue.text}, language)


def class_word(name: str, language: str) -> str:
    """What a class is called; `no class` for none."""
    return render("classes", f"class-{name or 'none'}", {}, language)


def finance_line(paper: Finance, language: str) -> dict[str, Any]:
    """What a financial paper says of itself; empty strings become null."""
    said = {
        name: getattr(paper, name) or None
        for name in ("stance", "number", "issuer", "recipient", "date", "due", "net", "vat", "total", "currency")
    }
    sums = [{"value": one.value, "currency": one.currency or None, "label": one.label or None} for one in paper.amounts]
    return {
        **said,
        "amounts": sums,
        "companies": list(paper.companies),
        "faults": [clue_sentence(fault, language) for fault in paper.faults],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    """Personal data is counted, not given: whoever needs the number opens the document."""
    text = None if entity.private else entity.text
    return {"kind": entity.kind, "text": text, "count": entity.count, "private": entity.private}


def withheld(line: dict[str, Any]) -> dict[str, Any]:
    """The line of a document on the closed shelf: it stays, so that counts hold, and its content does not.

    Of paths the names of attachments go, and of whatever lies in them, while part numbers stay; of evidence who says
    what how strongly stays.
    """
    evidence = [_wordless(one) for one in line["evidence"]]
    shown = {key: value if key in KEPT else [] if isinstance(value, list) else None for key, value in line.items()}
    paths = [bare_path(path) for path in line["paths"]]
    left_out = sorted(key for key in line if key not in KEPT)
    return {**shown, "paths": paths, "evidence": evidence, "withheld": left_out}


def discreet(line: dict[str, Any], shelf: frozenset[str]) -> dict[str, Any]:
    """The line of any other document; evidence that rests on one of `shelf` quotes it, and is without words."""
    if not any(shelf.intersection(one["refs"]) for one in line["evidence"]):
        return line
    evidence = [_wordless(one) if shelf.intersection(one["refs"]) else one for one in line["evidence"]]
    return {**line, "evidence": evidence}


def _wordless(evidence: dict[str, Any]) -> dict[str, Any]:
    where = evidence["where"] if _SIGNATURE.fullmatch(evidence["where"]) else ""
    return {**evidence, "params": {}, "fact": None, "where": where, "spans": []}


def mail_of(path: str) -> str:
    """The path of the mail of which a path names a part; empty where it names none."""
    steps = path.split("/")
    return "/".join(steps[: next((at for at, step in enumerate(steps) if _PART.match(step)), 0)])


def bare_path(path: str) -> str:
    """The path down to the first file of a mail; below it the numbers of parts alone."""
    steps = path.split("/")
    found = [_PART.match(step) for step in steps]
    first = next((at for at, part in enumerate(found) if part), len(steps))
    return "/".join([*steps[:first], *(part[1] if part else LEFT_OUT for part in found[first:])])
