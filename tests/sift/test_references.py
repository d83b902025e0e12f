"""What the user brings to compare with: read like the dump, counted apart, and evidence from outside."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from leak_maker import mail, mbox, zipped
from papers_maker import REPORT, bill

from crible.model.errors import InputError
from crible.model.ledger import State
from crible.sift.export import lines
from crible.sift.ledger import account, rows
from crible.sift.tally import tally
from crible.store.case import Case
from crible.store.models import Document, Entry, Evidence, Source, Weighing

GRANTS = "Subventions du fonds Orme\n" + "\n".join(
    f"Rédaction {n} de la ville {n}, studio et salaires" for n in range(9)
)
AMOUNTS = "\nLigne 10, rédaction de Colmbach : 122 000 dollars\nTotal : 640 000 dollars\n"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump and, beside it, what another one published: files in both, some with other figures (cases.md F14)."""
    root = tmp_path_factory.mktemp("references")
    leak, press = root / "leak", root / "press"
    leak.mkdir()
    press.mkdir()
    (leak / "budget.txt").write_text(GRANTS + AMOUNTS.replace("122 000", "240 000").replace("640", "758"))
    (press / "budget.txt").write_text(GRANTS + AMOUNTS)
    (leak / "rapport.txt").write_text(REPORT.replace("quatorze rédactions", "quatorze rédactions et une fondation"))
    (press / "rapport.txt").write_text(REPORT)
    (leak / "facture.txt").write_bytes(bill())
    (press / "facture publiée.txt").write_bytes(bill())
    (press / "devis-v2.txt").write_bytes(bill("2017-500", "1 600,00"))
    (leak / "devis.txt").write_bytes(bill("2017-500", "1 700,00"))
    (press / "presse.zip").write_bytes(zipped({"commun.txt": REPORT.encode() * 2, "seul.txt": b"Communique.\n" * 40}))
    (leak / "commun.txt").write_bytes(REPORT.encode() * 2)
    mbox(leak / "boite.mbox", [mail("Salle", "La salle est prete.\n", serial=7)])
    return root


@pytest.fixture(scope="module")
def case(sources: Path, sifted) -> Case:
    return sifted(sources / "case", sources / "leak", references=(sources / "press",), jobs=2)


@pytest.fixture
def facts(case: Case) -> Iterator[Case]:
    with case.facts():
        yield case


def said(path: str) -> dict[str, str]:
    found = Evidence.objects.filter(document__path=path, check_id__in=["corpus.near-version", "corpus.reference"])
    return dict(found.values_list("message", "strength"))


def test_they_are_counted_apart(facts: Case) -> None:
    found = account()
    assert found.balanced
    assert found.references == Document.objects.filter(reference=True).count() == 5
    assert found.documents + found.references == Document.objects.count()
    assert found.listed == found.out == Entry.objects.filter(path__startswith="leak").count()
    assert sum(row.total for row in tally()) == Weighing.objects.filter(document__reference=False).count()
    assert {row.path.split("/")[0] for row in rows(State.DUPLICATE)} <= {"leak"}
    marked = {line["paths"][0]: line["reference"] for line in lines()}
    assert {path for path, reference in marked.items() if reference} == {
        "press/budget.txt",
        "press/rapport.txt",
        "press/devis-v2.txt",
        "press/presse.zip",
        "press/presse.zip/seul.txt",
    }


def test_the_ledger_says_how_many(case: Case, crible) -> None:
    assert "Beside it, 5 documents given as references" in crible("ledger", "--case", case.folder).stdout


def test_a_file_that_lies_in_both_is_of_the_dump_and_supported_from_outside(facts: Case) -> None:
    assert said("leak/facture.txt")["reference-same-bytes"] == "strong"
    assert said("leak/commun.txt")["reference-same-bytes"] == "strong"
    assert Document.objects.get(path="leak/commun.txt").reference is False
    assert Weighing.objects.get(document__path="leak/facture.txt").level == "unattested"


def test_other_figures_than_outside_are_asked_about_and_an_edition_is_not(facts: Case) -> None:
    assert said("leak/budget.txt") == {"version-differs-reference": "moderate"}
    assert said("leak/rapport.txt") == {"version-differs-reference": "moderate"}
    assert said("leak/devis.txt") == {"version-edition-reference": "none"}
    assert said("press/budget.txt") == {}
    (row,) = Evidence.objects.filter(document__path="leak/budget.txt", message="version-differs-reference")
    assert (row.params["theirs"], row.params["ours"]) == ("122 000", "240 000")


def test_search_marks_them_and_is_this_in_the_leak_passes_them_over(case: Case, sources: Path, crible) -> None:
    found = json.loads(crible("find", "reference:yes", "--case", case.folder, "--json").stdout)
    assert {hit["path"].split("/")[0] for hit in found["hits"]} == {"press"}
    for name, expected in (("rapport.txt", "near"), ("presse.zip", "absent")):
        told = json.loads(crible("match", sources / "press" / name, "--case", case.folder, "--json").stdout)
        assert told["level"] == expected, told


def test_custody_lists_them_last_and_marked(case: Case) -> None:
    taken = [json.loads(line) for line in (case.folder / "custody/taken.jsonl").read_text().splitlines()]
    assert [row.get("reference", False) for row in taken] == sorted(row.get("reference", False) for row in taken)
    assert {row["path"].split("/")[0] for row in taken if row.get("reference")} == {"press"}


def test_no_source_is_both(case: Case, sources: Path, sifted) -> None:
    within = sources / "leak" / "presse"
    within.mkdir(exist_ok=True)
    for wrong in ({"references": (sources / "leak",)}, {"references": (within,)}):
        with pytest.raises(InputError) as raised:
            sifted(case.folder, **wrong)
        assert raised.value.code == "reference-is-source"
    with pytest.raises(InputError) as raised:
        sifted(case.folder, sources / "press")
    assert raised.value.code == "source-is-reference"


def test_what_becomes_of_the_dump_later_is_of_the_dump(case: Case, sources: Path, sifted, tmp_path: Path) -> None:
    shutil.copytree(case.folder, tmp_path / "case")
    more = tmp_path / "suite"
    more.mkdir()
    shutil.copy(sources / "press/presse.zip", more / "presse.zip")
    grown = sifted(tmp_path / "case", more)
    with grown.facts():
        shared = Document.objects.get(path="press/presse.zip/seul.txt")
        assert shared.reference is False
        assert Evidence.objects.filter(document=shared, message="reference-same-bytes").exists()
        assert account().balanced
        assert Source.objects.filter(reference=True).count() == 1


def test_without_references_nothing_is_marked(facts: Case, world: Case) -> None:
    with world.facts():
        assert account().references == 0
        assert not Document.objects.filter(reference=True).exists()
