"""The plan of `crible keys plan` for the desk: which few keys would settle most mails, and whom to ask for what."""

from dataclasses import dataclass
from datetime import UTC, datetime

from crible.model.signature import Word
from crible.proof.dkim.terms import TRANSIT_DOMAIN
from crible.sift import keys
from crible.sift.wanted import Lack, plan
from crible.store.case import Case

SHOWN = 10
SENTENCES = {
    Lack.KEY: "plan-lack-key",
    Lack.ANCHOR: "plan-lack-anchor",
    Lack.FEW: "plan-lack-few",
    Lack.KIND: "plan-lack-kind",
}
"""Of domain `cli`, which the command prints too."""
GOOGLE = {Lack.KEY: "plan-google-key", Lack.ANCHOR: "plan-google-anchor"}
"""Of the transit keys: nobody receives mail from their domain."""
COMMANDS = {Lack.KEY: "crible keys recover", Lack.ANCHOR: "crible keys from-mailbox BOX"}
"""What to run; for the others only a record of the key helps."""
ADD = "crible keys add FILE"
WORDS = {Lack.KEY: Word.NO_KEY, Lack.FEW: Word.NO_KEY, Lack.KIND: Word.NO_KEY, Lack.ANCHOR: Word.PASS}
"""What came so far of the signatures that wait."""


@dataclass(frozen=True, slots=True)
class Step:
    """One key of the plan."""

    domain: str
    selector: str
    mails: int
    """That it would settle as they stand."""
    settled: int
    """With all before it."""
    first: str
    """ISO day, as those mails say; a question mark where none says any."""
    last: str
    sentence: str
    word: str
    command: str

    @property
    def name(self) -> str:
        """Under which DNS has the key."""
        return f"{self.selector}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan's first steps."""

    steps: tuple[Step, ...]
    more: int
    waiting: int
    """Mails that no signature of their own proves yet."""
    settled: int
    """Of these, how many the steps shown would settle."""


def planned(case: Case) -> Planned:
    """One pass over the signatures: keep it for as long as the facts stay."""
    found = plan(keys.ring(case))
    steps = []
    for one in found.wanted[:SHOWN]:
        transit = GOOGLE if one.domain == TRANSIT_DOMAIN else {}
        sentence = transit.get(one.lack, SENTENCES[one.lack])
        days = _day(one.first), _day(one.last)
        command = COMMANDS.get(one.lack, ADD)
        mails = len(one.intact)
        step = Step(one.domain, one.selector, mails, one.settled, *days, sentence, WORDS[one.lack], command)
        steps.append(step)
    return Planned(tuple(steps), len(found.wanted) - len(steps), found.waiting, steps[-1].settled if steps else 0)


def _day(seconds: int | None) -> str:
    try:
        return "?" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
    except (OverflowError, ValueError, OSError):
        return "?"
