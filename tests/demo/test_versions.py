"""The demo's papers: the altered copies of signed invoices are found, honest series and revised quotes stay calm."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from crible.demo.planted import load
from crible.store.case import Case
from crible.store.models import Evidence, Weighing

CHECKS = ("corpus.near-version", "corpus.same-number", "file.same-attachment")


@pytest.fixture
def facts(demo_case: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Case]:
    with django_db_blocker.unblock():
        case = Case.open(demo_case / "case")
        with case.facts():
            yield case


def test_the_altered_invoices_are_asked_about_and_name_the_signed_one(facts: Case, demo_case: Path) -> None:
    planted = [one for one in load(demo_case / "planted.json") if one.kind == "loose-invoice" and not one.innocent]
    assert len(planted) == 2
    for one in planted:
        (row,) = Evidence.objects.filter(document__path=one.path, message="version-differs-proven")
        assert Weighing.objects.get(document__path=one.path).level == "questioned"
        assert row.params["domain"] == "imprimerie-lacombe.example"
        before, after = one.what.split(" → ")
        assert (row.params["theirs"].split(), row.params["ours"].split()) == (before.split(), after.split())


def test_fourteen_invoices_six_halls_and_a_revised_quote_stay_calm(facts: Case) -> None:
    honest = Weighing.objects.filter(document__path__regex=r"(facture-201|SC-\d{4}-\d+|devis-2017)[^/]*\.pdf$")
    assert honest.count() >= 20
    assert not honest.filter(level__in=["questioned", "contradicted"]).exists()
    assert not Evidence.objects.filter(document__weighing__in=honest, check_id__in=CHECKS, says="questions").exists()


def test_nothing_but_planted_papers_is_asked_about(facts: Case, demo_case: Path) -> None:
    planted = load(demo_case / "planted.json")
    altered = {one.path for one in planted if not one.innocent}
    asked = Evidence.objects.filter(check_id__in=CHECKS, says="questions").values_list("document__path", flat=True)
    carriers = {path.rpartition("/")[0] for path in asked}
    assert {path for path in asked if path not in altered and path.rpartition("/")[0] not in altered} == set(), carriers
