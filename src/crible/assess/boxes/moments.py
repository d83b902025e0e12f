"""When a mail is taken to be of, by which clock; and the first and last mail of a box.

The order of trust: t= of a signature that an anchored key bears out; the Date field, which its writer set, where the
topmost Received field is at most a week off or absent; Received alone where there is no Date. A Date that Received
contradicts places a mail nowhere: such mails are counted, and decide nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from crible.assess.boxes.remark import Behind, Remark
from crible.model.evidence import Param
from crible.model.facts import MailFacts

WEEK = 7 * 86400
SIGNATURE, DATE, RECEIVED = "signature", "date", "received"
LAST = {SIGNATURE: "last-by-signature", DATE: "last-by-date", RECEIVED: "last-by-received"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A moment in Unix seconds, and whose clock says so."""

    seconds: float
    clock: str


class DayOf:
    """The ISO day of a moment in the case's zone; the same day for every caller."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def __call__(self, seconds: float) -> str:
        """Empty for what no calendar holds."""
        try:
            return datetime.fromtimestamp(seconds, self._zone).date().isoformat()
        except (OverflowError, ValueError, OSError):
            return ""


def placed(mail: MailFacts, signed_at: float | None = None) -> Placed | None:
    """The mail's moment; `signed_at` is t= of a sound, anchored signature. None where its clocks disagree or lack."""
    if signed_at is not None:
        return Placed(signed_at, SIGNATURE)
    arrived = mail.received[0].seconds if mail.received else None
    if mail.date is None:
        return None if arrived is None else Placed(arrived, RECEIVED)
    if arrived is not None and abs(mail.date.seconds - arrived) > WEEK:
        return None
    return Placed(mail.date.seconds, DATE)


@dataclass(slots=True)
class Ends:
    """The first and last mail of one box, and how many its clocks cannot place."""

    mails: int = 0
    first: tuple[float, str] | None = None
    last: tuple[float, str, str] | None = None
    """Moment, id, clock."""
    signed: tuple[float, str] | None = None
    """The last that a signature's clock places."""
    adrift: Behind = field(default_factory=Behind)

    def take(self, id: str, moment: Placed | None) -> None:  # noqa: A002
        """Take in one mail."""
        self.mails += 1
        if moment is None:
            self.adrift.add(id)
            return
        at = moment.seconds
        self.first = min(self.first or (at, id), (at, id))
        self.last = max(self.last or (at, id, moment.clock), (at, id, moment.clock))
        if moment.clock == SIGNATURE:
            self.signed = max(self.signed or (at, id), (at, id))


def ends(box: str, found: Ends, day_of: DayOf) -> tuple[Remark, ...]:
    """How many mails lie in the box, from when to when, and by whose clock the last is the last."""
    if not found.last or not found.first:
        return (Remark("last", box, "last-none", {"count": found.mails}, count=found.mails),)
    at, name, clock = found.last
    params: dict[str, Param] = {"first": day_of(found.first[0]), "last": day_of(at), "count": found.mails}
    said = [Remark("last", box, LAST[clock], params, day=day_of(at), refs=(name,), count=found.mails)]
    if found.signed and clock != SIGNATURE:
        at, name = found.signed
        said.append(Remark("last", box, "last-signed", {"day": day_of(at)}, day=day_of(at), refs=(name,), count=1))
    if found.adrift.count:
        count = found.adrift.count
        said.append(Remark("last", box, "last-adrift", {"count": count}, refs=found.adrift.refs, count=count))
    return tuple(said)
