"""What sorting found, as export and desk say it; and what is left of a private document's line."""

from typing import Any

from crible.model.facts import Reading
from crible.model.sorting import Clue, Entity, Finance
from crible.words import render

WITHHELD = ("subject", "name", "class_reasons", "finance", "entities", "facts", "evidence")
"""Keys of an export line whose content a private document's line does not give."""


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
    """The line of a document on the closed shelf: it stays, so that counts hold, and its content does not."""
    evidence = [{**one, "params": {}, "fact": None, "where": "", "spans": []} for one in line["evidence"]]
    bare = {"subject": None, "name": None, "class_reasons": [], "finance": None, "entities": []}
    bare |= {"facts": None, "evidence": evidence}
    return {**line, **bare, "withheld": list(WITHHELD)}
