"""A small case for the desk's tests: real mails, really sifted. All names are invented."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from crible.sift.run import Options, Watch, sift
from crible.store.case import Case

HOSTILE = (
    "<script>document.title = 'owned'</script><img src=http://evil.example/x.png onerror=alert(1)> & \u202egnp.exe"
)
"""What a stranger may write: markup, a remote image, a mark that turns the direction of the text."""


def mail(
    number: int, subject: str, body: str, *, sender: str = "Ada Brun <ada@brun.example>", **headers: str
) -> EmailMessage:
    """One plain mail; the number makes its date and Message-ID."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "Bo Costa <bo@costa.example>", subject
    made["Date"] = f"Tue, {number % 27 + 1} Mar 2016 10:{number % 60:02}:00 +0100"
    made["Message-ID"] = f"<{number}@brun.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def write_leak(folder: Path, extra: int = 0) -> Path:
    """Two mailboxes, a loose file and things that cannot be read; `extra` more plain mails."""
    folder.mkdir(parents=True)
    box = mailbox.mbox(folder / "ada.mbox")
    box.add(mail(1, "Devis de la salle", "Bonjour,\n\nle devis est de 4 200 euros.\n"))
    box.add(
        mail(
            2,
            "Re: Devis de la salle",
            "D'accord.\n",
            sender="Bo Costa <bo@costa.example>",
            In_Reply_To="<1@brun.example>",
        )
    )
    hostile = mail(3, f"Urgent {HOSTILE}", f"Lisez ceci : {HOSTILE}\n", sender='"<b>Bo</b>" <bo@costa.example>')
    hostile.add_attachment(b"%PDF-nothing", maintype="application", subtype="x-unknown", filename='a"><script>.xyz')
    box.add(hostile)
    for number in range(extra):
        box.add(mail(10 + number, f"Note {number}", f"Une note ordinaire, la {number}e.\n"))
    box.close()
    other = mailbox.mbox(folder / "bo.mbox")
    other.add(mail(1, "Devis de la salle", "Bonjour,\n\nle devis est de 9 900 euros.\n"))
    other.close()
    (folder / "note.txt").write_text("Une note sans date, sur un budget provisoire de la campagne.\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "odd.bin").write_bytes(bytes(range(256)) * 4)
    return folder


def make_case(folder: Path, *, extra: int = 0, title: str = "Essai") -> Case:
    """The leak, sifted."""
    case = Case.create(folder / "case", title=title)
    sift(case, [write_leak(folder / "leak", extra)], Options(jobs=1), Watch())
    return case


def make_demo_case(folder: Path) -> Case:
    """The fictional leak with its signed and altered mails, and the small leak beside it, sifted."""
    from crible.demo.leak import make_leak

    make_leak(folder / "demo")
    case = Case.create(folder / "case", title="Horizon")
    sources = [folder / "demo" / "leak", write_leak(folder / "essai")]
    sift(case, sources, Options((folder / "demo" / "keys.jsonl",)), Watch())
    return case
