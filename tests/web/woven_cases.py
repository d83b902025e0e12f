"""A small case in which much hangs together: a thread with gaps, versions, copies that differ, private papers."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from desk_cases import HOSTILE, mail
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crible.sift.run import Options, Watch, sift
from crible.store.case import Case

NOTE = (
    "Note au bureau sur la salle. La salle du Levant est retenue pour la réunion du {day} mars et la location coûte "
    "{amount} euros, à payer par virement à la fin du mois. Le traiteur fournira le café, les fruits et le pain pour "
    "deux cents personnes, et l’équipe de bénévoles rangera les chaises le lendemain matin.\n"
)
SECRET = "cholestérolémie-zz"
PRIVATE = (
    f"Chère patiente, vos résultats de biologie et votre ordonnance sont prêts. Valeur de {SECRET} : {{value}} grammes "
    "par litre. Prenez rendez-vous avec votre médecin traitant pour en parler, et apportez votre carte vitale, votre "
    "dernière ordonnance et la liste de vos traitements en cours afin que nous puissions les revoir ensemble.\n"
)
"""Two such notes are versions of one another, and lie on the closed shelf."""


def answer(number: int, parent: str, subject: str = "Re: Devis", body: str = "", **headers: str) -> EmailMessage:
    """A mail that answers a Message-ID, here or not."""
    text = body or f"Réponse {number}.\n"
    return mail(number, subject, text, sender="Bo Costa <bo@costa.example>", In_Reply_To=parent, **headers)


def write_woven(folder: Path) -> Path:
    """One mailbox and some papers."""
    folder.mkdir(parents=True)
    box = mailbox.mbox(folder / "ada.mbox")
    box.add(mail(1, "Devis", "Bonjour,\n\nvoici le devis : 4 200 euros pour la salle, le 3 mars.\n"))
    box.add(answer(2, "<1@brun.example>"))
    box.add(answer(3, "<gone@brun.example>", References="<1@brun.example> <gone@brun.example>"))
    box.add(answer(4, "<gone@brun.example>", f"Re: {HOSTILE}"))
    box.add(answer(5, "<4@brun.example>"))
    for amount in ("4 200", "9 900"):
        one = mail(7, "Facture", "Bonjour,\n\nla facture est jointe, comme convenu hier soir au téléphone.\n")
        one.add_attachment(f"Montant : {amount} euros.\n", filename="facture.txt")
        one.add_attachment("Conditions de vente.\n", filename="conditions.txt")
        box.add(one)
    box.close()
    (folder / "note.txt").write_text(NOTE.format(day=3, amount="1 200"), encoding="utf-8")
    (folder / "note-v2.txt").write_text(NOTE.format(day=13, amount="7 200"), encoding="utf-8")
    (folder / "analyse.txt").write_text(PRIVATE.format(value="2,1"), encoding="utf-8")
    (folder / "analyse-v2.txt").write_text(PRIVATE.format(value="3,9"), encoding="utf-8")
    return folder


def make_woven(folder: Path) -> Case:
    """The same, sifted."""
    case = Case.create(folder / "case", title="Tissé")
    sift(case, [write_woven(folder / "leak")], Options(jobs=1), Watch())
    return case


def statements(case: Case, client: Client, path: str) -> int:
    """How many a page puts to the case's facts, once what is kept is kept."""
    assert client.get(path).status_code == 200
    with case.facts(), CaptureQueriesContext(connections[case.alias + "-ro"]) as captured:
        client.get(path)
    return len(captured)
