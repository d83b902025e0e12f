"""A whole sift: classes are stored, searched and counted; what looks private is withheld, with what hangs on it."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from leak_maker import mbox

from crible.extract import sorting
from crible.extract.sorting import sorted_
from crible.index.search import Searcher
from crible.model.facts import Reading
from crible.sift.export import lines
from crible.sift.sorted import discreet, withheld
from crible.sift.tally import shelved, tally_of_papers
from crible.store.case import Case

INVOICE = """Les Ateliers du Quai SARL
Facture n° AQ-2017-{number:04}
Date de facture : {day:02}/{month:02}/2017
Total HT 1 000,00 €
TVA 20 % 200,00 €
Total TTC 1 200,00 €
Siret 732 829 320 00074
"""


def mail(subject: str, text: str, sender: str, to: str, serial: int, attach: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = "Tue, 14 Mar 2017 09:12:00 +0100", f"<{serial}@clairmail.example>"
    message.set_content(text)
    if attach:
        message.add_attachment(attach, maintype="text", subtype="plain", filename="analyses.txt")
    return message.as_bytes()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, sifted: Any, django_db_blocker: Any) -> Iterator[Case]:
    """Thirteen invoices of one issuer, the seventh dated in February, one that does not add up; and some mail."""
    folder = tmp_path_factory.mktemp("papers")
    papers = folder / "papers"
    papers.mkdir()
    for month in range(1, 13):
        day, dated = (2, 2) if month == 7 else (25, month)
        text = INVOICE.format(number=month, day=day, month=dated)
        (papers / f"{month:02}.txt").write_text(text, "utf-8")
    wrong = INVOICE.format(number=80, day=1, month=5).replace("AQ", "PRO").replace("1 200,00", "1 900,00")
    (papers / "total.txt").write_text(wrong, "utf-8")
    office = [
        mail("Salle", f"Point {n} sur la salle.", "elsa@horizon.example", "colm@horizon.example", n) for n in range(6)
    ]
    private = mail(
        "Résultats", "Mon médecin a appelé, voici mes résultats d'analyse.", "elsa@clairmail.example",
        "sam@clairmail.example", 90, attach=b"Glycemie : 1,02 g/l\n",
    )  # fmt: skip
    box = mbox(folder / "boite.mbox", [*office, private])
    with django_db_blocker.unblock():
        made = sifted(folder / "case", papers, box)
        with made.facts():
            yield made


def line(of: str) -> dict[str, Any]:
    return next(one for one in lines("fr") if any(path.endswith(of) for path in one["paths"]))


def hits(case: Case, query: str) -> list[str]:
    searcher = Searcher(case.index)
    return sorted(hit.record.path.rpartition("/")[2] for hit in searcher.search(query, limit=50).hits)


def test_papers_are_found_by_class_number_and_company(case: Case) -> None:
    assert len(hits(case, "class:invoice")) == 13
    assert hits(case, "classe:facture numero:AQ-2017-0003") == ["03.txt"]
    assert len(hits(case, 'org:"ateliers du quai"')) == 13
    assert len(hits(case, 'siret:"732 829 320 00074"')) == 13
    assert [path.rpartition("~")[2] for path in hits(case, "private:oui")] == ["000006", "analyses.txt"]


def test_a_total_of_its_own_making_is_questioned_and_a_date_out_of_order_noted(case: Case) -> None:
    found = line("total.txt")
    assert found["grade"]["level"] == "questioned"
    assert [one["check"] for one in found["evidence"] if one["says"] == "questions"] == ["file.arithmetic"]
    assert found["finance"]["faults"] == [
        "le hors taxes et la TVA ne font pas le total\xa0: 1000.00 + 200.00 ≠ 1900.00"
    ]
    seventh = line("07.txt")
    assert seventh["grade"]["level"] == "unattested"
    (said,) = [one for one in seventh["evidence"] if one["check"] == "corpus.invoice-sequence"]
    assert (said["message"], said["strength"], said["params"]["other"]) == ("sequence-earlier", "weak", "AQ-2017-0006")


def test_twelve_honest_monthly_invoices_stay_calm(case: Case) -> None:
    for month in set(range(1, 13)) - {7}:
        said = line(f"{month:02}.txt")["evidence"]
        assert [one for one in said if one["says"] == "questions" and one["strength"] in ("moderate", "strong")] == []


def test_the_line_of_a_paper_says_what_it_says_of_itself(case: Case) -> None:
    found = line("03.txt")
    assert found["class"] == "invoice"
    assert "«\xa0facture\xa0» dans ses premiers mots" in found["class_reasons"]
    paper = found["finance"]
    assert (paper["stance"], paper["number"], paper["date"], paper["total"]) == (
        "records", "AQ-2017-0003", "2017-03-25", "1200.00",
    )  # fmt: skip
    assert {"kind": "siret", "text": "73282932000074", "count": 1, "private": False} in found["entities"]
    assert (found["private"], found["withheld"]) == (False, [])


def test_what_looks_private_is_counted_and_withheld_with_what_hangs_on_it(case: Case) -> None:
    every = list(lines("en"))
    private = [one for one in every if one["private"]]
    assert len(private) == 2
    for one in private:
        assert (one["subject"], one["name"], one["finance"], one["entities"]) == (None, None, None, [])
        assert all(row["fact"] is None and row["params"] == {} for row in one["evidence"])
        assert {"subject", "name", "facts", "evidence"} <= set(one["withheld"])
        assert "analyse" not in json.dumps(one)
    reasons = {tuple(one["private_reasons"]) for one in private}
    assert ("it lies in private mail only",) in reasons
    assert len({one["id"] for one in every}) == len(every) == 22


def test_a_list_of_hits_shows_no_word_of_what_looks_private(case: Case) -> None:
    searcher = Searcher(case.index)
    found = searcher.search("glycemie OR médecin", limit=50).hits
    assert {hit.record.private for hit in found} == {True}
    assert {searcher.snippet("glycemie", hit, "Glycemie : 1,02 g/l").text for hit in found} == {""}


def test_names_of_what_lies_in_private_mail_are_withheld_at_every_depth() -> None:
    """An archive's members, files inside files, rebuilt mails: their names tell as much as an attachment's."""
    deep = "leak/boite.mbox/000006/2.1~perso.zip/ordonnance dupont.pdf/3~scan.png"
    bare = withheld({"paths": [deep, "leak/perso/mot.txt"], "evidence": [], "withheld": []})
    assert bare["paths"] == ["leak/boite.mbox/000006/2.1/…/3", "leak/perso/mot.txt"]


def test_no_other_line_quotes_what_looks_private() -> None:
    one = {"refs": ["b"], "message": "version-differs", "params": {"theirs": "1,02 g/l"}, "fact": "…", "where": "x",
           "spans": []}  # fmt: skip
    found = discreet({"evidence": [one, {**one, "refs": ["c"]}]}, frozenset({"b"}))
    assert (found["evidence"][0]["message"], found["evidence"][0]["params"]) == ("version-differs", {})
    assert found["evidence"][1]["params"] == {"theirs": "1,02 g/l"}


def test_grades_are_told_per_class_of_paper(case: Case) -> None:
    rows = {row.kind: row.total for row in tally_of_papers()}
    assert rows["invoice"] == 13
    assert sum(rows.values()) == 21  # the box itself is no paper
    assert shelved() == 2


def test_a_failure_in_sorting_keeps_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise IndexError

    monkeypatch.setattr(sorting, "classify", fails)
    found = sorted_(Reading("text/plain", text="Facture n° 3"))
    assert found.text == "Facture n° 3"
    assert found.sorting is not None
    assert [(clue.key, clue.text) for clue in found.sorting.clues] == [("not-sorted", "IndexError")]


def test_which_signature_is_spoken_of_is_no_content() -> None:
    row = {"where": "DKIM-Signature[1]", "params": {"a": "secret"}, "fact": "secret", "spans": [1], "refs": ["x"]}
    named = {**row, "where": "part 2~dossier medical.pdf"}
    one, other = discreet({"evidence": [row, named]}, frozenset("x"))["evidence"]
    assert (one["where"], other["where"]) == ("DKIM-Signature[1]", "")
    assert "secret" not in str(one)
