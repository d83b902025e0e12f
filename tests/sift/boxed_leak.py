"""A leak of two boxes in which something is absent and something looks like an intrusion. All names are invented."""

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from leak_maker import mbox

OWNER = "iris.valmont@horizon.example"
SILENT = (2016, 8)
"""The month that the large box has no mail of."""
MONTHLY = 24


def note(serial: str, subject: str, at: datetime, body: str = "Bonjour.\n", **fields: str) -> bytes:
    """A received mail; a field named with underscores replaces the usual one, an empty one is left out."""
    date = format_datetime(at)
    usual = {
        "Delivered-To": OWNER,
        "Received": f"from mx.far.example by mx.horizon.example; {date}",
        "From": "Paul Ferrand <paul@ferrand.example>",
        "To": OWNER,
        "Subject": subject,
        "Date": date,
        "Message-ID": f"<{serial}@ferrand.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    usual |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\n" for name, value in usual.items() if value)
    return (head + "\n" + body).encode()


def write_boxed(folder: Path) -> Path:
    """The leak."""
    folder.mkdir(parents=True)
    mbox(folder / "valmont.mbox", [*_monthly(), *_sent(), *_missing(), *_invoices(), *_traces()])
    mbox(folder / "petite.mbox", [note(f"p{n}", f"Petit {n}", datetime(2016, n, 3, 9, tzinfo=UTC)) for n in (1, 2, 4)])
    return folder


def _monthly() -> list[bytes]:
    made = []
    for number in range(14):
        year, month = 2016 + number // 12, number % 12 + 1
        for day in range(1, MONTHLY + 1):
            if (year, month) != SILENT:
                at = datetime(year, month, day, 8, number, tzinfo=UTC)
                made.append(note(f"m{number}-{day}", f"Note {number}-{day}", at))
    return made


def _sent() -> list[bytes]:
    own = {"Delivered_To": "", "Received": "", "From": f"Iris Valmont <{OWNER}>", "To": "paul@ferrand.example"}
    return [note(f"s{n}", f"Envoi {n}", datetime(2016, 3, n, 18, tzinfo=UTC), **own) for n in range(1, 9)]


def _missing() -> list[bytes]:
    """Replies to one message that is nowhere, in a thread whose first message is nowhere either."""
    reply = {"References": "<racine@perdu.example> <absent@perdu.example>", "In_Reply_To": "<absent@perdu.example>"}
    return [note(f"r{n}", "Re: Budget", datetime(2016, 5, n, 12, tzinfo=UTC), **reply) for n in range(1, 4)]


def _invoices() -> list[bytes]:
    sender = {"From": "Comptes <compta@presse.example>"}
    met = (31, 32, 33, 35, 36, 37)
    return [note(f"f{n}", f"Facture 2016-{n:03}", datetime(2016, 6, n - 29, 7, tzinfo=UTC), **sender) for n in met]


def _traces() -> list[bytes]:
    at = datetime(2016, 9, 20, 6, 30, tzinfo=UTC)
    html = {"Content_Type": "text/html; charset=utf-8"}
    link = '<p>Voyez <a href="http://collecte.example/x">https://www.banque.example/compte</a>.</p>\n'
    ask = '<p>Please verify your account.</p><a href="http://autre.example/v">Here</a>\n'
    google = "Google <no-reply@accounts.google.com>"
    return [
        note("t1", "Nouvelle connexion à partir de Firefox sur Windows", at, From=google),
        note("t2", "Nouvelle connexion à partir de Firefox sur Windows", at, "Encore.\n", From=google),
        note("t3", "Confirmation de transfert Gmail", at, From="Gmail <forwarding-noreply@google.com>"),
        note("t4", "Someone has your password", at, From="Google <alerte@compte-securite.example>"),
        note("t5", "Un document", at, link, From="Service <x@ailleurs.example>", **html),
        note("t6", "Your mailbox", at, ask, From="Helpdesk <y@ailleurs.example>", **html),
        note("t7", "Réunion", at, From="Iris <iris@horizom.example>"),
        note("t8", "Re: Nouvelle connexion à partir de Firefox sur Windows", at, From="Paul <paul@ferrand.example>"),
    ]
