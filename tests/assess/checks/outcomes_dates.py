"""Cases of the checks of headers, dates and programs: one per answer, and innocent twins that stay silent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crible.assess.habits import Habits
from crible.assess.relations import Parent, Place, Relations, Shared
from crible.extract.sorting import sorted_
from crible.model.facts import Hop, Mailbox, Reading, Stamp
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant

Case = Callable[[Any], tuple[Reading, Relations]]
HOUR, DAY, YEAR = 3600, 86_400, 365 * 86_400
IPHONE = "iPhone Mail (14E304)"


def stamped(make: Any, kind: str, late: float, *, signed: bool = False, **more: Any) -> tuple[Reading, Relations]:
    """A mail with one moment `late` seconds after its Date."""
    where = {"thread-index": "Thread-Index", "message-id": "Message-ID"}.get(kind, "boundary")
    reading = make.mail(stamps=(Stamp(kind, where, make.SENT + late, **more),))
    return reading, make.near(reading, *([make.result()] if signed else []))


def received(make: Any, *late: float, signed: bool = False, **changes: Any) -> tuple[Reading, Relations]:
    """A mail whose Received fields, top first, lie so many seconds after its Date."""
    hops = tuple(Hop(f"mx{n}.example", seconds=make.SENT + seconds, offset=0) for n, seconds in enumerate(late))
    reading = make.mail(hops=hops, **changes)
    return reading, make.near(reading, *([make.result()] if signed else []))


def alone(make: Any, **changes: Any) -> tuple[Reading, Relations]:
    reading = make.mail(**changes)
    return reading, make.near(reading)


def zoned(make: Any, minutes: int, seconds: float = 0) -> tuple[Reading, Relations]:
    return alone(make, date=Instant(make.SENT + seconds, minutes, Clock.HEADER, "Tue, 14 Mar 2017 09:12:00"))


def habitual(make: Any, mails: int = 400, **odd: str) -> tuple[Reading, Relations]:
    """One mail among `mails` of its sender, like them but for `odd`."""
    usual = {"mailer": "apple", "boundary": "apple", "message-id": "apple", "offset": "60"}
    habits = Habits()
    for _ in range(mails - 1):
        habits.add("c.ferrand@horizon.example", usual)
    habits.add("c.ferrand@horizon.example", usual | odd)
    reading, near = alone(make, traits=usual | odd)
    return reading, replace(near, habits=habits)


def placed(make: Any, before: float, after: float) -> tuple[Reading, Relations]:
    reading, near = alone(make)
    return reading, replace(near, place=Place("boites/elsa.mbox", int(make.SENT + before), int(make.SENT + after)))


def answering(make: Any, early: float, **parent: Any) -> tuple[Reading, Relations]:
    reading, near = alone(make, in_reply_to="<0@horizon.example>")
    return reading, replace(near, parent=Parent("a" * 64, int(make.SENT + early), "Budget salle", **parent))


def sharing(make: Any, kind: str = "boundary", *others: str, signed: bool = False) -> tuple[Reading, Relations]:
    where = {"boundary": "Content-Type", "received": "Received"}.get(kind, "Thread-Index")
    reading = make.mail()
    near = make.near(reading, *([make.result()] if signed else []))
    return reading, replace(near, shared=(Shared(kind, where, "089e0141a0b675cc", others or ("a" * 64,), "Devis"),))


def addressed(make: Any, address: str, name: str = "C. Ferrand") -> tuple[Reading, Relations]:
    return alone(make, senders=(Mailbox(name, address),))


def written(text: str) -> Reading:
    return Reading("application/pdf", text=text, file=FileFacts())


OUTCOMES: dict[str, dict[str, Case]] = {
    "mail.clocks": {
        "stamp-after": lambda m: stamped(m, "gmail-boundary", YEAR),
        "stamp-before": lambda m: stamped(m, "message-id", -YEAR),
        "stamp-after-signed": lambda m: stamped(m, "gmail-boundary", YEAR, signed=True),
        "stamp-before-signed": lambda m: stamped(m, "gmail-boundary", -YEAR, signed=True),
    },
    "mail.received-date": {
        "date-after-received": lambda m: received(m, -5 * DAY, -6 * DAY),
        "date-before-received": lambda m: received(m, 9 * DAY, 8 * DAY),
        "date-after-received-signed": lambda m: received(m, -5 * DAY, signed=True),
        "date-before-received-signed": lambda m: received(m, 8 * DAY, signed=True),
    },
    "mail.received-order": {
        "received-turned": lambda m: received(m, 60, 2 * DAY, 30),
        "received-id-time": lambda m: received(
            m, 60, 30, stamps=(Stamp("exim-received", "Received[1]", m.SENT - DAY, 2.0, "1cnhm0-0006lE-OO"),)
        ),
    },
    "mail.time-zone": {"zone-kept-nowhere": lambda m: zoned(m, 900)},
    "mail.anachronism": {"program-later": lambda m: alone(m, mailer="iPhone Mail (16A366)")},
    "mail.client-mismatch": {
        "client-unlike": lambda m: alone(m, mailer=IPHONE, traits={"mailer": "apple-ios", "message-id": "gmail"})
    },
    "mail.encoding": {
        "encoding-uneven": lambda m: alone(m, traits={"lines": "uneven"}),
        "encoding-long": lambda m: alone(m, traits={"lines": "long"}),
        "encoding-eight-bit": lambda m: alone(m, defects=("eight-bit-in-seven",)),
    },
    "mail.hidden-letters": {
        "letters-unseen": lambda m: addressed(m, "c.ferrand@hori\u200bzon.example"),
        "letters-mixed": lambda m: addressed(m, "c.ferrand@h\u043erizon.example"),
        "letters-unseen-number": lambda m: (
            m.mail("Réglez sur FR76 3000\u200b 6000 0112 3456 7890 189, merci."), Relations()
        ),
        "letters-mixed-number": lambda m: (
            m.mail("Réglez sur FR76 3\u041eOO 6000 0112 3456 7890 189, merci."), Relations()
        ),
    },
    "file.hidden-letters": {
        "letters-unseen-number": lambda m: (written("IBAN : FR76 3000\u200b 6000 0112 3456 7890 189"), Relations()),
        "letters-mixed-number": lambda m: (written("IBAN : F\u042f76 3000 6000 0112 3456 7890 189"), Relations()),
        "letters-mixed": lambda m: (sorted_(written("\u00c9crire \u00e0 compta@horiz\u043en.example.")), Relations()),
    },
    "mail.habits": {
        "habit-unusual": lambda m: habitual(m, mailer="windows-live", boundary="outlook"),
        "habit-zone": lambda m: habitual(m, offset="480"),
    },
    "mail.box-order": {
        "box-out-of-order": lambda m: placed(m, 2 * YEAR, 2 * YEAR + DAY),
        "box-delivered-otherwise": lambda m: placed(m, 2 * YEAR, 2 * YEAR),
    },
    "mail.parents": {
        "answer-before": lambda m: answering(m, 40 * DAY),
        "answer-before-unrelated": lambda m: answering(m, 40 * DAY, related=False),
        "answered-before": lambda m: (
            m.mail(), Relations(answer=Parent("a" * 64, m.SENT - 2 * DAY, "Re: Budget salle", signed=True))
        ),
    },
    "mail.shared-identifiers": {
        "identifier-twice": lambda m: sharing(m),
        "conversation-twice": lambda m: sharing(m, "thread-index"),
    },
}  # fmt: skip

INNOCENT: dict[str, dict[str, Case]] = {
    "mail.clocks": {
        "computer with the wrong zone": lambda m: stamped(m, "gmail-boundary", 10_812),
        "script that stamps local time": lambda m: stamped(m, "message-id", 39_601, within=54_000),
        "conversation of three years": lambda m: stamped(m, "thread-index", -3 * YEAR),
        "moderated list": lambda m: stamped(m, "gmail-received", 6 * DAY),
        "unknown kind": lambda m: stamped(m, "later-invention", YEAR),
        "two Dates, asked elsewhere": lambda m: (
            m.mail(stamps=(Stamp("message-id", "Message-ID", m.SENT + YEAR),), counts={"date": 2}), Relations()
        ),
    },
    "mail.received-date": {
        "computer three days ahead": lambda m: received(m, -253_184),
        "held back by a moderator": lambda m: received(m, 6 * DAY, 30),
        "sent copy": lambda m: received(m),
    },
    "mail.received-order": {
        "server with the wrong zone": lambda m: received(m, 60, 27_057),
        "id by its own clock": lambda m: received(
            m, 60, stamps=(Stamp("exim-received", "Received[0]", m.SENT - 380, 2.0, "1cnhm0-0006lE-OO"),)
        ),
    },
    "mail.time-zone": {
        "Nepal": lambda m: zoned(m, 345),
        "Venezuela before May 2016": lambda m: zoned(m, -270, -2 * YEAR),
        "none written": lambda m: alone(m, date=Instant(m.SENT, None, Clock.HEADER, "Tue, 14 Mar 2017 09:12")),
    },
    "mail.anachronism": {
        "public beta": lambda m: alone(m, mailer="Roundcube Webmail/1.3-beta"),
        "of its time": lambda m: alone(m, mailer=IPHONE),
        "not in the table": lambda m: alone(m, mailer="Goéland 99"),
    },
    "mail.client-mismatch": {
        "Exchange gave the id": lambda m: alone(
            m, mailer=IPHONE, traits={"mailer": "apple-ios", "message-id": "exchange"}
        )
    },
    "mail.encoding": {"cut as usual": lambda m: alone(m, traits={"encoding": "base64"})},
    "mail.hidden-letters": {
        "accents": lambda m: addressed(m, "h\u00e9l\u00e8ne@horizon.example"),
        "all in Greek": lambda m: addressed(m, "\u03b5\u03bb\u03c3\u03b1@horizon.example"),
        "two alphabets, two words": lambda m: addressed(
            m, "c@horizon.example", "Ferrand \u0424\u0435\u0440\u0440\u0430\u043d"
        ),
        "number as it should be": lambda m: (m.mail("Réglez sur FR76 3000 6000 0112 3456 7890 189."), Relations()),
        "Greek beside a number": lambda m: (m.mail("\u0394 = FR76 3000 6000 0112 3456 7890 189."), Relations()),
    },
    "file.hidden-letters": {
        "number as it should be": lambda m: (written("Réglez sur FR76 3000 6000 0112 3456 7890 189."), Relations()),
        "accented address": lambda m: (sorted_(written("Voir l\u00e9a@caf\u00e9.example.")), Relations()),
        "Russian beside figures": lambda m: (
            written("\u041c\u043e\u0441\u043a\u0432\u0430, 2017, 3000 6000"), Relations()
        ),
    },
    "mail.habits": {
        "new telephone, same program": lambda m: habitual(m, boundary="other"),
        "few mails": lambda m: habitual(m, 29, mailer="windows-live", boundary="outlook"),
        "one in fifty": lambda m: habitual(m, 50, mailer="windows-live", boundary="outlook"),
    },
    "mail.box-order": {"in order": lambda m: alone(m)},
    "mail.parents": {
        "clocks and zones apart": lambda m: answering(m, 44_219),
        "no parent here": lambda m: alone(m),
        "answered by a clock behind": lambda m: (m.mail(), Relations(answer=Parent("a" * 64, m.SENT - 44_219))),
    },
    "mail.shared-identifiers": {"nothing shared": lambda m: alone(m)},
}  # fmt: skip
