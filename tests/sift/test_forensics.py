"""What only the whole leak tells of a header: habits, order of the box, answered mails, identifiers met again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from leak_maker import Signer, mbox, raw

from crible.assess.habits import ENOUGH
from crible.assess.relations import Place
from crible.sift.recurring import subject_tail
from crible.sift.strays import DAY, delivered_otherwise, out_of_order
from crible.store.case import Case
from crible.store.models import Evidence, Weighing

START = datetime(2015, 1, 5, 9, tzinfo=UTC)
GMAIL = "089e0141a0b675ccdd0518346db8"
"""Drawn on 11 June 2015 at 02:05 UTC."""
JUNE = datetime(2015, 6, 11, 2, 5, 37, tzinfo=UTC)
EXIM = "from a.example by b.example with esmtp (Exim 4.84) id 1Z2rxN-0001Ab-Cd; Thu, 11 Jun 2015 02:05:37 +0000"
INDEX = "Adadj7h4ABEiM0RVZneImaq7zN3u/w=="
USUAL = {"X-Mailer": "Apple Mail (2.1990)"}
ODD = {"X-Mailer": "Microsoft Windows Live Mail 15.4", "Content-Transfer-Encoding": "quoted-printable"}


def dated(day: float) -> str:
    return format_datetime(START + timedelta(days=day))


def letter(serial: int, day: float, *, sender: str = "elsa@horizon.example", body: str = "", **headers: str) -> bytes:
    text = body or f"Compte rendu du jour {serial}, sans rien de particulier.\n"
    subject = headers.pop("subject", f"Jour {serial}")
    return raw(subject, text.encode(), serial=serial, sender=sender, Date=dated(day), **headers)


def alternative(serial: int, day: float, text: str, boundary: str = GMAIL, **headers: str) -> bytes:
    body = f"--{boundary}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--{boundary}--\n"
    headers = {"sender": "karim@mail.example", **headers}
    kind = f"multipart/alternative; boundary={boundary}"
    return letter(serial, day, body=body, **headers, **{"Content-Type": kind})


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, signer: Signer, key_file: Path, sifted: object) -> Iterator[Case]:
    """One leak with each finding once, and its innocent twin."""
    folder = tmp_path_factory.mktemp("forensics")
    leak = folder / "leak"
    leak.mkdir()
    diary = [letter(n, n, **USUAL) for n in range(150)]
    diary[80] = letter(80, 900, **USUAL)
    diary[120] = letter(120, 120, **ODD)
    mbox(leak / "diary.mbox", diary)

    june = (JUNE - START) / timedelta(days=1)
    own = alternative(300, june, "Le montant retenu est de 18 214 euros, à régler vite.")
    clone = alternative(301, june, "Virez tout sur le nouveau compte avant ce soir.", subject="Virement")
    mbox(leak / "karim.mbox", [own, clone])
    mbox(leak / "karim-copie.mbox", [own.replace(b"Subject: Jour 300", b"Subject:  Jour 300")])
    resent = alternative(310, june + 1, "Même texte.", "Apple-Mail=0A1B2C3D-1", sender="lea@mail.example")
    again = alternative(311, june + 2, "Même texte.", "Apple-Mail=0A1B2C3D-1", sender="lea@mail.example")
    mbox(leak / "lea.mbox", [resent, again])
    served = [
        letter(320 + n, june, body=f"Texte numéro {n}.\n", Received=EXIM, sender=f"a{n}@b.example") for n in (0, 1)
    ]
    mbox(leak / "servi.mbox", served)

    parent = letter(400, 60, subject="Budget salle", sender="x@courriel.example")
    early = letter(
        401, 20, subject="Re: Budget salle", sender="y@courriel.example", In_Reply_To="<400@valette.example>"
    )
    late = letter(
        402, 59.9, subject="Re: Budget salle", sender="z@courriel.example", In_Reply_To="<400@valette.example>"
    )
    invented = letter(410, 90, subject="Prime", sender="x@courriel.example")
    answer = letter(411, 88, subject="Re: Prime", sender="contact@valette.example", In_Reply_To="<410@valette.example>")
    mbox(leak / "fil.mbox", [parent, early, late, invented, signer.sign(answer)])

    chat = {"Thread-Index": INDEX}
    talk = letter(500, 700, subject="Plan média", sender="a@c.example", **chat)
    answer = letter(
        501, 701, subject="RE: Plan média", sender="b@c.example", In_Reply_To="<500@valette.example>", **chat
    )
    other = letter(502, 702, subject="Coordonnées bancaires", sender="b@c.example", **chat)
    mbox(leak / "conversation.mbox", [talk, answer, other])

    maildir = leak / "maildir" / "cur"
    maildir.mkdir(parents=True)
    for n in range(60):
        (maildir / f"{int(START.timestamp()) + n * 86_400}.M{n}P1.poste:2,S").write_bytes(letter(700 + n, n))
    (maildir / f"{int(START.timestamp()) + 500 * 86_400}.M99P1.poste:2,S").write_bytes(letter(799, 3))

    back = alternative(600, june - 200, "Un accord antidaté.", sender="contact@valette.example")
    (leak / "antidate.eml").write_bytes(signer.sign(back))
    made = sifted(folder / "case", leak, key_files=(key_file,), jobs=1)  # type: ignore[operator]
    with made.facts():
        yield made


def said(check: str) -> dict[str, Evidence]:
    rows = Evidence.objects.filter(check_id=f"mail.{check}").select_related("document")
    return {row.document.path.partition("/")[2]: row for row in rows}


def test_one_mail_unlike_the_senders_others(case: Case) -> None:
    ((path, row),) = said("habits").items()
    assert path == "diary.mbox/000120"
    assert (row.message, row.strength) == ("habit-unusual", "weak")
    assert row.params["count"] == 211
    assert "X-Mailer" in row.params["names"]


def test_one_mail_out_of_the_order_of_its_box(case: Case) -> None:
    rows = said("box-order")
    assert {row.message: path for path, row in rows.items()} == {
        "box-out-of-order": "diary.mbox/000080",
        "box-delivered-otherwise": f"maildir/cur/{int(START.timestamp()) + 500 * 86_400}.M99P1.poste:2,S",
    }
    assert {row.strength for row in rows.values()} == {"weak"}
    assert rows["diary.mbox/000080"].params["name"] == "leak/diary.mbox"


def test_an_answer_dated_before_the_mail_it_answers(case: Case) -> None:
    rows = said("parents")
    assert {path: (row.message, row.strength) for path, row in rows.items()} == {
        "fil.mbox/000001": ("answer-before", "moderate"),
        "fil.mbox/000000": ("answered-before", "weak"),
        "fil.mbox/000003": ("answered-before", "moderate"),  # the answer's own signature holds its Date
        "fil.mbox/000004": ("answer-before", "weak"),
    }
    assert rows["fil.mbox/000001"].params["count"] == 40
    assert Weighing.objects.get(document__path="leak/fil.mbox/000001").level == "questioned"


def test_identifiers_given_once_met_in_other_words(case: Case) -> None:
    rows = said("shared-identifiers")
    assert set(rows) == {
        "karim.mbox/000000", "karim.mbox/000001", "karim-copie.mbox/000000", "servi.mbox/000000", "servi.mbox/000001",
        "conversation.mbox/000000", "conversation.mbox/000001", "conversation.mbox/000002", "antidate.eml",
    }  # fmt: skip
    assert rows["karim.mbox/000001"].params["kinds"] == ["Content-Type"]
    assert rows["servi.mbox/000001"].params["kinds"] == ["Received"]
    assert rows["karim.mbox/000001"].strength == "moderate"
    assert rows["conversation.mbox/000002"].message == "conversation-twice"
    assert {rows[f"conversation.mbox/00000{n}"].strength for n in range(3)} == {"weak"}
    assert rows["antidate.eml"].strength == "weak"  # its signature proves it: the others are asked


def test_a_date_typed_back_under_the_senders_own_signature(case: Case) -> None:
    row = said("clocks")["antidate.eml"]
    assert (row.message, row.strength) == ("stamp-after-signed", "moderate")
    assert row.params["domain"] == "valette.example"
    weighing = Weighing.objects.get(document__path="leak/antidate.eml")
    assert weighing.level != "questioned"
    assert weighing.questions >= 1


def test_a_box_in_no_order_has_no_strays() -> None:
    ordered = [(n, n * DAY) for n in range(100)]
    stray = [*ordered[:50], (999, 2000 * DAY), *ordered[50:]]
    assert list(out_of_order(stray)) == [(999, 49 * DAY, 50 * DAY)]
    assert list(out_of_order(reversed(stray))) == [(999, 50 * DAY, 49 * DAY)]
    assert list(out_of_order([*ordered, (999, 2000 * DAY)])) == []
    assert list(out_of_order(stray[30:70])) == []
    shuffled = [(n, (n * 7919 % 1000) * DAY) for n in range(1000)]
    assert list(out_of_order(shuffled)) == []
    assert Place("b", 1, 2).before == 1


def test_delivery_told_by_the_name_of_a_maildirs_file() -> None:
    agreeing = [(n, n * DAY + 60, n * DAY) for n in range(100)]
    late = (999, 400 * DAY, 3 * DAY)
    assert list(delivered_otherwise([*agreeing, late])) == [(999, 400 * DAY)]
    moved = [(n, 900 * DAY, n * DAY) for n in range(100)]
    assert list(delivered_otherwise([*moved, late])) == []
    assert list(delivered_otherwise([*agreeing[:20], late])) == []


def test_subjects_are_alike_whatever_marks_stand_before() -> None:
    assert subject_tail("答复: RE: [liste] Budget salle") == subject_tail("Budget  salle")
    assert subject_tail("Budget") != subject_tail("Devis")
    assert ENOUGH < 150
