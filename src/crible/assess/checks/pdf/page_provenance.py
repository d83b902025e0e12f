"""Were all pages of a PDF made in one way?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.assess.paged import numbered, where
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.pdf import PdfFacts, PdfPages

PAGES = 4
"""Fewer pages have no usual way."""
MOSTLY = 0.8
"""Share of the pages that are made alike before another is a stranger."""


def look(reading: Reading) -> Iterator[Evidence]:
    """One page, or two, of another kind than nearly all others: scanned or not, scanner's settings, fonts."""
    pdf = reading.file.pdf if reading.file else None
    if pdf is not None:
        yield from _pictures(pdf.page_kinds)
        yield from _fonts(pdf)


def _pictures(kinds: tuple[PdfPages, ...]) -> Iterator[Evidence]:
    total = sum(len(kind.pages) for kind in kinds)
    if total < PAGES or len(kinds) < 2 or len(kinds[0].pages) < MOSTLY * total:
        return
    usual = kinds[0]
    for kind in sorted(kinds[1:], key=lambda kind: kind.pages):
        message, strength = _differs(kind, usual)
        if len(kind.pages) <= 2 and message:
            params: Params = {
                "name": numbered(kind.pages),
                "ours": _made(kind),
                "theirs": _made(usual),
                "count": len(usual.pages),
            }
            says = Says.UNTESTABLE if strength is Strength.NONE else Says.QUESTIONS
            yield Evidence(says, message, params, where(kind.pages[0]), strength=strength)


def _fonts(pdf: PdfFacts) -> Iterator[Evidence]:
    """A page put in from another file in the same fonts has these embedded a second time."""
    for page in pdf.strangers:
        params: Params = {"name": page}
        if page in pdf.reset:
            yield Evidence(Says.QUESTIONS, "pdf-page-reset", params, where(page))
        else:
            yield Evidence(Says.UNTESTABLE, "pdf-page-other-fonts", params, where(page), strength=Strength.NONE)


def _differs(kind: PdfPages, usual: PdfPages) -> tuple[str, Strength]:
    if bool(kind.picture) != bool(usual.picture):
        return ("pdf-page-typed" if usual.picture else "pdf-page-scanned"), Strength.NONE
    if not kind.picture:
        return "", Strength.NONE
    # A scanner chooses the filter page by page (colour or not); resolution and quality it is set to once.
    alike = kind.picture == usual.picture
    if alike and kind.tables == usual.tables and abs(kind.dpi - usual.dpi) <= 2:
        return "", Strength.NONE
    return "pdf-page-other-scan", Strength.WEAK if alike else Strength.NONE


def _made(kind: PdfPages) -> str:
    size = f"{kind.width}x{kind.height} mm"
    return f"{size}, {kind.dpi} dpi, {kind.picture} {kind.tables}".strip() if kind.picture else size


CHECK = Check(
    id="pdf.page-provenance",
    version=1,
    question="Were all pages of the PDF made in one way?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="ISO 32000-2 §14.11.2 (page boundaries), §8.9.5 (images); ITU-T T.81 §B.2.4.1 (quantisation tables); "
    "ISO 32000-2 §9.9.2 (font subsets)",
    messages=("pdf-page-typed", "pdf-page-scanned", "pdf-page-other-scan", "pdf-page-other-fonts", "pdf-page-reset"),
    innocent=("innocent-pdf-merged", "innocent-pdf-annex"),
    look=look,
)
