"""Carriage: the same bytes inside a mail that a signature covers. The one edge along which proof travels."""

from collections.abc import Iterator

from crible.assess.covered import excerpt, iso, moment
from crible.assess.relations import Carrier, Relations
from crible.model.evidence import Evidence, Says, Strength


def carried(relations: Relations, kind: str) -> Iterator[Evidence]:
    """One answer for all carriers: `carried-KIND`, or `carried-KIND-handled` where none is proven by its sender.

    `carried-KIND-made` where none holds these bytes themselves, but what crible made them of.

    A carrier whose signature ends at l= counts for nothing: the part may stand after the border. The earliest of them
    by its signer's clock dates the bytes: they existed by then. A Date dates nothing, its writer sets it.
    """
    sound = [item for item in relations.carriers if not item.mail.spoiled]
    sound = [item for item in sound if not item.made] or sound
    full = [item for item in sound if item.mail.full]
    whole = [item for item in sound if item.mail.part and item.mail.whole]
    if not full and not whole:
        return
    strength = None if full else Strength.MODERATE
    ending = "-made" if sound[0].made else "" if full else "-handled"
    yield _answer(f"carried-{kind}{ending}", full or whole, strength)


def _answer(message: str, carriers: list[Carrier], strength: Strength | None) -> Evidence:
    first = min(carriers, key=lambda item: (item.mail.signed_at is None, item.mail.signed_at or 0, item.mail.id))
    clocks = [item.mail.signed_at for item in carriers if item.mail.clocked and item.mail.signed_at is not None]
    mails = sorted({item.mail.id for item in carriers})
    return Evidence(
        Says.SUPPORTS,
        message,
        {
            "domain": excerpt(first.mail.domain),
            "when": moment(first.mail.signed_at),
            "by": iso(min(clocks, default=None)),
            "name": excerpt(first.path[-1] if first.path else ""),
            "count": len(mails),
        },
        where=excerpt(" / ".join(first.path), 200),
        refs=(first.mail.id, *(mail for mail in mails if mail != first.mail.id))[:20],
        strength=strength,
    )
