"""Does the mail lie in its box where its Date puts it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.dated import DAY, GROUP
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note of weak weight: whoever adds a mail to a box mostly adds it at the end."""
    mail, place = reading.mail, relations.place
    if mail is None or mail.date is None or place is None:
        return
    params: Params = {
        "written": excerpt(mail.date.raw) or mail.date.iso(),
        "name": excerpt(place.box),
        "when": moment(place.before),
        "other": moment(place.after),
        "count": int(min(abs(mail.date.seconds - place.before), abs(mail.date.seconds - place.after)) // DAY),
    }
    delivered = place.before == place.after
    if delivered:
        del params["other"]
    yield Evidence(Says.QUESTIONS, "box-delivered-otherwise" if delivered else "box-out-of-order", params, "Date")


CHECK = Check(
    id="mail.box-order",
    version=1,
    question="Does the mail lie in its box where its Date puts it?",
    bears_on=Bears.TIME,
    strength=Strength.WEAK,
    source="RFC 3501 §2.3.1.1 (mails are appended); maildir(5); order learnt from the box itself",
    messages=("box-out-of-order", "box-delivered-otherwise"),
    innocent=("innocent-moved", "innocent-imported", "innocent-wrong-clock"),
    needs=frozenset({"box"}),
    group=GROUP,
    look_around=look_around,
)
