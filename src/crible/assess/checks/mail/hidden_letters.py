"""Do addresses or account numbers hold letters that cannot be seen, or of two alphabets in one word?"""

from collections.abc import Iterator
from itertools import islice

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.letters import UNSEEN, mixed, numbers
from crible.assess.lookalike import shown
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import MailFacts, Reading

MOST = 50
"""Mailboxes of one field that are looked at."""
NUMBERS = 5


def look(reading: Reading) -> Iterator[Evidence]:
    """The first address of each kind, and up to five account numbers of the text."""
    if reading.mail is None:
        return
    yield from _addresses(reading.mail)
    yield from accounts(reading.text)


def accounts(text: str) -> Iterator[Evidence]:
    """What is odd about the account numbers of a text; the checks of mails and of files share it."""
    for number, unseen in islice(numbers(text), NUMBERS):
        params: Params = {"name": excerpt(number)}
        strength = Strength.WEAK if unseen else Strength.MODERATE
        message = "letters-unseen-number" if unseen else "letters-mixed-number"
        yield Evidence(Says.QUESTIONS, message, params, "text", strength=strength, bears_on=Bears.CONTENT)


def _addresses(mail: MailFacts) -> Iterator[Evidence]:
    fields = (
        ("From", mail.senders),
        ("Reply-To", mail.reply_to),
        ("Sender", mail.sender),
        ("To", mail.to),
        ("Cc", mail.cc),
    )
    for field, boxes in fields:
        for box in boxes[:MOST]:
            text = box.address if "@" not in box.name else f"{box.address} {box.name}"
            if text.isascii() and "xn--" not in text:
                continue
            if unseen := UNSEEN.search(text):
                params: Params = {"name": excerpt(text), "kinds": [f"U+{ord(unseen[0]):04X}"]}
                yield Evidence(Says.QUESTIONS, "letters-unseen", params, field)
                return
            if word := mixed(_decoded(text)):
                yield Evidence(Says.QUESTIONS, "letters-mixed", {"name": excerpt(text), "other": excerpt(word)}, field)
                return


def _decoded(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return local + at + ".".join(shown(label) for label in domain[:255].split("."))


CHECK = Check(
    id="mail.hidden-letters",
    version=1,
    question="Do addresses or account numbers hold letters that cannot be seen, or of two alphabets in one word?",
    bears_on=Bears.ORIGIN,
    strength=Strength.MODERATE,
    source="UTS #39 §5 (mixed scripts); RFC 3492; ISO 13616",
    messages=("letters-unseen", "letters-mixed", "letters-unseen-number", "letters-mixed-number"),
    innocent=("innocent-pasted", "innocent-two-alphabets"),
    look=look,
)
