"""Do the figures of a PDF's text stand in the picture of its pages too?"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.paged import where
from crible.assess.relations import Relations
from crible.extract.figures import FIGURE
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.examined import OcrPage
from crible.model.facts import Reading

SURE = 90
"""Confidence of a recognised word that is held against the text."""
AGREE = 0.8
"""Share of the page's figures that must be found in the picture before one that is not means anything."""
FIGURES = 5
"""Figures that must be found."""
MOST, WORDS = 400, 5_000
"""Figures and words recognised on one page that are compared."""
_MARKS = re.compile(r"\D")


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Page by page, where recognition read a page that has text of its own (`PdfFacts.compare`)."""
    pdf = reading.file.pdf if reading.file else None
    if pdf is None or not pdf.compare:
        return
    recognised = relations.examined.recognised
    if recognised is None:
        params: Params = {"count": len(pdf.compare)}
        yield Evidence(
            Says.UNTESTABLE, "pdf-picture-unread", params, where(pdf.compare[0].page), strength=Strength.NONE
        )
        return
    pages = {page.number: page for page in recognised.pages}
    for figures in pdf.compare:
        if figures.page in pages:
            yield from _compared(figures.numbers, pages[figures.page])


def _compared(numbers: tuple[str, ...], page: OcrPage) -> Iterator[Evidence]:
    """A figure of the text that the picture lacks, beside one of the picture, surely read, that the text lacks."""
    written = {_digits(number): number for number in reversed(numbers)}
    ours = Counter(map(_digits, numbers))
    seen = _seen(page)
    read = {_digits(text): text for text, _ in reversed(seen)}
    theirs = Counter(_digits(text) for text, _ in seen)
    met = sum((ours & theirs).values())
    if met < FIGURES or met < AGREE * sum(ours.values()):
        return
    sure = {_digits(text) for text, confidence in seen if confidence >= SURE}
    missing = sorted(digits for digits in ours - theirs if len(digits) >= 3)
    beside = sorted(digits for digits in theirs - ours if digits in sure)
    pairs = [(one, other) for one in missing for other in beside if _near(one, other)]
    if len(pairs) == 1:
        (one, other), *_ = pairs
        params: Params = {"ours": excerpt(written[one], 40), "theirs": excerpt(read[other], 40), "count": page.number}
        yield Evidence(Says.QUESTIONS, "pdf-picture-differs", params, where(page.number))


def _seen(page: OcrPage) -> list[tuple[str, int]]:
    """Figures that were recognised, as read, with the least confidence of their words; a figure may take several."""
    starts, text = [], ""
    for word in page.words[:WORDS]:
        starts.append(len(text))
        text += f"{word.text} "
    found = []
    for match in islice(FIGURE.finditer(text), MOST):
        words = page.words[bisect_right(starts, match.start()) - 1 : bisect_right(starts, match.end() - 1)]
        found.append((match[0], min(word.confidence for word in words)))
    return found


def _digits(text: str) -> str:
    return _MARKS.sub("", text)


def _near(one: str, other: str) -> bool:
    """One digit put in, left out or exchanged: what an edit of an amount does; recognition errs so too, hence weak."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


CHECK = Check(
    id="pdf.text-against-picture",
    version=1,
    question="Do the figures of the text stand in the picture of the page too?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="ISO 32000-2 §9.3.6: an invisible text layer is searched and copied in place of the picture that is seen",
    messages=("pdf-picture-differs", "pdf-picture-unread"),
    innocent=("innocent-pdf-misread",),
    needs=frozenset({"examined"}),
    look_around=look_around,
)
