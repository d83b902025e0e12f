"""Are the digits of a number all set in the font of the numbers around it?"""

import re
from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.paged import where
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.pdf import OddNumber

MANY = 3
"""Odd numbers of one file from which on it is a habit of its program."""
_SUM = re.compile(r"\d[\d .,'’\u00a0\u202f]*[.,]\d\d\Z")
_TAGGED = re.compile(r"[A-Z]{6}\+(.+)\Z", re.DOTALL)


def look(reading: Reading) -> Iterator[Evidence]:
    """Digits of one number in two subsets or two look-alike fonts; a lone sum of money in a second subset.

    That a font has several subsets is nothing: 10 of 656 real files have such, made by Word, LibreOffice, Quartz or by
    merging. None of them changes the subset inside a number.
    """
    pdf = reading.file.pdf if reading.file else None
    odd = pdf.odd_numbers if pdf else ()
    if len(odd) > MANY:
        return
    for number in odd:
        params: Params = {
            "name": excerpt(number.text, 40),
            "source": excerpt(number.line),
            "ours": excerpt(number.font),
            "theirs": excerpt(number.usual),
            "count": number.page,
        }
        if number.kind == "within":
            yield Evidence(Says.QUESTIONS, "pdf-font-within-number", params, where(number.page, number.box))
        else:
            strength = None if _resubset(number) else Strength.WEAK
            yield Evidence(
                Says.QUESTIONS, "pdf-font-of-number", params, where(number.page, number.box), strength=strength
            )


def _resubset(number: OddNumber) -> bool:
    """A sum of money in a second subset of the very font of the others: what an editor of finished PDFs embeds."""
    ours, theirs = _TAGGED.match(number.font), _TAGGED.match(number.usual)
    return bool(ours and theirs and ours[1] == theirs[1] and _SUM.match(number.text))


CHECK = Check(
    id="pdf.fonts",
    version=1,
    question="Are the digits of each number set in the font of the numbers around it?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="ISO 32000-2 §9.9.2 (font subsets): letters that a subset lacks come from another font",
    messages=("pdf-font-within-number", "pdf-font-of-number"),
    innocent=("innocent-pdf-numbered", "innocent-pdf-form-flattened", "innocent-pdf-font-overflow"),
    look=look,
)
