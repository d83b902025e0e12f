"""Do the sums, check digits and days of the week of a financial paper agree?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

STRENGTHS = {"fault-sum": Strength.MODERATE, "fault-weekday": Strength.WEAK, "fault-iban": Strength.WEAK,
             "fault-company": Strength.WEAK, "fault-vat": Strength.WEAK}  # fmt: skip
"""A total that its own net and VAT do not make is moderate: programs add correctly. Digits are typed, and specimens and
masked copies bear numbers that are nobody's, so these are weak."""
ANSWERS = {"fault-sum": "sums-differ", "fault-iban": "account-digits", "fault-company": "company-digits",
           "fault-vat": "vat-digits", "fault-weekday": "weekday-other"}  # fmt: skip


def look(reading: Reading) -> Iterator[Evidence]:
    """One answer for each fault that sorting met; none in mail, where sums of several papers stand together."""
    paper = reading.sorting.finance if reading.sorting and reading.mail is None else None
    for fault in paper.faults if paper else ():
        if fault.key in ANSWERS:
            params: Params = {"written": excerpt(fault.text)}
            yield Evidence(Says.QUESTIONS, ANSWERS[fault.key], params, "text", strength=STRENGTHS[fault.key])


CHECK = Check(
    id="file.arithmetic",
    version=1,
    question="Do the sums, check digits and days of the week of a financial paper agree?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="ISO 7064 mod 97-10; ISO/IEC 7812-1 Annex B; Directive 2006/112/EC art. 226",
    messages=tuple(ANSWERS.values()),
    innocent=("innocent-typed", "innocent-specimen", "innocent-rounded"),
    look=look,
)
