"""Versions over a whole case: what was altered is shown beside what is vouched for; honest series stay calm."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from leak_maker import Signer, mail, mbox
from papers_maker import REPORT, bill

from crible.assess.relations import Version as Edge
from crible.assess.relations import Within
from crible.sift.packing import unpack
from crible.sift.siblings import held_by, siblings
from crible.store.case import Case
from crible.store.models import Document, Evidence, Reading, Relation, Version, Weighing

MONTHS = [
    (f"2017-{100 + n}", f"{1_200 + 35 * n} ,00".replace(" ", ""), f"0{n % 9 + 1}/0{n % 8 + 1}/2017") for n in range(12)
]
TAINTED = REPORT.replace(
    "La station de radio de Colmbach a reçu une aide pour son studio, comme l'an passé.\n", ""
).replace("quatorze rédactions locales", "quatorze rédactions locales, et le candidat Ostermann, ")
LONG = "Bonjour Elsa, la livraison des affiches est prévue jeudi matin au dépôt de la rue des Tanneurs, vers dix h.\n"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, signer: Signer, key_file: Path, sifted) -> Case:
    root = tmp_path_factory.mktemp("versions")
    leak = root / "leak"
    leak.mkdir()
    signed = [
        signer.sign(mail("Facture", "Ci-joint la facture.\n", attach=bill(), name="facture-031.txt", serial=1)),
        signer.sign(mail("Rapport", "Ci-joint.\n", attach=REPORT.encode(), name="rapport-orme.txt", serial=2)),
        signer.sign(mail("Devis", "Ci-joint.\n", attach=bill("2017-900"), name="devis-900.txt", serial=3)),
    ]
    series = [
        signer.sign(
            mail(
                f"Facture {number}", "Ci-joint.\n", attach=bill(number, net, date), name=f"{number}.txt", serial=20 + n
            )
        )
        for n, (number, net, date) in enumerate(MONTHS)
    ]
    original = signer.sign(mail("Bon", "Ci-joint.\n", attach=bill("2017-700"), name="bon.txt", serial=4))
    swapped = mail("Bon", "Ci-joint.\n", attach=bill("2017-700", "7 500,00"), name="bon.txt", serial=4)
    first = mail("Livraison", LONG, serial=50)
    answer = mail("Re: Livraison", "Merci, nous serons là.\n\nLe 14 mars, Imprimerie a écrit :\n> " + LONG, serial=51)
    answer = answer.replace(b"Message-ID:", b"In-Reply-To: <50@valette.example>\nMessage-ID:")
    part = mail("Re: Livraison", "Noté.\n> la livraison des affiches est prévue\n", serial=52)
    part = part.replace(b"Message-ID:", b"In-Reply-To: <51@valette.example>\nMessage-ID:")
    mbox(leak / "valette.mbox", [*signed, *series, original])
    mbox(leak / "nguyen.mbox", [swapped, first, answer, part])
    loose = {
        "facture imprimeur.txt": bill(net="15 000,00"),
        "rapport-orme.txt": TAINTED.encode(),
        "devis-900-v2.txt": bill("2017-900", "1 700,00"),
        "2017-200.txt": bill("2017-200", "1 480,00", "03/03/2017"),
        "autre-a.txt": bill("2017-333", "2 000,00"),
        "autre-b.txt": bill("2017-333", "2 900,00"),
    }
    for name, data in loose.items():
        (leak / name).write_bytes(data)
    return sifted(root / "case", leak, key_files=(key_file,), jobs=2)


@pytest.fixture
def facts(case: Case) -> Iterator[Case]:
    with case.facts():
        yield case


def pk(path: str) -> int:
    return Document.objects.get(path=path).pk


def level(path: str) -> str:
    return Weighing.objects.get(document__path=path).level


def said(path: str, check: str = "corpus.near-version") -> list[tuple[str, str, str, str]]:
    rows = Evidence.objects.filter(document__path=path, check_id=check).order_by("ordinal")
    return [(row.message, row.strength, row.params["theirs"], row.params["ours"]) for row in rows]


def test_the_altered_copy_of_a_signed_invoice_is_shown_with_the_difference(facts: Case) -> None:
    path = "leak/facture imprimeur.txt"
    assert level(path) == "questioned"
    assert ("version-differs-proven", "moderate", "1 500,00", "15 000,00") in said(path)
    (row,) = Evidence.objects.filter(document__path=path, message="version-differs-proven")
    assert row.params["path"].endswith("2~facture-031.txt")
    assert row.params["domain"] == "valette.example"


def test_a_tainted_report_is_held_against_the_one_that_was_mailed(facts: Case) -> None:
    # cases.md F13: names added, the mention of a station removed, in an otherwise genuine report.
    (found,) = [one for one in said("leak/rapport-orme.txt") if one[0] == "version-differs-proven"]
    assert found[1] == "moderate"
    edge = next(
        unpack(bytes(row.facts), Edge)
        for row in Relation.objects.filter(kind="version", document__path="leak/rapport-orme.txt")
    )
    assert any("Ostermann" in change.ours and not change.theirs for change in edge.changes)
    assert any("Colmbach" in change.theirs and not change.ours for change in edge.changes)


def test_honest_series_revised_quotes_and_single_papers_stay_calm(facts: Case) -> None:
    honest = ["leak/devis-900-v2.txt", "leak/2017-200.txt"]
    honest += [f"leak/valette.mbox/{n:06}/2~{name}.txt" for n, (name, *_) in enumerate(MONTHS, 3)]
    assert {path: level(path) for path in honest if level(path) in ("questioned", "contradicted")} == {}
    assert [one[0] for one in said("leak/devis-900-v2.txt")] == ["version-edition-proven"]
    assert not Relation.objects.filter(kind="version", document__path=honest[-1]).exists()


def test_only_the_same_attachment_of_the_same_message_is_contradicted(facts: Case) -> None:
    path = "leak/nguyen.mbox/000000/2~bon.txt"
    assert level(path) == "contradicted"
    assert said(path, "file.same-attachment") == [("attachment-differs-signed", "strong", "1 500,00", "7 500,00")]
    assert said(path) == []
    assert set(Weighing.objects.filter(level="contradicted").values_list("document__path", flat=True)) <= {
        path,
        "leak/nguyen.mbox/000000",
    }


def test_two_papers_of_one_number_are_both_asked_with_both_values(facts: Case) -> None:
    asked = [("number-other-figures", "moderate", "2 900,00", "2 000,00")]
    assert said("leak/autre-a.txt", "corpus.same-number") == asked
    assert [row[2:] for row in said("leak/autre-b.txt", "corpus.same-number")] == [("2 000,00", "2 900,00")]
    assert {level("leak/autre-a.txt"), level("leak/autre-b.txt")} == {"questioned"}
    assert said("leak/autre-a.txt") == []
    honest = Evidence.objects.filter(check_id="corpus.same-number").values_list("document__path", flat=True)
    assert set(honest) == {"leak/autre-a.txt", "leak/autre-b.txt"}


def test_versions_stand_in_their_order_with_what_they_differ_in(facts: Case) -> None:
    shown = siblings(pk("leak/facture imprimeur.txt"))
    assert [one.path for one in shown if one.similarity is not None] == ["leak/valette.mbox/000000/2~facture-031.txt"]
    assert {one.side for one in shown if one.similarity is not None} == {""}
    assert siblings(pk("leak/2017-200.txt")) == ()
    assert Version.objects.values("cluster").distinct().count() >= 4


def test_a_mail_that_an_answer_holds_whole_says_so(facts: Case) -> None:
    assert held_by(pk("leak/nguyen.mbox/000001")) == (
        bytes(Document.objects.get(path="leak/nguyen.mbox/000002").sha256).hex(),
        "leak/nguyen.mbox/000002",
    )
    assert held_by(pk("leak/nguyen.mbox/000002")) is None
    (row,) = Relation.objects.filter(kind="within")
    assert unpack(bytes(row.facts), Within).hops == 1


def test_short_texts_have_no_sketch(facts: Case) -> None:
    assert bytes(Reading.objects.get(document__path="leak/valette.mbox/000001").sketch) == b""
    assert len(bytes(Reading.objects.get(document__path="leak/2017-200.txt").sketch)) == 128


def test_weighed_again_nothing_is_written_anew(case: Case, sifted) -> None:
    with case.facts():
        before = {row.pk: bytes(row.digest) for row in Weighing.objects.all()}
    case.record("stages", {"weighed": ""})
    sifted(case.folder)
    with case.facts():
        assert {row.pk: bytes(row.digest) for row in Weighing.objects.all()} == before


def test_show_prints_versions_and_the_later_mail(case: Case, crible) -> None:
    with case.facts():
        ids = [
            bytes(Document.objects.get(path=path).sha256).hex()
            for path in ("leak/facture imprimeur.txt", "leak/nguyen.mbox/000001")
        ]
    shown = crible("show", ids[0], "--case", case.folder).stdout
    assert "2 versions, in their order:" in shown
    assert "there “1 500,00”, here “15 000,00”" in shown
    assert "leak/nguyen.mbox/000002" in crible("show", ids[1], "--case", case.folder).stdout.split("later mail")[1]


def test_export_marks_nothing_as_reference(case: Case, crible) -> None:
    lines = [json.loads(line) for line in crible("export", "--case", case.folder).stdout.splitlines()]
    assert {line["reference"] for line in lines} == {False}
