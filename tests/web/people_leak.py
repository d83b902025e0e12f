"""A leak of few people: two boxes that share mails, several names for one address, hostile ones, odd dates."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from desk_cases import HOSTILE

ADA, BO, DOC = "ada@mairie.example", "bo@costa.example", "doc@sante.example"
SLASH = "a/b'c+d@slash.example"
LETTERS = 24
"""From Ada to Bo, a day each in March 2016; the first three lie in Bo's box too."""


def note(
    number: str, date: str, sender: str, to: str, subject: str = "Note", body: str = "", **more: str
) -> EmailMessage:
    """One mail. A header's name is written with `_` for its hyphen."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    if date:
        made["Date"] = date
    made["Message-ID"] = f"<{number}@mairie.example>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(body or f"Une note ordinaire, la {number}e.\n")
    return made


def write_people(folder: Path) -> Path:
    """The leak's folder."""
    folder.mkdir(parents=True)
    letters = [
        note(str(n), f"{n:02} Mar 2016 10:00:00 +0100", f"Ada Brun <{ADA}>", f"Bo Costa <{BO}>", f"Devis {n}")
        for n in range(1, LETTERS + 1)
    ]
    _box(folder / "ada.mbox", [*letters, *_others()])
    _box(folder / "bo.mbox", letters[:3])
    return folder


def _others() -> list[EmailMessage]:
    ada, bo = f"Ada Brun <{ADA}>", f"Bo Costa <{BO}>"
    private = "Chère patiente,\n\nvos résultats de biologie ; voici votre ordonnance, que mon médecin a relue.\n"
    return [
        note("40", "Sat, 02 Apr 2016 23:30:00 -0500", f'"{HOSTILE[:60]}" <{ADA}>', bo, HOSTILE),
        note("41", "Mon, 04 Apr 2016 09:00:00 +0200", bo, ada, "Re: Devis 1", In_Reply_To="<1@mairie.example>"),
        note("42", "Mon, 04 Apr 2016 09:00:00", bo, ada, "Sans fuseau"),
        note("43", "", bo, ada, "Sans date"),
        note("44", "Thu, 01 Jan 1970 00:00:10 +0000", bo, ada, "Horloge"),
        note("45", "Tue, 05 Apr 2016 12:00:00 +0200", f"Ada Brun <{ADA.replace('mairie', 'mairle')}>", bo, "Virement"),
        note("46", "Wed, 06 Apr 2016 12:00:00 +0200", '"=cmd|calc" <' + SLASH + ">", ada, "Barre"),
        note("47", "Wed, 06 Apr 2016 13:00:00 +0200", "Lettre <lettre@presse.example>", ada, "Lettre", List_Id="<l.x>"),
        note("48", "Thu, 07 Apr 2016 13:00:00 +0200", f"{'x' * 250}@y.example", ada, "Trop long"),
        note(
            "49", "Fri, 08 Apr 2016 13:00:00 +0200", f"Doc <{DOC}>", "Ada <ada.perso@poste.example>", "Bilan", private
        ),
    ]


def _box(path: Path, mails: list[EmailMessage]) -> None:
    box = mailbox.mbox(path)
    for one in mails:
        box.add(one)
    box.close()
