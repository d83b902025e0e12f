"""Do account numbers in a file hold letters that cannot be seen, or of another alphabet?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.checks.mail.hidden_letters import accounts
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import Reading


def look(reading: Reading) -> Iterator[Evidence]:
    """As for the text of a mail."""
    if reading.file is not None:
        yield from accounts(reading.text)


CHECK = Check(
    id="file.hidden-letters",
    version=1,
    question="Do account numbers in the file hold letters that cannot be seen, or of another alphabet?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="UTS #39 §5 (mixed scripts); ISO 13616",
    messages=("letters-unseen-number", "letters-mixed-number"),
    innocent=("innocent-pasted",),
    look=look,
)
