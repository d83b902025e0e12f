"""Outlook files through a whole sift: items become mails, what was signed still speaks, and the account closes."""

from email.message import EmailMessage
from pathlib import Path

import outlook_samples
import pst_samples
import pytest
from leak_maker import Signer, mail, mbox
from outlook_samples import TEXT

from crible.sift.export import lines
from crible.sift.ledger import account
from crible.store.case import Case


def _kept(message: bytes, **changes: str) -> bytes:
    """A received mail as Outlook keeps it: the header as it travelled, the text apart."""
    head, _, body = message.partition(b"\n\n")
    header = "Received: from a.example by b.example; Tue, 14 Mar 2017 09:12:05 +0100\r\n"
    header += head.decode().replace("\n", "\r\n") + "\r\n\r\n"
    text = body.decode().replace("\n", "\r\n")
    for old, new in changes.items():
        text = text.replace(old, new)
    properties = {(0x001A, TEXT): "IPM.Note", (0x007D, TEXT): header, (0x1000, TEXT): text}
    return outlook_samples.packed(outlook_samples.msg(properties))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, signer: Signer, key_file: Path, sifted) -> Case:
    folder = tmp_path_factory.mktemp("outlook") / "leak"
    folder.mkdir()
    whole = signer.sign(mail("Livraison", "Bonjour,\n\nLa livraison des 300 affiches est prevue mardi.\n", serial=11))
    other = mail("Montant", "Bonjour,\n\nLe montant est de 2450 euros.\n", serial=12)
    (folder / "livraison.msg").write_bytes(_kept(whole))
    (folder / "montant.msg").write_bytes(_kept(other, montant="prix"))
    (folder / "lettre.msg").write_bytes(outlook_samples.letter())
    mbox(folder / "boite.mbox", [signer.sign(other)])
    store = pst_samples.pst({"Inbox": [pst_samples.letter("Devis", "400 €")]}, (pst_samples.letter("Perdu", "x"),))
    (folder / "boite.pst").write_bytes(store)
    message = EmailMessage()
    message["From"], message["Subject"] = "ada@horizon.example", "Joint"
    message.set_content("voir la pièce\n")
    message.add_attachment(outlook_samples.winmail(), "application", "ms-tnef", filename="winmail.dat")
    (folder / "joint.eml").write_bytes(message.as_bytes())
    (folder / "casse.msg").write_bytes(outlook_samples.letter()[:2000])
    return sifted(folder.parent / "case", folder, key_files=(key_file,))


@pytest.fixture
def found(case: Case) -> dict[str, dict]:
    """The export by path."""
    with case.facts():
        assert account().balanced
        rows = list(lines("en"))
    return {path.removeprefix("leak/"): row for row in rows for path in row["paths"]}


def test_every_item_and_what_it_carries_is_a_document(found):
    read = {path for path, row in found.items() if row["status"] == "read"}
    assert {
        "boite.pst/Inbox/000000.eml",
        "boite.pst/recovered/000000.eml",
        "lettre.msg/lettre.eml",
        "lettre.msg/lettre.eml/4~Dedans",
        "joint.eml/2~winmail.dat/note longue.txt",
        "joint.eml/2~winmail.dat/body.html",
        "joint.eml/2~winmail.dat/Dedans.eml",
        "livraison.msg/livraison.eml",
    } <= read
    assert found["joint.eml/2~winmail.dat/Dedans.eml"]["subject"] == "Dedans"


def test_a_plain_mail_kept_by_outlook_is_proven_by_its_signature(found):
    assert found["livraison.msg/livraison.eml"]["grade"]["level"] == "proven"


def test_other_words_in_a_rebuilt_copy_are_no_contradiction(found):
    row = found["montant.msg/montant.eml"]
    said = {evidence["message"]: evidence["says"] for evidence in row["evidence"] if evidence["check"] == "mail.copies"}
    assert said == {"copy-rebuilt": "untestable"}
    assert row["grade"]["level"] not in ("questioned", "contradicted")


def test_no_honest_item_is_questioned(found):
    questioned = [path for path, row in found.items() if row["grade"] and row["grade"]["level"] == "questioned"]
    assert questioned == []
