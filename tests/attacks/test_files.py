"""Attacks by way of files: planted copies, strangers' versions, mails that claim to be of our making."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attack_forge import ATTACKER, GMAIL, attach, field, key_file, mail, multipart, sign, swap
from outlook_samples import letter

MIXED = 'multipart/mixed; boundary="b"'
GUS = "Gus <gus@louche.example>"
BUDGET = (
    "Budget de la salle, arrete le 12 mars 2017\n"
    "Chauffage et eclairage de la grande salle, pour la saison entiere : {} euros\n"
    "Menage apres chaque soiree, par une entreprise du quartier, produits compris : 800 euros\n"
    "Assurance du materiel pendant les representations et les repetitions : 450 euros\n"
    "Vestiaire, billetterie et gardien de nuit, toutes charges comprises : 1 200 euros\n"
)
INVOICE = (
    "Imprimerie Valette\n12 rue des Presses, 59000 Lille\nFacture 2017-031\nDate : 12/02/2017\n"
    "Association de la salle\nAffiches 60 x 80, papier couche, deux couleurs   {0} EUR\nTotal hors taxes {0} EUR\n"
    "Paiement a trente jours, par virement. Pas d'escompte pour paiement anticipe.\n"
)


FORWARDED = (
    "Pour info.\n\n---------- Message transfere ---------\nDe : Gus <gus@louche.example>\n\n"
    "--x\nContent-Type: text/plain; name=avoir.txt\nContent-Disposition: attachment; filename=avoir.txt\n\n"
    "Avoir 17 : la salle doit 9 000 euros.\n--x--\n"
)


def carrying(text: str, name: str, **more: str) -> bytes:
    return mail(multipart(("Content-Type: text/plain", "Ci-joint.\n"), attach(name, text.encode())), kind=MIXED, **more)


def leak() -> dict[str, bytes]:
    first, later = BUDGET.format("1 500"), BUDGET.format("2 300")
    words = mail("Je confirme le prix de 1 500 euros pour la salle.\n", number="3@halle.example")
    return {
        # The genuine later budget is put where the signed copy has the first one.
        "signed.eml": sign(carrying(first, "budget.txt", number="1@halle.example")),
        "planted.eml": carrying(later, "budget.txt", number="1@halle.example"),
        "budget v2.txt": later.encode(),
        # The same with a file that lies nowhere else.
        "signed-b.eml": sign(carrying(first + "Note 1\n", "b.txt", number="2@halle.example")),
        "altered-b.eml": carrying(first.replace("1 500", "9 500") + "Note 1\n", "b.txt", number="2@halle.example"),
        # A stranger signs a mail of his own around an altered invoice.
        "facture.txt": INVOICE.format("1 500,00").encode(),
        "stranger.eml": sign(
            carrying(INVOICE.format("15 000,00"), "facture.txt", sender=GUS, number="9@louche.example"), ATTACKER
        ),
        # A signed forward is shown under another Content-Type, which Gmail does not sign: its text becomes a file.
        "recast.eml": swap(
            sign(mail(FORWARDED, number="7@halle.example"), signed=GMAIL),
            b"text/plain; charset=utf-8",
            b'multipart/mixed; boundary="x"',
        ),
        "sent.eml": mail(FORWARDED, number="7@halle.example", more="X-Folder: Sent\n"),
        # A signed mail carries an Outlook item; what we make of it has bytes that no mail holds.
        "outlook.eml": sign(
            mail(
                multipart(("Content-Type: text/plain", "Voici."), attach("lettre.msg", letter())),
                kind=MIXED,
                number="8@halle.example",
            )
        ),
        # What differs from a signed copy says that we put it together from an Outlook item.
        "signed-c.eml": sign(words),
        "claims.eml": field(b"X-Crible-Rebuilt", b": msg", swap(words, b"1 500", b"9 500")),
    }


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The export's lines by path below the leak."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "leak").mkdir()
    for name, data in leak().items():
        (folder / "leak" / name).write_bytes(data)
    (folder / "keys.txt").write_text(key_file())
    crible(folder, "sift", "leak", "--case", "case", "--keys", "keys.txt", "--jobs", "2")
    exported = map(json.loads, crible(folder, "export", "--case", "case").splitlines())
    return {path.removeprefix("leak/"): line for line in exported for path in line["paths"]}


def crible(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "crible", *arguments], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def said(line: dict[str, Any]) -> set[str]:
    return {one["message"] for one in line["evidence"]}


def test_a_genuine_file_put_into_a_copy_of_a_signed_mail_is_not_contradicted(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["budget v2.txt"]
    assert line["grade"]["level"] not in ("contradicted", "questioned")
    assert "attachment-differs-elsewhere" in said(line)
    assert lines["planted.eml"]["grade"]["level"] == "questioned"


def test_a_file_that_lies_in_the_altered_copy_alone_is(lines: dict[str, dict[str, Any]]) -> None:
    assert lines["altered-b.eml/2~b.txt"]["grade"]["level"] == "contradicted"


def test_a_strangers_altered_copy_does_not_question_the_genuine_invoice(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["facture.txt"]
    assert {one["strength"] for one in line["evidence"] if one["message"] == "version-differs-proven"} == {"weak"}
    assert line["grade"]["level"] == "unattested"


def test_a_file_made_of_signed_text_by_another_content_type_is_carried_by_nobody(
    lines: dict[str, dict[str, Any]],
) -> None:
    (path,) = [path for path in lines if path.startswith("recast.eml/")]
    assert lines[path]["grade"]["level"] == "unattested"
    assert "content-type-hides" in said(lines["recast.eml"])
    assert lines["sent.eml"]["grade"]["level"] != "contradicted"


def test_what_we_made_of_an_attachment_is_not_said_to_be_attached(lines: dict[str, dict[str, Any]]) -> None:
    found = {path: line for path, line in lines.items() if path.startswith("outlook.eml/")}
    (item,) = [line for path, line in found.items() if path.endswith(".msg")]
    (rebuilt,) = [line for path, line in found.items() if path.endswith("lettre.eml")]
    assert "carried-file" not in said(rebuilt) | said(item)
    assert "carried-mail-made" in said(rebuilt)
    assert rebuilt["grade"]["level"] == "partly-proven"
    assert "crible" in rebuilt["grade"]["content"]


def test_a_header_that_says_rebuilt_softens_nothing(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["claims.eml"]
    assert line["grade"]["level"] == "contradicted"
    assert "copy-differs-signed" in said(line)
