"""Did a later save of this PDF change what its pages say?"""

from collections.abc import Iterator, Sequence

from crible.assess import kinds
from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.examined import PdfChange, PdfExamined
from crible.model.facts import Reading

MOST = 12
"""Answers about single passages; how many more there are is said once."""
TELLING = frozenset({"number", "date", "iban", "name", "negation"})
NOTES = {"page-added": "revision-page-added", "recognised": "revision-recognised", "unseen": "revision-unseen"}
"""Of these nothing that was on a page before is otherwise now."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Passages that a later save replaced, took out or added, as they stood before and after.

    Moderate only where a figure, date, name, account or negation became another. A line more on a page is what stamps
    and page numbers are; and a file that was written anew keeps no earlier state, so that silence is no support.
    """
    found = relations.examined.pdf
    if reading.file is None or found is None:
        return
    changes = sorted(found.changes, key=_weight)
    yield from (_answer(change, found) for change in changes[:MOST])
    if len(changes) > MOST:
        yield _note("revision-more", {"count": len(changes) - MOST})
    if found.history and not changes and not found.views:
        did = sorted({what for update in found.history for what in update.did})
        yield _note("revision-calm", {"count": len(found.history), "names": did})
    if found.uncompared:
        yield _note("revision-uncompared", {"count": found.uncompared})


def _weight(change: PdfChange) -> tuple[bool, bool, int, int]:
    return not _telling(change), bool(set(change.kinds) & set(NOTES)), change.revision, change.page


def _telling(change: PdfChange) -> bool:
    return change.kinds == ("words",) and bool(TELLING & set(_sorts(change)))


def _sorts(change: PdfChange) -> tuple[str, ...]:
    """What sort of words one passage puts for another; empty where one of the two is empty."""
    if not change.before or not change.after:
        return ()
    ours, theirs = change.before.split(), change.after.split()
    start = _alike(ours, theirs)
    end = _alike(ours[start:][::-1], theirs[start:][::-1])
    ends = len(ours) - end, len(theirs) - end
    return kinds.kinds(ours[start : ends[0]], theirs[start : ends[1]], ours[:start], ours[ends[0] :])


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words the two begin with in common: context that a passage brings along."""
    least = min(len(ours), len(theirs))
    return next((n for n in range(least) if ours[n] != theirs[n]), least)


def _answer(change: PdfChange, found: PdfExamined) -> Evidence:
    params: Params = {
        "page": change.page,
        "step": change.revision,
        "of": found.revisions - 1,
        "stored": excerpt(change.before, 200),
        "written": excerpt(change.after, 200),
        "kinds": list(_sorts(change)),
    }
    where = f"revision {change.revision}, page {change.page}"
    note = next((message for kind, message in NOTES.items() if kind in change.kinds), "")
    if note:
        return Evidence(Says.UNTESTABLE, note, params, where, strength=Strength.NONE)
    strength = None if _telling(change) else Strength.WEAK
    return Evidence(Says.QUESTIONS, _message(change), params, where, strength=strength)


def _message(change: PdfChange) -> str:
    if "image" in change.kinds:
        return "revision-look"
    if "field" in change.kinds:
        return "revision-field"
    if "page-removed" in change.kinds:
        return "revision-page-removed"
    if change.before and change.after:
        return "revision-replaced"
    return "revision-removed" if change.before else "revision-added"


def _note(message: str, params: Params) -> Evidence:
    return Evidence(Says.UNTESTABLE, message, params, strength=Strength.NONE)


CHECK = Check(
    id="pdf.revisions",
    version=1,
    question="Did a later save of this PDF change what its pages say?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="ISO 32000-2 §7.5.6: an incremental update leaves the earlier state in the file",
    messages=(
        "revision-replaced",
        "revision-removed",
        "revision-added",
        "revision-look",
        "revision-field",
        "revision-page-removed",
        "revision-page-added",
        "revision-recognised",
        "revision-unseen",
        "revision-more",
        "revision-calm",
        "revision-uncompared",
    ),
    innocent=(
        "innocent-pdf-corrected",
        "innocent-pdf-stamped",
        "innocent-pdf-flattened",
        "innocent-pdf-template",
        "innocent-pdf-fields",
    ),
    needs=frozenset({"examined"}),
    group="pdf-update",
    look_around=look_around,
)
