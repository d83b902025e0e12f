"""Does this signed PDF show what it showed when it was signed, and was nothing laid ready under its surface?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.examined import PdfView
from crible.model.facts import Reading

MESSAGES = {
    "revealed": "shadow-revealed",
    "content": "shadow-content",
    "field-removed": "shadow-field-removed",
    "note-covers": "shadow-note-covers",
    "words-covered": "shadow-words-covered",
    "fields-overlap": "shadow-fields-overlap",
    "look": "shadow-look",
    "field-swapped": "shadow-field-swapped",
    "seal-covers": "shadow-seal-covers",
}
WEAK = frozenset({"look", "field-swapped", "seal-covers"})
"""A program that draws fields anew, a form that counts up, a seal set on a printed line: these come about by use."""
NOTHING = "∅"


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Each place that looks otherwise, or holds words under something, with what was seen before and is seen now."""
    found = relations.examined.pdf
    if reading.file is None or found is None:
        return
    certified = any(one.allows for one in found.signatures)  # the "sneaky signature" sets its seal on a certified page
    for view in sorted(found.views, key=lambda one: (one.key in WEAK, one.page)):
        if view.key in MESSAGES:
            strength = Strength.WEAK if view.key in WEAK and not (certified and view.before) else None
            where = f"page {view.page}"
            yield Evidence(Says.QUESTIONS, MESSAGES[view.key], _params(view), where, strength=strength)


def _params(view: PdfView) -> Params:
    return {
        "page": view.page,
        "stored": excerpt(view.before, 200) or NOTHING,
        "written": excerpt(view.after, 200) or NOTHING,
        "field": excerpt(view.field) or "?",
    }


CHECK = Check(
    id="pdf.shadow",
    version=1,
    question="Does this signed PDF show what it showed when it was signed, with nothing laid ready under its surface?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="Mainka, Mladenov, Rohlmann: Shadow Attacks (NDSS 2021); Attacks on Certified PDFs (IEEE S&P 2021)",
    messages=tuple(MESSAGES.values()),
    innocent=(
        "innocent-pdf-covered-before",
        "innocent-pdf-flattened",
        "innocent-pdf-drawn-anew",
        "innocent-pdf-fields",
    ),
    needs=frozenset({"examined"}),
    group="pdf-update",
    look_around=look_around,
)
