"""Was the mail written as this sender's mails are?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

FEWEST = 2
"""Traits that must be unusual at once: a new telephone changes one, and a list another."""
PROGRAM = frozenset({"mailer", "boundary", "message-id", "order", "charset", "encoding"})
WRITTEN = {
    "boundary": "boundary", "message-id": "Message-ID", "mailer": "X-Mailer", "order": "header order",
    "charset": "charset", "encoding": "Content-Transfer-Encoding", "offset": "Date",
}  # fmt: skip


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Weak at most, with its base rate: a person's second computer looks just like a stranger's."""
    mail, habits = reading.mail, relations.habits
    if mail is None or habits is None or not mail.senders:
        return
    sender = mail.senders[0].address.lower()
    unusual = habits.unusual(sender, mail.traits)
    odd = [name for name in unusual if name in PROGRAM]
    mails = habits.mails[sender]
    if len(odd) >= FEWEST:
        most = max(habits.often(sender, name, mail.traits[name]) for name in odd)
        params: Params = {
            "names": [WRITTEN[name] for name in odd],
            "count": mails,
            "other": f"{most}",
            "sender": excerpt(sender),
        }
        yield Evidence(Says.QUESTIONS, "habit-unusual", params, "header")
    if "offset" in unusual:
        often = habits.often(sender, "offset", mail.traits["offset"])
        params = {
            "name": _clock(mail.traits["offset"]),
            "other": f"{often}",
            "count": mails,
            "when": _clock(habits.usual(sender, "offset")),
            "sender": excerpt(sender),
        }
        yield Evidence(Says.QUESTIONS, "habit-zone", params, "Date", strength=Strength.NONE, bears_on=Bears.TIME)


def _clock(minutes: str) -> str:
    if not minutes.lstrip("-").isdigit():
        return "?"
    offset = int(minutes)
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}{abs(offset) % 60:02}"


CHECK = Check(
    id="mail.habits",
    version=1,
    question="Was the mail written as this sender's mails are?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="base rates of the corpus itself",
    messages=("habit-unusual", "habit-zone"),
    innocent=("innocent-second-computer", "innocent-secretary", "innocent-travel"),
    needs=frozenset({"habits"}),
    group="client",
    look_around=look_around,
)
