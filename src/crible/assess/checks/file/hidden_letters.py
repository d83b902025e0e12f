"""Do account numbers or addresses in a file hold letters that cannot be seen, or of another alphabet?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.checks.mail.hidden_letters import accounts
from crible.assess.covered import Params, excerpt
from crible.assess.letters import mixed
from crible.assess.lookalike import shown
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look(reading: Reading) -> Iterator[Evidence]:
    """As for the text of a mail, and the first address that its text names with two alphabets in one word."""
    if reading.file is None:
        return
    yield from accounts(reading.text)
    for address in _addresses(reading):
        local, at, domain = address.rpartition("@")
        if word := mixed(local + at + ".".join(shown(label) for label in domain.split("."))):
            params: Params = {"name": excerpt(address), "other": excerpt(word)}
            yield Evidence(Says.QUESTIONS, "letters-mixed", params, "text", bears_on=Bears.ORIGIN)
            return


def _addresses(reading: Reading) -> Iterator[str]:
    for entity in reading.sorting.entities if reading.sorting else ():
        if entity.kind == "email" and not (entity.text.isascii() and "xn--" not in entity.text):
            yield entity.text


CHECK = Check(
    id="file.hidden-letters",
    version=2,
    question="Do account numbers or addresses in the file hold letters that cannot be seen, or of another alphabet?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="UTS #39 §5 (mixed scripts); RFC 3492; ISO 13616",
    messages=("letters-unseen-number", "letters-mixed-number", "letters-mixed"),
    innocent=("innocent-pasted", "innocent-two-alphabets"),
    look=look,
)
