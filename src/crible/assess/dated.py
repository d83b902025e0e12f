"""The Date of a mail, and whether its own signature holds it: what checks of moments have in common."""

from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.facts import MailFacts
from crible.model.instant import Instant

GROUP = "date"
"""Dependency group of every check that holds something against the Date: one edit of that line alters them all."""
HOUR, DAY = 3600, 86400
UNKNOWN_ZONE = 14 * HOUR


def date(mail: MailFacts | None) -> Instant | None:
    """The Date, where the mail has one that can be read, and no second."""
    return None if mail is None or mail.counts.get("date", 1) > 1 else mail.date


def slack(stated: Instant) -> float:
    """Seconds by which the Date may be off because it names no zone."""
    return UNKNOWN_ZONE if stated.offset is None else 0


def signer(relations: Relations) -> str:
    """Domain whose sound signature proves the mail in full, its Date included; empty if there is none.

    The Date is then as that domain's user or program wrote it: what contradicts it says that it was written wrong.
    """
    standing = relations.standing
    return standing.domain if standing and standing.full and "date" in standing.signed else ""


def apart(stated: Instant, seconds: float, name: str, domain: str) -> Params:
    """What a sentence about a Date and another moment says: `written`, `when`, `name`, `count` days, `domain`."""
    return {
        "written": excerpt(stated.raw) or stated.iso(),
        "when": moment(int(seconds)),
        "name": excerpt(name),
        "count": int(abs(seconds - stated.seconds) // DAY),
        "domain": excerpt(domain),
    }
