"""Had the program that names itself in the header come out by the Date?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.dated import DAY, date, slack
from crible.assess.releases import LEAD, released
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look(reading: Reading) -> Iterator[Evidence]:
    """The first program named that came out half a year or more after the Date."""
    mail = reading.mail
    stated = date(mail)
    if mail is None or stated is None or not mail.mailer:
        return
    for release in released(mail.mailer):
        early = release.seconds - stated.seconds
        if early > LEAD + slack(stated):
            params: Params = {
                "name": release.name,
                "when": release.day,
                "written": excerpt(stated.raw) or stated.iso(),
                "count": int(early // DAY),
            }
            yield Evidence(Says.QUESTIONS, "program-later", params, "X-Mailer")
            return


CHECK = Check(
    id="mail.anachronism",
    version=1,
    question="Had the program that names itself in the header come out by the Date?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="release notes of the makers (Apple, Mozilla, Microsoft, Roundcube, Git)",
    messages=("program-later",),
    innocent=("innocent-wrong-clock", "innocent-early-build", "innocent-imported"),
    group="date",
    look=look,
)
