"""Does an invoice's number follow the dates of its issuer's other invoices?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer; only where the series is in order but for this invoice.

    Two papers under one number are another check's (`corpus.same-number`).
    """
    found = relations.sequence
    if found is None or reading.mail is not None:
        return
    message = "sequence-earlier" if found.earlier else "sequence-later"
    params: Params = {
        "number": excerpt(found.number),
        "other": excerpt(found.other.number),
        "count": found.days,
        "of": found.of,
    }
    yield Evidence(Says.QUESTIONS, message, params, "text", refs=(found.other.id,))


CHECK = Check(
    id="corpus.invoice-sequence",
    version=1,
    question="Does the invoice's number follow the dates of its issuer's other invoices?",
    bears_on=Bears.TIME,
    strength=Strength.WEAK,
    source="Directive 2006/112/EC art. 226 (1, 2): date of issue and a sequential number",
    messages=("sequence-earlier", "sequence-later"),
    innocent=("innocent-dated-when-sent", "innocent-number-reserved", "innocent-number-misread"),
    needs=frozenset({"sequence"}),
    look_around=look_around,
)
