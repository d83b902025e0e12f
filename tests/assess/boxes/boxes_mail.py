"""Facts of mails made on the spot, with invented names."""

from crible.model.facts import Link, Mailbox, MailFacts, Part
from crible.model.instant import Clock, Instant

NOON = 1_489_492_800.0
"""14 March 2017, 12:00 UTC."""
DAY = 86_400.0


def made(
    subject: str = "Note",
    sender: str = "paul@ferrand.example",
    *,
    name: str = "",
    to: str = "",
    date: float | None = NOON,
    arrived: float | None = NOON,
    shown: tuple[tuple[str, str], ...] = (),
    files: tuple[str, ...] = (),
    **fields: object,
) -> MailFacts:
    """A mail's facts; `shown` are (host, host that the link's words name)."""
    return MailFacts(
        subject=subject,
        senders=(Mailbox(name, sender),) if sender else (),
        to=(Mailbox("", to),) if to else (),
        date=None if date is None else Instant(date, 0, Clock.HEADER),
        received=() if arrived is None else (Instant(arrived, 0, Clock.RECEIVED),),
        links=tuple(Link(*one) for one in shown),
        parts=tuple(Part(str(n), "application/pdf", 0, 0, 0, name=one) for n, one in enumerate(files)),
        **fields,  # type: ignore[arg-type]
    )
