"""Do the Received fields follow one another in time, and do the ids inside them say the same time?"""

from collections.abc import Iterator
from itertools import pairwise

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.dated import DAY, HOUR
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Hop, MailFacts, Reading

GROUP = "received"
TURNED = DAY
"""How far a server may say it had the mail before the one that handed it over: 27,057 s is the most in 31,916 mails."""
WEAKLY = 12 * HOUR
"""From here on a question of weak strength: a zone written wrong."""
OWN = 2 * HOUR
"""How far a server's id may lie from the time on its line: 440 s is the most in 14,829 lines of Exim and Google."""


def look(reading: Reading) -> Iterator[Evidence]:
    """The worst turn in the order, and the first line whose id contradicts its time."""
    if reading.mail and len(reading.mail.hops) > 0:
        yield from _turned(reading.mail.hops)
        yield from _own_time(reading.mail)


def _turned(hops: tuple[Hop, ...]) -> Iterator[Evidence]:
    timed = [(n, hop.seconds) for n, hop in enumerate(hops) if hop.seconds is not None]
    turns = ((below[1] - above[1], above, below) for above, below in pairwise(timed))
    worst, above, below = max(turns, default=(0.0, (0, 0.0), (0, 0.0)))
    if worst <= WEAKLY:
        return
    params: Params = {
        "name": f"Received[{above[0]}]",
        "other": f"Received[{below[0]}]",
        "when": moment(int(above[1])),
        "written": moment(int(below[1])),
        "count": int(worst // HOUR),
    }
    strength = Strength.MODERATE if worst > TURNED else Strength.WEAK
    yield Evidence(Says.QUESTIONS, "received-turned", params, f"Received[{above[0]}]", strength=strength)


def _own_time(mail: MailFacts) -> Iterator[Evidence]:
    for stamp in mail.stamps:
        if not stamp.where.startswith("Received["):
            continue
        at = int(stamp.where[9:-1])
        said = mail.hops[at].seconds if at < len(mail.hops) else None
        if said is not None and abs(said - stamp.seconds) > OWN + stamp.within:
            params: Params = {
                "name": stamp.where,
                "other": excerpt(stamp.text),
                "when": moment(int(stamp.seconds)),
                "written": moment(int(said)),
                "count": int(abs(said - stamp.seconds) // HOUR),
            }
            yield Evidence(Says.QUESTIONS, "received-id-time", params, stamp.where)
            return


CHECK = Check(
    id="mail.received-order",
    version=1,
    question="Do the servers that handed the mail on say so in the order of time?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="RFC 5321 §4.4; ids of Exim and Google measured on public mail",
    messages=("received-turned", "received-id-time"),
    innocent=("innocent-wrong-clock", "innocent-wrong-zone", "innocent-export-rewrites"),
    group=GROUP,
    look=look,
)
